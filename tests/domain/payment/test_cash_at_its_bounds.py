"""Cash steps, notes, tenders and what goes back, each at its bound."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.payment.banknotes import added, best_notes, other_ways, worth
from pos.domain.payment.tender import (
    CashRules,
    OverpaidWithoutCash,
    Tender,
    Underpaid,
    check_references,
    check_settled,
    check_tender,
    due_in,
    fewest_notes,
    notes_at_hand,
    settle,
    with_tendered,
)
from pos.domain.payment.tender_doubts import NoteOfAnother, TooMuchTendered, doubt_of
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import Refund, exchanged_for, from_the_drawer, left_of, refunds_for, worth_of
from tests.builders import a_rate, a_rate_table, card, cash, money
from tests.horgos import CNY, EUR, KZT, USD

SHOP, FAVOUR, RATES = CashRules(), CashRules(buyers_favour=True), a_rate_table()
ROUND = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "70", "70"), "USD": a_rate("USD", "490", "490")})
"""Seven yuan for a dollar, seventy tenge for a yuan, either way."""


@pytest.mark.parametrize(
    ("minor", "shop", "favour"),
    [(4, 0, 0), (5, 10, 0), (9, 10, 0), (10, 10, 10), (14, 10, 10), (15, 20, 10), (0, 0, 0),
     (-5, -10, -10), (-4, 0, -10)],
)  # fmt: skip
def test_what_is_asked_in_cash_is_rounded_to_the_step_or_in_the_buyers_favour(
    minor: int, shop: int, favour: int
) -> None:
    assert SHOP.asked_of(Money(minor, CNY)) == Money(shop, CNY) == SHOP.asked(Fraction(minor, 100), CNY)
    assert FAVOUR.asked_of(Money(minor, CNY)) == Money(favour, CNY) == FAVOUR.asked(Fraction(minor, 100), CNY)


def test_what_is_given_is_rounded_to_the_step_or_up_for_the_buyer() -> None:
    assert [SHOP.given(Fraction(minor, 100), CNY).minor for minor in (4, 5, 14, 15)] == [0, 10, 10, 20]
    assert [FAVOUR.given(Fraction(minor, 100), CNY).minor for minor in (0, 1, 10, 11)] == [0, 10, 10, 20]
    assert SHOP.step(Currency("KRW", 0)).minor == 1


def test_of_a_currency_without_coins_only_whole_notes_are_given() -> None:
    assert SHOP.whole(Fraction("1.99"), USD) == money("1.00", USD)
    assert SHOP.whole(Fraction("4.99"), EUR) == money("0", EUR)
    assert SHOP.whole(Fraction("0.15"), CNY) == money("0.20")
    assert SHOP.payable(money("9.99", USD)) == money("9.00", USD)
    assert SHOP.payable(money("0.19")) == money("0.10")
    assert CashRules(coins=frozenset({"USD"})).payable(money("9.99", USD)) == money("9.95", USD)


def test_a_figure_is_shown_at_the_rate_of_the_till() -> None:
    assert due_in(money("0.15"), CNY, "cash", ROUND, SHOP) == money("0.20")
    assert due_in(money("0.15"), CNY, "card", ROUND, SHOP) == money("0.15")
    assert due_in(money("7.00"), USD, "card", ROUND, SHOP) == money("1.00", USD)
    assert due_in(money("7.20"), USD, "cash", ROUND, SHOP) == money("1.05", USD)
    assert due_in(money("7.20"), USD, "card", ROUND, SHOP) == money("1.03", USD)


def test_a_sale_is_paid_by_the_figure_shown_and_the_rest_is_rounding() -> None:
    settled = settle(money("10.04"), [cash("10.00")], ROUND, SHOP)

    assert (settled.left, settled.rounding, settled.change, settled.as_shown) == (
        money("0"), money("-0.04"), (), True,
    )  # fmt: skip
    short = settle(money("10.05"), [cash("10.00")], ROUND, SHOP)
    assert short.left == money("0.05")
    with pytest.raises(Underpaid):
        check_settled(short)
    exact = settle(money("10.00"), [card("10.00")], ROUND, SHOP)
    assert (exact.left, exact.rounding, exact.change) == (money("0"), money("0"), ())
    check_settled(exact)


def test_a_tender_after_the_sale_is_paid_is_given_back() -> None:
    settled = settle(money("10.00"), [cash("10.00"), cash("5.00")], ROUND, SHOP)

    assert [part.amount for part in settled.change] == [money("5.00")]
    nothing = settle(money("0"), [cash("5.00")], ROUND, SHOP)
    assert [part.amount for part in nothing.change] == [money("5.00")]


def test_change_goes_back_in_the_currency_of_the_last_cash() -> None:
    settled = settle(money("14.00"), [cash("7.00"), cash("2", USD)], ROUND, SHOP)
    other = settle(money("14.00"), [cash("2", USD), cash("10.00")], ROUND, SHOP)

    assert [part.amount for part in settled.change] == [money("1.00", USD)]
    assert [part.amount for part in other.change] == [money("10.00")]
    wished = settle(money("14.00"), [cash("2", USD), cash("10.00")], ROUND, SHOP, change_currency=KZT)
    assert [part.amount for part in wished.change] == [money("700", KZT)]
    small = settle(money("14.00"), [cash("2", USD), cash("10.00")], ROUND, SHOP, change_currency=USD)
    assert [part.amount for part in small.change] == [money("1.00", USD), money("3.00")]


def test_notes_that_someone_chose_are_taken_where_they_make_the_change() -> None:
    def change(notes: dict[int, int]) -> dict[int, int]:
        settled = settle(money("10.00"), [cash("20.00")], ROUND, SHOP, handing={"CNY": notes})
        return dict(settled.change[0].notes)

    assert change({500: 2}) == {500: 2}
    assert change({500: 2, 100: 0}) == {500: 2, 100: 0}
    assert change({500: 1}) == {1000: 1}
    assert change({500: 4, 1000: -1}) == {1000: 1}
    assert change({250: 4}) == {1000: 1}


def test_a_card_never_pays_more_than_the_total() -> None:
    with pytest.raises(OverpaidWithoutCash) as refused:
        check_settled(settle(money("10.00"), [card("10.01")], ROUND, SHOP))
    assert refused.value.over == money("0.01")
    check_settled(settle(money("10.00"), [card("10.00"), cash("5.00")], ROUND, SHOP))


@pytest.mark.parametrize(
    ("tender", "what"),
    [
        (cash("0.01"), None), (cash("100000000"), None), (Tender("cash", money("10"), notes={1000: 1, 500: 0}), None),
        (cash("0"), "not_positive"), (cash("-1"), "not_positive"), (cash("100000000.01"), "too_large"),
        (Tender("cheque", money("1")), "unknown"),
        (Tender("cash", money("10"), notes={1000: 2}), "notes_do_not_add_up"),
        (Tender("cash", money("10"), notes={1000: 2, 500: -2}), "unknown"),
        (Tender("cash", money("10"), notes={250: 4}), "unknown"),
        (Tender("cash", money("10"), notes={}), "notes_do_not_add_up"),
    ],
)  # fmt: skip
def test_what_can_be_a_tender(tender: Tender, what: str | None) -> None:
    if what is None:
        check_tender(tender, "payments[0]")
    else:
        with pytest.raises(BadField) as refused:
            check_tender(tender, "payments[0]")
        assert refused.value.what == what


def test_a_method_that_wants_a_reference_has_one() -> None:
    check_references([card("1"), replace(card("1"), reference="A1")], ["qr"])
    check_references([cash("1"), replace(card("1"), reference="A1")], ["card"])

    with pytest.raises(BadField) as refused:
        check_references([cash("1"), replace(card("1"), reference=" ")], ["card"])
    assert refused.value.field == "payments[1].reference"


def test_the_notes_at_hand_make_an_amount_or_the_fewest_that_there_are() -> None:
    assert fewest_notes(money("17.00")) == {1000: 1, 500: 1, 100: 2}
    assert notes_at_hand(money("10.00"), {"CNY": {500: 3}}) == {500: 2}
    assert notes_at_hand(money("10.00"), {"CNY": {500: 1}}) == {1000: 1}
    assert notes_at_hand(money("10.00"), {}) == {1000: 1}


def test_what_lies_on_the_counter_is_in_the_drawer_too() -> None:
    paid = settle(
        money("10"), [cash("20.00"), Tender("cash", money("10"), notes={500: 2}), cash("1", USD)], ROUND, SHOP
    )

    held = with_tendered({"CNY": {500: 1, 1000: 1}}, paid.paid)

    assert held == {"CNY": {500: 3, 1000: 1, 2000: 1}}
    assert added({1: 2}, {1: 3, 5: 1}, {5: -1}) == {1: 5, 5: 0}


@pytest.mark.parametrize(
    ("amount", "held", "notes"),
    [
        (60, {50: 1, 20: 3}, {20: 3}),
        (60, {50: 1, 20: 3, 10: 1}, {50: 1, 10: 1}),
        (80, {50: 3, 20: 4}, {20: 4}),
        (65, {50: 1, 20: 3}, {20: 3}),
        (10, {20: 1}, {}),
        (0, {20: 1}, {}),
        (20, {20: 0, 10: 2}, {10: 2}),
        (20, {20: 1, 10: -2, 0: 4}, {20: 1}),
        (110, {50: 2, 30: 2, 20: 1}, {50: 1, 30: 2}),
    ],
)
def test_notes_come_as_near_as_they_can_from_below(amount: int, held: dict[int, int], notes: dict[int, int]) -> None:
    assert best_notes(amount, held) == notes
    assert worth(notes) <= amount


def test_an_amount_without_its_smallest_or_its_largest_notes() -> None:
    assert list(other_ways({50: 1, 10: 1}, {50: 1, 20: 3, 10: 6})) == [{20: 3}]
    assert list(other_ways({50: 1}, {50: 1, 20: 2})) == []


def test_only_what_looks_like_a_slip_is_asked_about() -> None:
    due = money("100.00")

    assert doubt_of(money("1000.00"), due, due, ROUND) is None
    much = doubt_of(money("1000.01"), due, due, ROUND)
    assert isinstance(much, TooMuchTendered)
    assert (much.times, much.perhaps) == (10, money("1000.01", KZT))
    tenge = doubt_of(money("7000.00"), due, due, ROUND)
    assert isinstance(tenge, TooMuchTendered)
    assert tenge.perhaps == money("7000", KZT)
    assert doubt_of(money("7000.00"), due, money("0"), ROUND) is None
    assert doubt_of(money("7000.00"), money("0"), due, ROUND) is None
    assert isinstance(doubt_of(money("7000.00"), money("0.01"), money("0.01"), ROUND), TooMuchTendered)
    assert doubt_of(due, due, due, ROUND) is None


def test_a_twentieth_of_what_is_due_may_be_a_note_of_another_currency() -> None:
    due = money("7000", KZT)
    left = money("100.00")

    dollars = doubt_of(money("20", KZT), due, left, ROUND)

    assert isinstance(dollars, NoteOfAnother)
    assert dollars.perhaps == money("20", USD)
    assert doubt_of(money("350", KZT), due, left, ROUND) is None
    assert doubt_of(money("30", KZT), due, left, ROUND) is None
    hundred = doubt_of(money("100", KZT), due, left, ROUND)
    assert isinstance(hundred, NoteOfAnother)
    assert hundred.perhaps == money("100")


# ── what goes back ───────────────────────────────────────────────────────────────────────────────────────────────


def back(value: str, left: dict[tuple[str, str], Money], requested: tuple[str, Currency] = ("cash", CNY)) -> list[str]:
    refunds, rounding = refunds_for(money(value), requested, left, ROUND, ROUND, SHOP)
    return [f"{one.method} {one.amount} {one.amount.currency}" for one in refunds] + [str(rounding)]


def test_of_a_part_first_the_wanted_way_then_cards_and_then_cash() -> None:
    paid = {("cash", "CNY"): money("30.00"), ("card", "CNY"): money("50.00"), ("cash", "USD"): money("2.00", USD)}

    assert back("20.00", paid) == ["cash 20.00 CNY", "0.00"]
    assert back("70.00", paid) == ["cash 30.00 CNY", "card 40.00 CNY", "0.00"]
    assert back("90.00", paid) == ["cash 40.00 CNY", "card 50.00 CNY", "0.00"]
    assert back("40.00", paid, ("card", CNY)) == ["card 40.00 CNY", "0.00"]
    assert back("94.00", paid) == ["cash 30.00 CNY", "card 50.00 CNY", "cash 2.00 USD", "0.00"]
    assert back("7.00", paid, ("cash", USD)) == ["cash 1.00 USD", "0.00"]
    assert back("0.00", paid) == ["0.00"]
    assert back("-1.00", paid) == ["-1.00"]
    assert back("0.01", {("card", "CNY"): money("50.00")}, ("card", CNY)) == ["card 0.01 CNY", "0.00"]


def test_what_is_left_of_a_sale_is_what_was_paid_less_what_went_back() -> None:
    settled = settle(money("14.00"), [cash("10.00"), cash("20.00"), card("1.00", USD)], ROUND, SHOP)
    card_back = Refund("card", money("0.40", USD), Fraction(1, 7), money("2.80"))

    assert left_of(settled.paid, settled.change, [card_back]) == {
        ("cash", "CNY"): money("7.00"),
        ("card", "USD"): money("0.60", USD),
    }
    more = replace(card_back, amount=money("2", USD))
    assert left_of(settled.paid, settled.change, [more])[("card", "USD")] == money("0", USD)


def test_goods_that_pay_for_others_take_along_the_last_way_last() -> None:
    left = {("cash", "CNY"): money("10.00"), ("card", "CNY"): money("5.00"), ("qr", "CNY"): money("0")}

    parts = exchanged_for(money("12.00"), left, ROUND, ("cash", "CNY"))

    assert [(part.origin, str(part.value)) for part in parts] == [("card", "5.00"), ("cash", "7.00")]
    beyond = exchanged_for(money("17.00"), left, ROUND, ("card", "CNY"))
    assert [(part.origin, str(part.value)) for part in beyond] == [("cash", "12.00"), ("card", "5.00")]
    assert exchanged_for(money("0"), left, ROUND, ("card", "CNY")) == ()


def test_pieces_of_a_line_are_worth_what_is_left_of_it() -> None:
    assert [worth_of(money("10.00"), 3, before, 1).minor for before in range(3)] == [333, 334, 333]
    assert worth_of(money("10.00"), 3, 0, 3) == money("10.00")


def test_a_refund_is_proposed_from_the_notes_in_the_drawer() -> None:
    twenty = Refund("cash", money("20"), Fraction(1), money("20"), {2000: 1})
    by_card = Refund("card", money("20"), Fraction(1), money("20"))

    first, second, third = from_the_drawer([twenty, by_card, twenty], {"CNY": {1000: 3, 500: 2}})

    assert (first.notes, second.notes, third.notes) == ({1000: 2}, None, {1000: 1, 500: 2})


def test_a_refund_has_its_notes_its_rate_and_its_worth() -> None:
    left = {("cash", "CNY"): money("30.00"), ("card", "USD"): money("2.00", USD)}

    (whole_cash, whole_card), _ = refunds_for(money("44.00"), ("cash", CNY), left, ROUND, ROUND, SHOP)
    (part,), _ = refunds_for(money("20.00"), ("cash", CNY), left, ROUND, ROUND, SHOP)
    (card_part,), _ = refunds_for(money("7.00"), ("card", USD), left, ROUND, ROUND, SHOP)

    assert (whole_cash.notes, whole_cash.rate, whole_cash.value) == ({2000: 1, 1000: 1}, Fraction(1), money("30.00"))
    assert (whole_card.notes, whole_card.rate, whole_card.value) == (None, Fraction(1, 7), money("14.00"))
    assert (part.amount, part.notes, part.rate) == (money("20.00"), {2000: 1}, Fraction(1))
    assert (card_part.amount, card_part.notes, card_part.rate, card_part.value) == (
        money("1.00", USD), None, Fraction(1, 7), money("7.00"),
    )  # fmt: skip


def test_a_stray_coin_below_half_a_step_does_not_stay_behind() -> None:
    left = {("cash", "CNY"): money("30.00"), ("card", "CNY"): money("50.00")}

    assert back("29.96", left) == ["cash 30.00 CNY", "-0.04"]
    assert back("29.95", left) == ["cash 30.00 CNY", "-0.05"]
    assert back("29.94", left) == ["cash 29.90 CNY", "0.04"]
    assert back("0.04", left) == ["card 0.04 CNY", "0.00"]


def test_what_goods_took_along_to_another_sale_does_not_go_back_twice() -> None:
    paid = settle(money("21.00"), [cash("14.00"), card("1.00", USD)], ROUND, SHOP).paid
    along = Refund("exchange", money("10.50"), Fraction(1), money("10.50"), origin="cash")

    assert left_of(paid, (), [along]) == {("cash", "CNY"): money("3.50"), ("card", "USD"): money("1.00", USD)}
    twice = left_of(paid, (), [along, along])
    assert twice[("cash", "CNY")] == money("0")
    card_along = replace(along, origin="card", value=money("3.50"))
    assert left_of(paid, (), [card_along])[("card", "USD")] == money("0.50", USD)


def test_goods_take_the_money_of_one_card_along_and_then_that_of_the_next() -> None:
    paid = settle(money("24.00"), [card("10.00"), card("2.00", USD)], ROUND, SHOP).paid
    along = Refund("exchange", money("17.00"), Fraction(1), money("17.00"), origin="card")

    assert left_of(paid, (), [along]) == {("card", "CNY"): money("0"), ("card", "USD"): money("1.00", USD)}


def test_what_the_drawer_lacks_by_less_than_half_a_coin_of_another_currency_is_left_out() -> None:
    rates = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "130", "130")})
    drawer = {"KZT": {10_000: 1, 2_000: 1, 500: 1}, "CNY": {10: 5}}

    settled = settle(money("10.00"), [cash("11.00")], rates, SHOP, change_currency=KZT, drawer=drawer)

    assert [(part.amount, part.notes) for part in settled.change] == [
        (money("125", KZT), {10_000: 1, 2_000: 1, 500: 1})
    ]
    assert settled.rounding == money("0.04")
    more = settle(
        money("10.00"), [cash("11.00")], rates, SHOP, change_currency=KZT, drawer=drawer | {"KZT": {10_000: 1}}
    )
    assert [part.amount for part in more.change] == [money("100", KZT), money("0.20")]
