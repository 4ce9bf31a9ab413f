"""Builders for quota tests: travellers, goods, past sales and the shipped regimes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Charge, Form, Regime, Rule, Scope, Verdict
from pos.domain.quota.window import Window
from pos.regimes.folders import load_regimes
from tests.horgos import CNY

REGIME_FOLDER = Path(__file__).parents[3] / "resources" / "regimes"
RATES = QuotaRates("KZT", {"CNY": Fraction(72), "EUR": Fraction(600), "USD": Fraction(504), "RUB": Fraction("6.40")})
NOON = datetime.fromisoformat("2026-11-20T12:00:00+08:00")
ADULT = Traveller(date(1986, 5, 1))
CHILD = Traveller(date(2016, 3, 1))
ALL = Scope(("*",))
ONCE = Window("carry_out")


@cache
def shipped() -> dict[str, Regime]:
    """The regimes of the product; a fault in one of them fails every test."""
    regimes, faults = load_regimes([REGIME_FOLDER])
    assert faults == []
    return regimes


def regime(name: str) -> Regime:
    return shipped()[name]


def goods(category: str, price: str, quantity: int = 1, currency: str = "CNY", **values: object) -> Goods:
    """A line; `told` is its attributes (and discount, taxed_units), decimals as texts."""
    discount = Fraction(str(values.pop("discount", "0")))
    taxed = values.pop("taxed_units", 0)
    assert isinstance(taxed, int)
    attributes: dict[str, Any] = {
        name: Decimal(value) if isinstance(value, str) and name != "variant" else value
        for name, value in values.items()
    }
    return Goods(category, category, quantity, Fraction(price), currency, discount, Attributes(**attributes), taxed)


def sold(at: str, *lines: Goods, left: str | None = None) -> PastSale:
    """An earlier sale; `left` is the instant of the carry-out."""
    return PastSale(datetime.fromisoformat(at), None if left is None else datetime.fromisoformat(left), lines)


def a_rule(form: Form, scope: Scope = ALL, window: Window = ONCE, over: Verdict = Verdict.REFUSE, **said: Any) -> Rule:
    return Rule(said.pop("id", "r"), {"en": "A rule"}, scope, form, window, over, **said)


def a_regime(*rules: Rule, charge: Charge | None = None, assume_left: bool = False) -> Regime:
    return Regime("t", {"en": "T"}, "KZ", ZoneInfo("Asia/Shanghai"), CNY, "customs", assume_left, charge, rules)
