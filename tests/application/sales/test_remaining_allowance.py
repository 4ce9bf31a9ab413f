"""What would fit, asked beside a price."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from pos.application.catalogue.find_product import FoundProduct
from pos.application.pricing.promotions import PromotionDraft
from pos.application.sales.checkout import Checkout
from pos.application.sales.remaining_allowance import FittingPieces, RemainingAllowance
from pos.domain.quota.rule import Verdict
from tests.application.quota.test_open_questions import TODAY, answer_entries, document, kazakh
from tests.builders import money
from tests.shops import BAG, CARTON, CHOCOLATE, COGNAC, INCOMPLETE, PODS, SWEETS, DemoShop


@pytest.fixture
def would_fit(shop: DemoShop) -> RemainingAllowance:
    return RemainingAllowance(shop.context)


def fits(shop: DemoShop, would_fit: RemainingAllowance, code: str, *basket: str) -> list[FittingPieces]:
    product = shop.find.show(code)
    return fits_beside(would_fit, product, shop.basket(*basket) if basket else None)


def fits_beside(would_fit: RemainingAllowance, product: FoundProduct, checkout: Checkout | None) -> list[FittingPieces]:
    request = None if checkout is None else checkout.view().advice_request
    return list(would_fit(product, request))


def test_without_a_visitor_both_sides_are_reported_for_an_adult_who_has_bought_nothing(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    to_china, to_kazakhstan = fits(shop, would_fit, CARTON)
    assert (to_china.label, to_china.regime.id, to_china.pieces, to_china.verdict) == ("", "cn-horgos", 2, Verdict.OK)
    assert (to_kazakhstan.regime.id, to_kazakhstan.pieces) == ("kz-horgos", 1)


def test_for_the_visitor_at_the_counter_their_basket_counts(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    product, checkout = shop.find.show(COGNAC), shop.basket(COGNAC)
    answer_entries(shop, checkout)
    [one] = fits_beside(would_fit, product, checkout)
    checkout.scan(COGNAC)
    [none] = fits_beside(would_fit, product, checkout)

    assert (one.label, one.pieces, one.verdict) == ("A", 1, Verdict.OK)  # 1.5 litres are two bottles of 0.7
    assert (none.pieces, none.verdict) == (0, Verdict.DUTY)


def test_what_is_over_already_does_not_stop_other_goods(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    [fit] = fits(shop, would_fit, BAG, CARTON, CARTON, CARTON)
    assert fit.verdict is Verdict.OK
    assert fit.pieces == fit.of == shop.find.show(BAG).on_hand


def test_a_limit_of_value_counts_what_a_piece_is_sold_at_with_the_promotion_in_force(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    manager = shop.person("manager")
    shop.set_price(shop.find.show(BAG).product.id, money("1000.00"), manager)
    before = fits(shop, would_fit, BAG)[0].pieces
    shop.promotions.add(PromotionDraft("Half", percent=Decimal(50)), manager)
    half = fits(shop, would_fit, BAG)[0].pieces

    assert (shop.find.show(BAG).price, half) == (money("500.00"), 2 * before)


def test_goods_of_which_none_are_on_the_floor_are_not_said_to_fit_all(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    found = replace(shop.find.show(CHOCOLATE), on_hand=0)
    assert [(fit.pieces, fit.of, fit.verdict) for fit in would_fit(found)] == [(0, 0, Verdict.OK)] * 2


def test_of_a_large_stock_only_what_fits_is_said_to_fit(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    found = replace(shop.find.show(CHOCOLATE), on_hand=500)
    to_china, to_kazakhstan = would_fit(found)
    assert (to_china.pieces, to_china.of) == (500, 500)
    assert (to_kazakhstan.pieces, to_kazakhstan.of) == (227, 500)


def test_what_no_one_knows_is_not_said_to_fit(shop: DemoShop, would_fit: RemainingAllowance) -> None:
    to_china, _ = fits(shop, would_fit, PODS)
    assert (to_china.pieces, to_china.verdict, to_china.missing) == (0, Verdict.UNKNOWN, ("ml",))
    assert fits(shop, would_fit, INCOMPLETE) == []


def test_goods_that_fit_by_the_days_of_entry_only_are_not_said_to_fit(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    [asked] = fits(shop, would_fit, CARTON, SWEETS)
    [sweets] = fits(shop, would_fit, SWEETS, CARTON)
    checkout, product = shop.basket(SWEETS), shop.find.show(CARTON)
    answer_entries(shop, checkout)
    [once] = fits_beside(would_fit, product, checkout)
    answer_entries(shop, checkout, TODAY - timedelta(days=3), TODAY)
    [twice] = fits_beside(would_fit, product, checkout)

    assert (asked.pieces, asked.verdict, asked.open) == (0, Verdict.UNKNOWN, ("entries",))
    assert (sweets.verdict, sweets.open) == (Verdict.OK, ())
    assert (once.pieces, once.verdict, once.open) == (2, Verdict.OK, ())
    assert (twice.pieces, twice.verdict, twice.open) == (0, Verdict.DUTY, ())


def test_nothing_is_said_to_fit_for_a_visitor_whose_side_is_still_to_be_asked(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    checkout, product = shop.checkout(), shop.find.show(CHOCOLATE)
    checkout.identify(kazakh())
    checkout.identify(document(2))
    [first, second] = fits_beside(would_fit, product, checkout)

    assert (first.label, first.verdict, first.open) == ("A", Verdict.OK, ())
    assert (second.label, second.verdict, second.open) == ("B", Verdict.UNKNOWN, ("destination",))


def test_goods_by_weight_fit_by_the_kilogram_whatever_a_piece_on_file_weighs(
    shop: DemoShop, would_fit: RemainingAllowance
) -> None:
    found = shop.find.show(SWEETS)
    weights = replace(found.product.attributes, net_g=Decimal(500), gross_kg=Decimal("0.520"))
    loose = replace(found.product, by_weight=True, price=money("52"), attributes=weights)
    to_china, to_kazakhstan = would_fit(replace(found, product=loose, on_hand=3))

    assert (to_china.by_weight, to_china.pieces) == (True, 153)  # kilograms: 8,000 yuan at 52
    assert to_kazakhstan.pieces == 24  # 25 kg, with 20 g of packaging to each
