"""Which backups are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.rotation import Rotation

MIDNIGHT = datetime(2026, 11, 24, tzinfo=UTC)


def test_a_year_and_a_half_of_two_backups_a_day_leaves_so_many_days_weeks_and_months() -> None:
    made = [MIDNIGHT - timedelta(hours=12 * n) for n in range(2 * 550)]
    kept = sorted(Rotation(14, 8, 12).kept(made), reverse=True)
    assert kept[0] == MIDNIGHT
    assert len({at.date() for at in kept[:14]}) == 14
    assert [at.date().isoformat() for at in kept[14:21]] == [
        "2026-11-08", "2026-11-01", "2026-10-31", "2026-10-25", "2026-10-18", "2026-10-11", "2026-09-30",
    ]  # fmt: skip
    assert kept[-1].date().isoformat() == "2025-12-31"
    assert len(kept) == 14 + 5 + 11


def test_of_a_day_with_several_the_newest_is_kept() -> None:
    made = [MIDNIGHT, MIDNIGHT + timedelta(hours=9), MIDNIGHT + timedelta(hours=18)]
    assert Rotation().kept(made) == {made[-1]}


@given(st.sets(st.integers(0, 40_000), max_size=60), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))
def test_the_newest_is_always_kept_and_nothing_is_made_up(hours: set[int], days: int, weeks: int, months: int) -> None:
    made = {MIDNIGHT - timedelta(hours=n) for n in hours}
    kept = Rotation(days, weeks, months).kept(made)
    assert kept <= made
    assert len(kept) <= 1 + days + weeks + months
    assert not made or max(made) in kept
    assert Rotation(days, weeks, months).kept(kept) == kept
