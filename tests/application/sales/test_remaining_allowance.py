"""What would fit, asked beside a price."""

from __future__ import annotations

import pytest

from pos.application.sales.remaining_allowance import FittingPieces, RemainingAllowance
from pos.domain.quota.rule import Verdict
from tests.shops import BAG, CARTON, COGNAC, INCOMPLETE, PODS, DemoShop


@pytest.fixture
def would_fit(shop: DemoShop) -> RemainingAllowance:
    return RemainingAllowance(shop.context)


def fits(shop: DemoShop, would_fit: RemainingAllowance, code: str, *basket: str) -> list[FittingPieces]:
    found = shop.find.show(code)
    question = shop.basket(*basket).view().question if basket else None
    return list(would_fit(found.product, found.on_hand, question))


def test_without_a_visitor_both_sides_are_told_for_an_adult_who_has_bought_nothing(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    to_china, to_kazakhstan = fits(shop, would_fit, CARTON)
    assert (to_china.label, to_china.regime.id, to_china.pieces, to_china.verdict) == ("", "cn-horgos", 2, Verdict.OK)
    assert (to_kazakhstan.regime.id, to_kazakhstan.pieces) == ("kz-horgos", 1)


def test_for_the_visitor_at_the_counter_his_basket_counts(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    [fit] = fits(shop, would_fit, COGNAC, COGNAC)
    assert (fit.label, fit.pieces, fit.verdict) == ("A", 1, Verdict.OK)  # 1.5 litres are two bottles of 0.7
    [fit] = fits(shop, would_fit, COGNAC, COGNAC, COGNAC)
    assert (fit.pieces, fit.verdict) == (0, Verdict.DUTY)


def test_what_is_over_already_does_not_stop_other_goods(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    [fit] = fits(shop, would_fit, BAG, CARTON, CARTON, CARTON)
    assert fit.verdict is Verdict.OK
    assert fit.pieces == 99


def test_what_nobody_knows_is_not_said_to_fit(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    to_china, _ = fits(shop, would_fit, PODS)
    assert (to_china.pieces, to_china.verdict, to_china.missing) == (0, Verdict.UNKNOWN, ("ml",))
    assert fits(shop, would_fit, INCOMPLETE) == []
