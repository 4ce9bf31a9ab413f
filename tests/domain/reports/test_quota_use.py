"""How full an allowance was, in the steps that a manager looks at."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.reports.quota_use import beyond, bucket_of


def judged(*gauges: tuple[str | None, str | None], verdict: str = "ok") -> dict[str, Any]:
    return {"verdict": verdict, "rules": [{"limit": limit, "left": left} for limit, left in gauges]}


@pytest.mark.parametrize(
    ("left", "bucket"),
    [
        ("100", "0-20"), ("80.01", "0-20"), ("80", "20-40"), ("60.01", "20-40"), ("60", "40-60"), ("40.01", "40-60"),
        ("40", "60-85"), ("15.01", "60-85"), ("15", "85-100"), ("0", "85-100"),
    ],
)  # fmt: skip
def test_a_bucket_begins_with_its_lower_bound_and_only_all_of_it_ends_one(left: str, bucket: str) -> None:
    assert bucket_of(judged(("100", left))) == bucket


def test_the_fullest_gauge_decides_and_is_measured_by_its_own_limit() -> None:
    assert bucket_of(judged(("200", "190"), ("8", "4"), ("100", "90"))) == "40-60"


def test_a_gauge_without_a_limit_or_of_nothing_says_nothing() -> None:
    assert bucket_of(judged()) is None
    assert bucket_of({"verdict": "ok"}) is None
    assert bucket_of(judged((None, "5"), ("5", None), ("0", "0"))) is None
    assert bucket_of(judged((None, "5"), ("0", "0"), ("1", "0.5"))) == "40-60"


@pytest.mark.parametrize(("verdict", "is_beyond"), [("duty", True), ("review", True), ("refuse", True), ("ok", False)])
def test_more_than_is_allowed_is_over_whatever_the_gauges_show(verdict: str, is_beyond: bool) -> None:
    assessment = judged(("100", "100"), verdict=verdict)

    assert beyond(assessment) is is_beyond
    assert (bucket_of(assessment) == "over") is is_beyond
