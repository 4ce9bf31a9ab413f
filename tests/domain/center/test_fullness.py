"""How full a visitor's allowances are, by the rules of Horgos."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from main import RESOURCES
from pos.domain.catalogue.product import Attributes
from pos.domain.center.fullness import per_cent_used
from pos.domain.quota.allowance_position import Traveller
from pos.domain.quota.assess import assess
from pos.domain.quota.measure import Goods, QuotaRates
from pos.regimes.folders import load_regimes

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
RATES = QuotaRates("KZT", {"CNY": Fraction(72)})


def perfume(price: int) -> Goods:
    return Goods("", "perfume", 1, Fraction(price), "CNY")


def spirit(ml: int) -> Goods:
    attributes = Attributes(ml=Decimal(ml), abv=Decimal(40))
    return Goods("", "alcohol.spirit", 1, Fraction(10), "CNY", attributes=attributes)


@pytest.mark.parametrize(
    ("goods", "per_cent"),
    [
        ([], 0),
        ([perfume(2600)], 32),
        ([perfume(7999)], 99),
        ([perfume(8000)], 100),
        ([perfume(12_000)], 150),
        ([perfume(1_000_000)], 999),
        ([perfume(2600), spirit(750)], 50),
    ],
)
def test_the_fullest_allowance_counts(goods: list[Goods], per_cent: int) -> None:
    regime = load_regimes([RESOURCES / "regimes"])[0]["cn-horgos"]
    judged = assess(regime, Traveller(date(1986, 5, 1), "CN"), [], goods, NOON, RATES)
    assert per_cent_used(judged) == per_cent
