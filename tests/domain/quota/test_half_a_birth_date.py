"""Of half a birth date the oldest and the youngest possible age count: where both decide alike, that is decided."""

from __future__ import annotations

import json
from calendar import monthrange
from datetime import date
from typing import Any

import pytest

from pos.application.quota.check_quota import check
from pos.domain.errors import BadField
from pos.domain.quota.rule import Verdict
from pos.domain.visitors.visitor import Visitor
from tests.domain.quota.border import shipped

NOON = "2026-11-20T12:00:00+08:00"
CARTON = {"name": "Carton", "category": "tobacco.cigarette", "quantity": 1, "unit_price": "20", "sticks": 200}
BOTTLE = {"name": "Wine", "category": "alcohol.wine", "quantity": 1, "unit_price": "20", "ml": 750, "abv": "13"}
TOY = {"name": "Toy", "category": "toy", "quantity": 1, "unit_price": "20"}


def judged(regime: str, born: str | None, *basket: dict[str, Any]) -> dict[str, Any]:
    scenario = {
        "regime": regime,
        "at": NOON,
        "visitor": {"birth_date": born},
        "rates": {"base": "KZT", "per_unit": {"EUR": "600", "USD": "504", "CNY": "72"}},
        "basket": [{**line, "currency": "EUR", "gross_kg": "0.5"} for line in basket],
    }
    answer: dict[str, Any] = json.loads(check(json.dumps(scenario), shipped()))
    return answer


@pytest.mark.parametrize(
    ("regime", "born", "verdict"),
    [
        ("cn-horgos", "2015", "refuse"),
        ("cn-horgos", "2009", "refuse"),  # seventeen at most
        ("cn-horgos", "2008-12", "refuse"),  # eighteen in eleven days at the earliest
        ("cn-horgos", "2008-11", "unknown"),  # born on the first they are eighteen, born on the thirtieth they are not
        ("cn-horgos", "2008", "unknown"),
        ("cn-horgos", "2007", "ok"),  # eighteen at least
        ("cn-horgos", "1960", "ok"),
        ("cn-horgos", "1960-06", "ok"),
        ("cn-horgos", None, "unknown"),
        ("kz-horgos", "2009", "refuse"),
        ("kz-horgos", "2008", "unknown"),
        ("cn-hainan", "2009", "refuse"),
        ("kr-jeju", "2008", "refuse"),  # nineteen there
        ("kr-jeju", "2007", "unknown"),
        ("kr-jeju", "2006", "ok"),
        ("eu-land", "2010", "duty"),  # sixteen at most: no allowance, and duty on all
        ("eu-land", "2009", "unknown"),
    ],
)
@pytest.mark.parametrize("goods", [CARTON, BOTTLE], ids=["tobacco", "wine"])
def test_where_every_possible_age_decides_alike_that_is_decided_and_else_it_is_not_known(
    regime: str, born: str | None, verdict: str, goods: dict[str, Any]
) -> None:
    answer = judged(regime, born, goods)
    assert answer["verdict"] == verdict
    assert ({"line": 0, "attribute": "birth_date"} in answer["unknown"]) is (verdict == "unknown")


@pytest.mark.parametrize("regime", sorted(shipped()))
@pytest.mark.parametrize(
    "born", ["2006-11", "2007-11", "2008-11", "2009-11", "2010-11", "2011-11", "2012-11", "1986-05"]
)
def test_no_month_is_judged_more_mildly_than_one_of_its_days(regime: str, born: str) -> None:
    year, month = map(int, born.split("-"))
    for goods in (CARTON, BOTTLE, TOY):
        days = [judged(regime, f"{born}-{day:02d}", goods) for day in range(1, monthrange(year, month)[1] + 1)]
        possible = {Verdict[answer["verdict"].upper()] for answer in days}
        said = Verdict[judged(regime, born, goods)["verdict"].upper()]
        assert said >= min(possible)
        assert said >= Verdict.UNKNOWN or possible == {said}
        assert said < Verdict.REFUSE or possible == {Verdict.REFUSE}


def test_goods_without_an_age_are_judged_whatever_is_known_of_it() -> None:
    for born in ("2015", "1986-05", None):
        assert judged("cn-horgos", born, TOY)["verdict"] == "ok"


@pytest.mark.parametrize("born", ["2027", "2026-12", "2015-13", "15", "2015-6", "2015-", "0000", "2015-06-00"])
def test_what_is_no_part_of_a_birth_date_is_bad_input(born: str) -> None:
    with pytest.raises(BadField) as refused:
        judged("cn-horgos", born, TOY)
    assert refused.value.field == "visitor.birth_date"


def test_a_visitor_tells_the_age_only_where_all_of_it_is_known() -> None:
    today = date(2026, 11, 20)
    person = Visitor("A", "k", "passport", "CHN", "CHN", "E••01", "", None, "CN", born_from=date(2008, 11, 1))
    assert (person.age_on(today), person.oldest_on(today)) == (None, 18)
    assert person.oldest_on(date(2026, 10, 31)) == 17
