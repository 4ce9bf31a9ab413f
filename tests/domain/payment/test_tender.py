"""Payment in five currencies: every fen is accounted for, whatever lies on the counter."""

from __future__ import annotations

from fractions import Fraction
from math import ceil

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money, total
from pos.domain.payment.tender import (
    EXCHANGE,
    CashRules,
    OverpaidWithoutCash,
    Settlement,
    Tender,
    Underpaid,
    check_settled,
    check_tender,
    due_in,
    fewest_notes,
    notes_total,
    settle,
)
from pos.domain.pricing.rates import NoRate, RateTable
from tests.builders import a_rate, a_rate_table, card, cash, money, qr
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.strategies import cash_rules, currencies, foreign, rate_tables, tenders, totals

MANY = settings(max_examples=150)
SHOP = CashRules()
FAVOUR = CashRules(buyers_favour=True)
WITH_COINS = CashRules(coins=frozenset(CURRENCIES))

payments = st.lists(tenders(), min_size=1, max_size=5)


def value(parts: tuple[object, ...], of: Currency) -> Money:
    return total((part.value for part in parts), of)  # type: ignore[attr-defined] # Paid and Change both have one


def a_step(cash_rules: CashRules, rates: RateTable, *used: Currency) -> Money:
    """The largest cash step among the currencies used, in the price currency, rounded up to a minor unit."""
    price = rates.price
    worth = max(cash_rules.step(c).units * max(rates.taking(c), 1 / rates.giving(c)) for c in {*used, price})
    return Money(ceil(worth * price.minor_per_unit), price)


def used(settled: Settlement) -> list[Currency]:
    given = [change.amount.currency for change in settled.change]
    return [paid.tender.amount.currency for paid in settled.paid if paid.tender.method == "cash"] + given


# ── the worked example ───────────────────────────────────────────────────────────────────────────────────────────


def test_the_worked_example_of_the_command_line() -> None:
    settled = settle(money("837.40"), [cash("50000", KZT), card("120"), qr("80")], a_rate_table(), SHOP, KZT)

    check_settled(settled)
    assert [str(paid.value) for paid in settled.paid] == ["680.27", "120.00", "80.00"]
    assert [change.amount for change in settled.change] == [money("3150", KZT)]
    assert settled.change[0].notes == {200000: 1, 100000: 1, 10000: 1, 5000: 1}
    assert settled.rounding == money("0.01")


# ── properties ───────────────────────────────────────────────────────────────────────────────────────────────────


@MANY
@given(totals, payments, rate_tables(), cash_rules, st.none() | currencies)
def test_what_is_paid_is_the_total_and_the_change_and_the_rounding_to_the_fen(
    minor: int, paid: list[Tender], rates: RateTable, shop: CashRules, change: Currency | None
) -> None:
    due = Money(minor, rates.price)

    settled = settle(due, paid, rates, shop, change)

    if settled.left.minor > 0:
        assert not settled.change
        assert not settled.rounding
        assert value(settled.paid, due.currency) == due - settled.left
    else:
        assert value(settled.paid, due.currency) == due + value(settled.change, due.currency) + settled.rounding


@MANY
@given(totals, payments, rate_tables(), cash_rules, st.none() | currencies)
def test_what_is_rounded_away_is_never_more_than_one_cash_step(
    minor: int, paid: list[Tender], rates: RateTable, shop: CashRules, change: Currency | None
) -> None:
    settled = settle(Money(minor, rates.price), paid, rates, shop, change)
    assume(settled.left.minor <= 0)
    try:
        check_settled(settled)
    except OverpaidWithoutCash:
        return

    assert abs(settled.rounding.minor) <= a_step(shop, rates, *used(settled)).minor


@MANY
@given(totals, rate_tables(), cash_rules, currencies, st.sampled_from(["cash", "card", "qr"]), payments)
def test_a_tender_of_exactly_the_figure_shown_settles(
    minor: int, rates: RateTable, shop: CashRules, currency: Currency, method: str, before: list[Tender]
) -> None:
    due = Money(minor, rates.price)
    part_paid = settle(due, before, rates, shop)
    assume(part_paid.left.minor > 0)
    shown = due_in(part_paid.left, currency, method, rates, shop)
    assume(shown.minor > 0)

    settled = settle(due, [*before, Tender(method, shown)], rates, shop)

    check_settled(settled)
    assert settled.left.minor == 0
    assert settled.change == ()


@MANY
@given(totals, st.lists(tenders(), max_size=3), rate_tables(), cash_rules)
def test_a_card_or_a_wallet_pays_to_the_minor_unit_and_is_never_rounded(
    minor: int, paid: list[Tender], rates: RateTable, shop: CashRules
) -> None:
    by_card = [Tender("card", tender.amount) for tender in paid if tender.amount.currency == rates.price]
    due = Money(minor, rates.price)

    settled = settle(due, by_card, rates, shop)

    over = value(settled.paid, due.currency) - due
    if over.minor > 0:
        with pytest.raises(OverpaidWithoutCash) as refused:
            check_settled(settled)
        assert refused.value.over == over
    elif over.minor == 0:
        check_settled(settled)
        assert not settled.rounding
    else:
        assert settled.left == -over


@MANY
@given(totals, payments, rate_tables(), cash_rules, st.none() | currencies)
def test_change_is_at_most_one_step_more_than_was_overpaid(
    minor: int, paid: list[Tender], rates: RateTable, shop: CashRules, change: Currency | None
) -> None:
    due = Money(minor, rates.price)
    settled = settle(due, paid, rates, shop, change)
    given_back = value(settled.change, due.currency)
    overpaid = value(settled.paid, due.currency) - due

    if settled.change:
        assert overpaid.minor > 0
        assert given_back - overpaid <= a_step(shop, rates, *used(settled))
        assert all(part.amount.minor > 0 for part in settled.change)


@MANY
@given(totals, payments, rate_tables(), st.none() | currencies)
def test_a_buyers_favour_never_costs_the_buyer(
    minor: int, paid: list[Tender], rates: RateTable, change: Currency | None
) -> None:
    in_cash = [Tender("cash", tender.amount) for tender in paid]
    settled = settle(Money(minor, rates.price), in_cash, rates, FAVOUR, change)

    if settled.left.minor <= 0:
        # Change is worth a whole number of minor units: half a unit is the store's way of writing it, not a cost.
        assert settled.rounding.minor <= len(settled.change)


@MANY
@given(totals, st.integers(1, 500_000), rate_tables(), foreign)
def test_coins_that_the_drawer_does_not_keep_go_back_in_the_price_currency(
    minor: int, over: int, rates: RateTable, preferred: Currency
) -> None:
    assume(preferred != rates.price)
    due = Money(minor, rates.price)

    settled = settle(due, [Tender("cash", Money(minor + over, rates.price))], rates, SHOP, preferred)

    in_wanted = [part.amount for part in settled.change if part.amount.currency == preferred]
    assert all(amount.minor % preferred.smallest_note == 0 for amount in in_wanted)
    rest = [part.amount for part in settled.change if part.amount.currency != preferred]
    assert all(amount.currency == rates.price for amount in rest)
    note = Fraction(preferred.smallest_note, preferred.minor_per_unit) / rates.giving(preferred)
    assert total(rest, rates.price).units <= note + SHOP.step(rates.price).units


@MANY
@given(totals, payments, rate_tables(), cash_rules, st.none() | currencies)
def test_notes_of_the_change_make_the_change(
    minor: int, paid: list[Tender], rates: RateTable, shop: CashRules, change: Currency | None
) -> None:
    settled = settle(Money(minor, rates.price), paid, rates, shop, change)

    for part in settled.change:
        assert notes_total(part.notes, part.amount.currency) == part.amount
        assert set(part.notes) <= set(part.amount.currency.denominations)


@given(st.integers(0, 5_000), st.sampled_from(list(CURRENCIES.values())))
def test_the_notes_are_the_fewest_that_make_the_amount(steps: int, currency: Currency) -> None:
    smallest = currency.denominations[-1]
    amount = Money(steps * smallest, currency)
    values = [v // smallest for v in currency.denominations]
    fewest = [0] + [10**9] * (steps % 400)
    for n in range(1, len(fewest)):
        fewest[n] = 1 + min(fewest[n - v] for v in values if v <= n)

    small = Money((steps % 400) * smallest, currency)

    assert notes_total(fewest_notes(amount), currency) == amount
    assert sum(fewest_notes(small).values()) == fewest[-1]


# ── single cases ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_change_goes_back_at_the_rate_at_which_the_money_was_taken() -> None:
    settled = settle(money("100"), [cash("10000", KZT)], a_rate_table(), SHOP)

    # 10,000 tenge are 136.05 yuan; the 36.05 too many are 2,649.68 tenge at the same rate.
    assert [str(part.amount) for part in settled.change] == ["2650.00"]
    assert settled.change[0].rate == Fraction("73.50")


def test_change_in_the_currency_of_the_prices_is_worth_what_it_is() -> None:
    (change,) = settle(money("100"), [cash("150")], a_rate_table(), SHOP).change

    assert (change.amount, change.value, change.rate) == (money("50"), money("50"), Fraction(1))


@given(st.integers(-100, 100), st.integers(1, 12), st.booleans())
def test_what_is_owed_in_whole_minor_units_is_asked_for_like_any_other_figure(
    minor: int, step: int, favour: bool
) -> None:
    shop = CashRules({"CNY": step}, favour)

    assert shop.asked_of(Money(minor, CNY)) == shop.asked(Fraction(minor, 100), CNY)
    assert due_in(Money(minor, CNY), CNY, "cash", a_rate_table(), shop) == shop.asked_of(Money(minor, CNY))


def test_a_single_fen_too_much_goes_back_where_fen_are_handed_out() -> None:
    settled = settle(money("9.99"), [cash("10")], a_rate_table(), CashRules({"CNY": 1}, coins=frozenset({"CNY"})))

    assert [(str(part.amount), str(part.value)) for part in settled.change] == [("0.01", "0.01")]
    assert not settled.rounding


def test_change_in_a_currency_that_was_not_tendered_goes_out_at_the_selling_rate() -> None:
    settled = settle(money("100"), [cash("1000")], a_rate_table(), WITH_COINS, USD)
    assert [change.rate for change in settled.change] == [a_rate_table().giving(USD)]

    # 900 yuan at 73.50 ÷ 505.00 are 130.99 dollars.
    assert [str(part.amount) for part in settled.change] == ["131.00"]


def test_change_beyond_what_was_tendered_in_its_currency_goes_out_at_the_selling_rate() -> None:
    rates = a_rate_table()
    settled = settle(money("100"), [cash("1000"), cash("10", USD)], rates, WITH_COINS, USD)

    exact = 10 + (Fraction("968.16") - 10 * rates.taking(USD)) * rates.giving(USD)
    assert abs(settled.change[0].amount.units - exact) <= Fraction("0.025")


def test_whole_notes_of_a_tendered_currency_count_as_far_as_tendered_at_the_rate_of_the_tender() -> None:
    rates = a_rate_table()
    settled = settle(money("935"), [cash("1000"), cash("10", USD)], rates, SHOP, USD)

    dollars, _yuan = settled.change
    beyond = dollars.amount.units - 10
    assert beyond > 0
    assert dollars.value == Money.rounded(10 * rates.taking(USD) + beyond / rates.giving(USD), CNY)


def test_the_part_below_a_dollar_goes_back_in_yuan() -> None:
    settled = settle(money("100"), [cash("20", USD)], a_rate_table(), SHOP)

    # 20 dollars are 136.33 yuan; 36.33 too many are 5.33 dollars: a five, and 2.25 yuan of the rest, at the step 2.30.
    assert [(str(part.amount), part.amount.currency) for part in settled.change] == [("5.00", USD), ("2.30", CNY)]
    assert abs(settled.rounding.minor) <= 10


def test_change_out_of_a_card_is_refused() -> None:
    settled = settle(money("100"), [card("120")], a_rate_table(), SHOP)

    with pytest.raises(OverpaidWithoutCash) as refused:
        check_settled(settled)
    assert refused.value.over == money("20")


@pytest.mark.parametrize("over", ["0.01", "0.04", "0.05"])
def test_not_even_a_few_fen_are_kept_from_a_card(over: str) -> None:
    paid = Tender("card", money("100") + money(over))

    with pytest.raises(OverpaidWithoutCash):
        check_settled(settle(money("100"), [paid], a_rate_table(), SHOP))


def test_a_foreign_card_of_the_figure_shown_may_differ_by_its_own_cent() -> None:
    rates = a_rate_table()
    shown = due_in(money("100.05"), USD, "card", rates, SHOP)

    settled = settle(money("100.05"), [Tender("card", shown)], rates, SHOP)

    check_settled(settled)
    assert abs(settled.rounding.units) <= rates.taking(USD) / 200


def test_cash_beside_a_card_gives_change_out_of_the_cash_only() -> None:
    settled = settle(money("100"), [card("90"), cash("20")], a_rate_table(), SHOP)

    check_settled(settled)
    assert [part.amount for part in settled.change] == [money("10")]


def test_one_fen_too_few_by_card_is_underpaid() -> None:
    with pytest.raises(Underpaid) as refused:
        check_settled(settle(money("100"), [card("99.99")], a_rate_table(), SHOP))
    assert refused.value.left == money("0.01")


def test_less_than_half_a_coin_too_few_in_cash_is_paid_and_half_a_coin_is_not() -> None:
    rates = a_rate_table()

    assert settle(money("100.04"), [cash("100")], rates, SHOP).rounding == money("-0.04")
    assert settle(money("100.05"), [cash("100")], rates, SHOP).left == money("0.05")
    assert settle(money("100.09"), [cash("100")], rates, FAVOUR).rounding == money("-0.09")
    assert settle(money("100.10"), [cash("100")], rates, FAVOUR).left == money("0.10")


def test_what_goods_given_in_exchange_leave_below_half_a_coin_is_paid_and_half_a_coin_is_not() -> None:
    def exchanged_for(due: str) -> Settlement:
        return settle(money(due), [Tender(EXCHANGE, money("100.00"), "T1-000002", origin="cash")], a_rate_table(), SHOP)

    assert (exchanged_for("100.04").as_shown, exchanged_for("100.04").left) == (True, money("0"))
    assert exchanged_for("100.05").left == money("0.05")


def test_cash_without_a_step_is_asked_for_to_the_cent() -> None:
    yuan_only = CashRules({"CNY": 10})

    assert yuan_only.asked_of(money("0.03", USD)) == money("0.03", USD)
    assert yuan_only.asked_of(money("0.14")) == money("0.10")


def test_a_free_basket_needs_no_payment() -> None:
    settled = settle(Money.zero(CNY), [], a_rate_table(), SHOP)

    check_settled(settled)
    assert (settled.change, settled.rounding.minor, settled.left.minor) == ((), 0, 0)


def test_a_shop_that_prices_in_tenge_rounds_in_tenge() -> None:
    settled = settle(money("1002", KZT), [cash("2000", KZT)], a_rate_table(price=KZT), SHOP)

    assert [part.amount for part in settled.change] == [money("1000", KZT)]
    assert settled.rounding == money("-2", KZT)


def test_money_without_a_rate_is_not_taken_and_not_given() -> None:
    rates = a_rate_table("RUB")

    with pytest.raises(NoRate):
        settle(money("100"), [cash("5000", RUB)], rates, SHOP)
    with pytest.raises(NoRate):
        settle(money("100"), [cash("200")], rates, SHOP, RUB)
    with pytest.raises(NoRate):
        due_in(money("100"), RUB, "cash", rates, SHOP)


def test_the_figure_shown_is_at_the_cash_step_for_cash_and_to_the_cent_for_a_card() -> None:
    rates = a_rate_table()

    assert due_in(money("837.40"), KZT, "cash", rates, SHOP) == money("61550", KZT)
    assert due_in(money("837.40"), KZT, "card", rates, SHOP) == money("61548.90", KZT)
    assert due_in(money("837.46"), CNY, "cash", rates, FAVOUR) == money("837.40")
    assert due_in(money("837.46"), CNY, "cash", rates, SHOP) == money("837.50")
    assert due_in(money("837.46"), CNY, "qr", rates, SHOP) == money("837.46")


@given(st.integers(-100_000, 10_000_000), currencies, cash_rules)
def test_whole_minor_units_come_to_the_same_cash_figure_as_the_fraction_does(
    minor: int, currency: Currency, cash: CashRules
) -> None:
    assert cash.asked_of(Money(minor, currency)) == cash.asked(Money(minor, currency).units, currency)


def test_a_tender_of_an_unknown_kind_or_of_nothing_is_bad_input() -> None:
    for bad, field in (
        (Tender("cheque", money("1")), "payments[0].method"),
        (Tender("cash", money("0")), "payments[0].amount"),
        (Tender("card", money("-1")), "payments[0].amount"),
        (Tender("cash", money("200"), notes={10000: 1}), "payments[0].notes"),
    ):
        with pytest.raises(BadField) as refused:
            check_tender(bad, "payments[0]")
        assert refused.value.field == field


@pytest.mark.parametrize(
    "notes", [{12345: 1, 7655: 1}, {-10000: 1, 10000: 3}, {10000: -1, 5000: 6}, {0: 5, 10000: 2}, {20000: 1}]
)
def test_notes_that_no_one_prints_are_not_counted(notes: dict[int, int]) -> None:
    with pytest.raises(BadField) as refused:
        check_tender(Tender("cash", money("200"), notes=notes), "payments[0]")

    assert refused.value.field == "payments[0].notes"


def test_notes_that_make_the_amount_are_taken() -> None:
    check_tender(Tender("cash", money("40000", KZT), notes={2000000: 2}), "payments[0]")


def test_a_rate_with_many_places_loses_nothing() -> None:
    odd = RateTable(KZT, CNY, {"CNY": a_rate("CNY", "72.123456789", "73.987654321"), "EUR": a_rate("EUR", "1", "3")})

    settled = settle(money("837.40"), [cash("70000", KZT), cash("100", EUR)], odd, WITH_COINS, EUR)

    assert value(settled.paid, CNY) == settled.total + value(settled.change, CNY) + settled.rounding
