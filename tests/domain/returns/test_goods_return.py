"""Money that goes back: the way it came, to the last coin, and never more than the goods cost."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Currency, Money, total
from pos.domain.payment.tender import CashRules, Change, Tender, change_of, fewest_notes, settle
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import (
    SHELF,
    GoodsReturn,
    Refund,
    RefundChanged,
    ReturnedLine,
    Way,
    cash_of,
    check_as_shown,
    exchanged_for,
    from_the_drawer,
    is_given_as_paid,
    left_of,
    refunds_for,
    refunds_of_void,
    worth_of,
)
from tests.builders import MONDAY, a_rate, a_rate_table, card, cash, money, qr
from tests.horgos import CNY, KZT, USD

CASH = CashRules()
RATES = a_rate_table()


def back(
    due: str, *tenders: Tender, value: str | None = None, requested: tuple[str, Currency] = ("cash", CNY)
) -> list[str]:
    """What goes back of a sale over `due` paid with `tenders`, as "cash 12.50 CNY"; the rounding comes last."""
    settlement = settle(money(due), tenders, RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money(value or due), requested, left, RATES, RATES, CASH)
    return [f"{r.method} {r.amount} {r.amount.currency.code}" for r in refunds] + [str(rounding)]


def test_the_same_notes_go_back_when_everything_comes_back() -> None:
    settlement = settle(money("837.40"), [cash("62000", KZT)], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money("837.40"), ("cash", KZT), left, RATES, RATES, CASH)
    assert [(refund.amount, refund.rate) for refund in refunds] == [(left[("cash", "KZT")], 1 / RATES.taking(KZT))]
    assert abs((rounding + settlement.rounding).minor) <= 1  # two roundings to the fen


def test_of_cash_that_no_coins_make_as_much_goes_back_as_coins_make() -> None:
    assert back("0.17", cash("12.50", KZT), requested=("cash", KZT)) == ["cash 12.00 KZT", "0.01"]
    assert back("48.05", cash("48.05")) == ["cash 48.00 CNY", "0.05"]


def test_what_was_paid_by_card_goes_back_by_card() -> None:
    assert back("100.00", card("60.00"), cash("40.00")) == ["cash 40.00 CNY", "card 60.00 CNY", "0.00"]
    assert back("100.00", card("100.00"), value="30.00") == ["card 30.00 CNY", "0.00"]


def test_cash_for_a_card_goes_back_when_someone_allows_it() -> None:
    settlement = settle(money("100.00"), [card("100.00")], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, rounding = refunds_for(money("100.00"), ("cash", CNY), left, RATES, RATES, CASH, in_cash=True)
    assert [(r.method, str(r.amount)) for r in refunds] == [("cash", "100.00")]
    assert not rounding


def test_for_what_cost_nothing_nothing_goes_back() -> None:
    assert back("0.10", cash("0.10"), value="0.00") == ["0.00"]
    assert back("0.30", cash("1", USD), value="0.00", requested=("cash", USD)) == ["0.00"]


def test_foreign_money_without_coins_goes_back_in_whole_notes_and_the_rest_in_yuan() -> None:
    refunds = back("100.00", cash("20", USD), value="50.00", requested=("cash", USD))
    assert refunds[0].endswith(" USD")
    assert refunds[0].split()[1].endswith(".00")
    assert refunds[1].endswith(" CNY")


def test_what_went_back_before_does_not_go_back_again() -> None:
    settlement = settle(money("100.00"), [card("100.00")], RATES, CASH)
    before = Refund("card", money("80.00"), Fraction(1), money("80.00"))
    left = left_of(settlement.paid, settlement.change, [before])
    assert left == {("card", "CNY"): money("20.00")}


@given(st.integers(1, 500_000), st.integers(1, 40), st.lists(st.integers(1, 12), max_size=6))
def test_the_pieces_of_a_line_cost_together_what_it_cost(minor: int, sold: int, parts: list[int]) -> None:
    before, given_back = 0, []
    for part in parts:
        part = min(part, sold - before)
        if part:
            given_back.append(worth_of(Money(minor, CNY), sold, before, part))
            before += part
    if before < sold:
        given_back.append(worth_of(Money(minor, CNY), sold, before, sold - before))
    assert total(given_back, CNY).minor == minor
    assert all(worth.minor >= 0 for worth in given_back)


tenders = st.lists(
    st.one_of(
        st.builds(lambda n: Tender("cash", Money(n * 10, CNY)), st.integers(1, 5000)),
        st.builds(lambda n: Tender("cash", Money(n * 500_00, KZT)), st.integers(1, 60)),
        st.builds(lambda n: Tender("cash", Money(n * 100, USD)), st.integers(1, 60)),
        st.builds(lambda n: Tender("card", Money(n, CNY)), st.integers(1, 30_000)),
    ),
    min_size=1,
    max_size=4,
)
ways = st.tuples(st.sampled_from(["cash", "card", "qr"]), st.sampled_from([CNY, KZT, USD]))


percents = st.just(100) | st.integers(1, 100)


def left_of_a_sale(minor: int, given: list[Tender]) -> dict[Way, Money]:
    """What is here of a sale paid with these tenders, and with a card where they do not reach."""
    settlement = settle(Money(minor, CNY), given, RATES, CASH)
    if settlement.left.minor > 0:
        settlement = settle(Money(minor, CNY), [*given, Tender("card", settlement.left)], RATES, CASH)
    return left_of(settlement.paid, settlement.change, ())


@given(st.integers(100, 60_000), tenders, ways, percents, st.booleans())
def test_what_goes_back_is_what_the_goods_cost_but_for_a_cash_step(
    minor: int, given: list[Tender], requested: tuple[str, Currency], percent: int, in_cash: bool
) -> None:
    left = left_of_a_sale(minor, given)
    value = Money(max(1, minor * percent // 100), CNY)
    refunds, rounding = refunds_for(value, requested, left, RATES, RATES, CASH, in_cash=in_cash)
    assert total((refund.value for refund in refunds), CNY) + rounding == value
    assert all(refund.amount.minor > 0 for refund in refunds)
    assert abs(rounding.units) <= Fraction(1, 10)
    for (method, code), here in left.items():
        if method != "cash":
            gone = [r.amount for r in refunds if (r.method, r.amount.currency.code) == (method, code)]
            assert total(gone, here.currency) <= here


def test_what_goes_back_in_one_way_at_one_rate_is_one_sum() -> None:
    settlement = settle(money("680.00"), [cash("400.00"), cash("21000", KZT)], RATES, CASH)
    left = left_of(settlement.paid, settlement.change, ())
    refunds, _ = refunds_for(money("500.00"), ("cash", CNY), left, RATES, RATES, CASH)
    assert refunds == (Refund("cash", money("500.00"), Fraction(1), money("500.00"), {10000: 5}),)


def test_a_shop_that_rounds_for_the_buyer_gives_back_no_more_than_was_paid() -> None:
    cash = CashRules(buyers_favour=True, coins=frozenset({"CNY", "KZT", "USD", "EUR", "RUB"}))

    refunds, rounding = refunds_for(money("0.70"), ("cash", USD), {}, RATES, RATES, cash)

    assert [str(refund.amount) for refund in refunds] == ["0.10"]
    assert total((refund.value for refund in refunds), CNY) + rounding == money("0.70")
    assert rounding.minor >= 0


def returned(minor: int, vat: str | None = None, tax: str | None = None, of_line: int | None = 1) -> ReturnedLine:
    return ReturnedLine(
        of_line=of_line,
        product_id=1,
        code="4870204321111",
        name="Tea",
        names={},
        category="food.sweets",
        quantity=2,
        amount=Money(minor, CNY),
        to=SHELF,
        vat=None if vat is None else Decimal(vat),
        tax=None if tax is None else money(tax),
    )


def a_return(*lines: ReturnedLine) -> GoodsReturn:
    return GoodsReturn(
        till="A",
        number=7,
        key="key",
        at=MONDAY,
        cashier="Anna",
        shift=1,
        reverses="A-000006",
        reason="unwanted",
        total=total((line.amount for line in lines), CNY),
        lines=lines,
        refunds=(),
        rounding=money("0.00"),
        rates=RATES,
    )


def test_a_return_sums_up_the_tax_of_its_goods_by_rate() -> None:
    back = a_return(
        returned(1120, "12", "1.20"), returned(560, "12", "0.60"), returned(500), returned(1000, "5"), returned(0, "0")
    )

    assert back.tax == ((Decimal(0), money("0.00")), (Decimal(5), money("0.00")), (Decimal(12), money("1.80")))
    assert back.pieces == 10


def test_goods_without_a_receipt_came_back_of_no_line() -> None:
    assert a_return(returned(1120, of_line=3), returned(560, of_line=None)).by_line() == ((3, 2),)


def exchange(text: str, origin: str) -> Refund:
    return Refund("exchange", money(text), Fraction(1), money(text), origin=origin)


def test_goods_that_paid_for_others_take_along_the_money_that_had_paid_for_them() -> None:
    paid = settle(money("200.00"), [card("50.00"), qr("30.00"), cash("120.00")], RATES, CASH).paid

    left = left_of(paid, (), [exchange("20.00", "card"), exchange("0.04", "cash"), exchange("10.00", "card")], CASH)
    assert left == {("card", "CNY"): money("20.00"), ("qr", "CNY"): money("30.00"), ("cash", "CNY"): money("119.90")}

    left = left_of(paid, (), [exchange("999.00", "qr"), exchange("0.04", "cash"), exchange("0.04", "cash")])
    assert left == {("card", "CNY"): money("50.00"), ("qr", "CNY"): money("0.00"), ("cash", "CNY"): money("119.90")}


def test_goods_paid_in_two_currencies_take_along_the_one_paid_first_and_then_the_other() -> None:
    tenders = [cash("10000", KZT), cash("20", USD), card("1000.00")]
    paid = settle(money("2000.00"), tenders, RATES, CASH).paid

    left = left_of(paid, (), [exchange("200.00", "cash")], CASH)

    tenge = Fraction(10000) * RATES.taking(KZT)  # 136.05 yuan
    dollars = 20 - (200 - tenge) / RATES.taking(USD)
    assert left[("cash", "KZT")] == money("0", KZT)
    assert left[("cash", "USD")].units == dollars.__floor__() == 10  # whole notes: there are no coins of it
    assert left[("card", "CNY")] == money("1000.00")


def test_what_goods_paid_counts_as_paid_by_what_they_had_been_paid() -> None:
    given = [Tender("exchange", money("30.00"), origin="card"), card("20.00"), card("5.00"), cash("5.00")]
    paid = settle(money("60.00"), given, RATES, CASH).paid

    assert left_of(paid, (), ()) == {("card", "CNY"): money("55.00"), ("cash", "CNY"): money("5.00")}


def paid_in(value: str, left: dict[Way, Money], last: Way) -> list[str]:
    refunds = exchanged_for(money(value), left, RATES, last)
    assert all(r.method == "exchange" and r.rate == 1 and r.value == r.amount and r.notes is None for r in refunds)
    return [f"{refund.origin} {refund.amount}" for refund in refunds]


def test_goods_pay_for_others_by_what_they_had_been_paid_the_wanted_way_last() -> None:
    left = {
        ("card", "CNY"): money("30.00"),
        ("qr", "CNY"): money("0.00"),
        ("cash", "KZT"): money("735", KZT),
        ("cash", "CNY"): money("50.00"),
    }

    assert paid_in("20.00", left, ("cash", "CNY")) == ["card 20.00"]
    assert paid_in("35.00", left, ("cash", "CNY")) == ["card 30.00", "cash 5.00"]
    assert paid_in("75.00", left, ("cash", "CNY")) == ["card 30.00", "cash 45.00"]  # tenge and yuan are one: cash
    assert paid_in("75.00", left, ("card", "CNY")) == ["cash 60.00", "card 15.00"]
    assert paid_in("100.00", left, ("card", "CNY")) == ["cash 70.00", "card 30.00"]  # what no way covers is cash
    assert paid_in("0.01", {}, ("card", "CNY")) == ["cash 0.01"]
    assert paid_in("0.00", left, ("cash", "CNY")) == []


def test_cash_goes_back_in_the_notes_of_the_drawer_and_no_note_twice() -> None:
    back = [
        Refund("cash", money("100.00"), Fraction(1), money("100.00"), {10000: 1}),
        Refund("card", money("100.00"), Fraction(1), money("100.00")),
        Refund("cash", money("100.00"), Fraction(1), money("100.00"), {10000: 1}),
        Refund("cash", money("1000", KZT), Fraction(73), money("13.61"), {100000: 1}),
    ]

    in_notes = from_the_drawer(back, {"CNY": {10000: 1, 5000: 1, 2000: 3}})

    assert [refund.notes for refund in in_notes] == [{10000: 1}, None, {10000: 1}, {100000: 1}]
    in_notes = from_the_drawer(back, {"CNY": {10000: 1, 5000: 4}, "KZT": {50000: 2}})
    assert [refund.notes for refund in in_notes] == [{10000: 1}, None, {5000: 2}, {50000: 2}]
    assert cash_of(in_notes) == [money("100.00"), money("100.00"), money("1000", KZT)]


def test_other_money_than_was_on_show_does_not_go_back() -> None:
    shown = [Refund("cash", money("10.00"), Fraction(1), money("10.00")), exchange("5.00", "card")]

    check_as_shown([shown[1], replace(shown[0], notes={1000: 1})], shown)
    check_as_shown(shown, None)
    check_as_shown([shown[0]], shown)
    for other in ([], [replace(shown[0], amount=money("10.10"))], [replace(shown[0], method="card")], shown * 2):
        with pytest.raises(RefundChanged):
            check_as_shown(other, shown)


@given(st.integers(100, 60_000), tenders, ways, percents, st.booleans())
def test_each_refund_is_worth_its_money_at_its_rate_and_cash_is_in_the_fewest_notes(
    minor: int, given: list[Tender], requested: tuple[str, Currency], percent: int, in_cash: bool
) -> None:
    left = left_of_a_sale(minor, given)
    refunds, _ = refunds_for(
        Money(max(1, minor * percent // 100), CNY), requested, left, RATES, RATES, CASH, in_cash=in_cash
    )
    for refund in refunds:
        assert abs(refund.value.units - refund.amount.units / refund.rate) <= Fraction(1, 100)
        assert refund.notes == (fewest_notes(refund.amount) if refund.method == "cash" else None)
    assert len({(r.method, r.amount.currency, r.rate) for r in refunds}) == len(refunds)


TODAY = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "79.00", "80.00"), "USD": a_rate("USD", "560.00", "570.00")})


def today(
    value: str,
    requested: tuple[str, Currency],
    left: dict[Way, Money],
    *,
    in_cash: bool = False,
    shop: CashRules = CASH,
) -> list[str]:
    """What goes back today of money taken at other rates."""
    refunds, rounding = refunds_for(money(value), requested, left, RATES, TODAY, shop, in_cash=in_cash)
    return [f"{r.method} {r.amount} {r.amount.currency.code}" for r in refunds] + [str(rounding)]


def test_what_was_taken_goes_back_at_its_own_rate_and_other_money_at_the_rate_of_today() -> None:
    tenge = {("cash", "KZT"): money("7350", KZT)}  # at 73.50
    assert today("50.00", ("cash", KZT), tenge) == ["cash 3675.00 KZT", "0.00"]
    assert today("50.00", ("cash", CNY), tenge) == ["cash 50.00 CNY", "0.00"]
    assert today("57.00", ("cash", USD), tenge) == ["cash 8.00 USD", "0.00"]  # 570 tenge for a dollar, 80 for a yuan
    assert today("100.00", ("cash", KZT), tenge) == ["cash 7350.00 KZT", "0.00"]
    assert today("110.00", ("cash", KZT), tenge) == ["cash 7350.00 KZT", "cash 800.00 KZT", "0.00"]


def test_money_of_a_card_goes_back_to_it_before_any_cash_is_given() -> None:
    left = {("card", "CNY"): money("30.00"), ("qr", "CNY"): money("20.00"), ("cash", "CNY"): money("50.00")}

    assert today("60.00", ("cash", CNY), left) == ["cash 50.00 CNY", "card 10.00 CNY", "0.00"]
    assert today("60.00", ("qr", CNY), left) == ["qr 20.00 CNY", "card 30.00 CNY", "cash 10.00 CNY", "0.00"]
    assert today("90.00", ("cash", CNY), left, in_cash=True) == ["cash 90.00 CNY", "0.00"]
    assert today("90.00", ("card", CNY), left, in_cash=True) == [
        "card 30.00 CNY", "qr 20.00 CNY", "cash 40.00 CNY", "0.00",
    ]  # fmt: skip
    assert today("100.00", ("qr", CNY), left) == ["qr 20.00 CNY", "card 30.00 CNY", "cash 50.00 CNY", "0.00"]
    assert today("100.00", ("qr", CNY), left, in_cash=True) == [
        "qr 20.00 CNY", "card 30.00 CNY", "cash 50.00 CNY", "0.00",
    ]  # fmt: skip
    assert today("10.03", ("card", CNY), left) == ["card 10.03 CNY", "0.00"]
    assert today("0.01", ("card", CNY), left) == ["card 0.01 CNY", "0.00"]


def test_what_the_smallest_coin_cannot_express_is_rounding_and_no_more_than_that() -> None:
    yuan = {("cash", "CNY"): money("50.00")}

    assert today("10.04", ("cash", CNY), yuan) == ["cash 10.00 CNY", "0.04"]
    assert today("10.05", ("cash", CNY), yuan) == ["cash 10.10 CNY", "-0.05"]
    assert today("0.04", ("cash", CNY), yuan) == ["0.04"]
    assert today("49.95", ("cash", CNY), yuan) == ["cash 50.00 CNY", "-0.05"]
    assert today("50.10", ("cash", CNY), yuan) == ["cash 50.00 CNY", "0.10"]  # all that came goes back as it came
    assert today("50.11", ("cash", CNY), yuan) == ["cash 50.10 CNY", "0.01"]
    assert today("-1.00", ("cash", CNY), yuan) == ["-1.00"]


def test_dollars_go_back_as_whole_notes_and_all_the_rest_in_yuan() -> None:
    dollars = {("cash", "USD"): money("20", USD)}  # 136.33 yuan

    assert today("100.00", ("cash", USD), dollars) == ["cash 14.00 USD", "cash 4.60 CNY", "-0.03"]
    assert today("6.81", ("cash", USD), dollars) == ["cash 6.80 CNY", "0.01"]
    assert today("95.53", ("cash", USD), dollars) == ["cash 14.00 USD", "cash 0.10 CNY", "0.00"]
    dollars |= {("card", "CNY"): money("30.00")}
    assert today("136.19", ("cash", USD), dollars) == ["cash 20.00 USD", "-0.14"]  # without a stray coin
    assert today("136.05", ("cash", USD), dollars) == ["cash 19.00 USD", "card 6.54 CNY", "0.00"]


def test_what_is_rounding_of_one_way_is_not_asked_of_the_next() -> None:
    yuan = {("cash", "CNY"): money("50.00"), ("card", "CNY"): money("30.00")}
    assert today("10.04", ("cash", CNY), yuan) == ["cash 10.00 CNY", "0.04"]
    assert today("50.05", ("cash", CNY), yuan) == ["cash 50.00 CNY", "0.05"]
    assert today("50.06", ("cash", CNY), yuan) == ["cash 50.00 CNY", "card 0.06 CNY", "0.00"]
    cards = {("card", "USD"): money("20", USD), ("qr", "CNY"): money("100.00")}
    assert today("50.01", ("card", USD), cards) == ["card 7.34 USD", "-0.02"]
    assert today("49.99", ("card", USD), cards) == ["card 7.33 USD", "0.03"]
    assert today("136.28", ("card", USD), cards) == ["card 19.99 USD", "0.02"]


def test_where_all_comes_back_the_largest_of_the_steps_that_paid_is_rounding() -> None:
    left = {("cash", "KZT"): money("7350", KZT), ("card", "CNY"): money("30.00")}

    assert today("130.06", ("cash", KZT), left) == ["cash 7350.00 KZT", "card 30.00 CNY", "0.06"]
    assert today("130.07", ("cash", KZT), left) == ["cash 7350.00 KZT", "card 30.00 CNY", "cash 5.00 KZT", "0.01"]


def test_a_shop_that_rounds_no_cash_gives_back_the_last_fen() -> None:
    exact = CashRules(steps={})

    assert today("0.01", ("cash", CNY), {}, shop=exact) == ["cash 0.01 CNY", "0.00"]
    assert today("0.01", ("cash", CNY), {("cash", "CNY"): money("0.02")}, shop=exact) == ["cash 0.02 CNY", "-0.01"]


def in_words(refunds: tuple[Refund, ...]) -> list[str]:
    return sorted(f"{one.amount} {one.amount.currency.code}" for one in refunds)


def yuan(amount: str) -> tuple[Change, ...]:
    return change_of(money(amount), CNY, lambda units, _: (units, Fraction(1)), CASH)


def test_a_few_fen_of_change_stay_given_when_the_sale_is_voided_or_comes_back() -> None:
    """Change of 0.20 that went out in yuan is taken off the tenge that go back, where their pieces come to it."""
    paid = settle(money("900.00"), [cash("100", USD), cash("20000", KZT)], RATES, CASH).paid
    change = yuan("0.20")
    kept = total((one.value for one in paid), CNY) - money("0.20")
    left = left_of(paid, change, ())
    void, _ = refunds_of_void(kept, left, RATES, RATES, CASH, as_paid=False)
    back, _ = refunds_for(kept, ("cash", KZT), left, RATES, RATES, CASH, as_paid=False)

    assert not is_given_as_paid(paid, change, ())
    assert in_words(void) == in_words(back) == ["100.00 USD", "19985.00 KZT"]


def test_a_dollar_is_not_broken_for_a_few_fen() -> None:
    """What its notes do not come to goes back as it came, but for less than the smallest piece of that money."""
    paid = settle(money("48.00"), [cash("8", USD)], RATES, CASH).paid
    rate = RATES.taking(USD)
    change = (*change_of(money("6.82"), USD, lambda units, _: (units / rate, 1 / rate), CASH), *yuan("0.20"))
    kept = total((one.value for one in paid), CNY) - total((one.value for one in change), CNY)
    void, _ = refunds_of_void(kept, left_of(paid, change, ()), RATES, RATES, CASH, as_paid=False)

    assert in_words(void) == ["7.00 USD"]
