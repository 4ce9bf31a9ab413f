"""What a shift came to, and what of it those see who count the drawer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.pricing.spread import Spread
from pos.domain.shifts.hand_over import HandedCash, HandOver
from pos.domain.shifts.report_details import ReturnSum, ShiftDetails
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport, Turnover, z_name
from tests.builders import MONDAY, money
from tests.horgos import CNY, KZT, USD

MOVED = {
    "float": 50_000, "in": 2_000, "out": -700, "drop": -30_000, "tender": 90_000, "change": -4_000, "refund": -1_250,
    "deposit": 1_500, "deposit_back": -400, "hand_over": -30,
}  # fmt: skip
NONE = Turnover(0, 0, money("0"))


def a_report(*cash: CashLine) -> ShiftReport:
    return ShiftReport(
        till="T1",
        number=12,
        cashier="Aigul",
        opened_at=MONDAY,
        at=MONDAY + timedelta(hours=9),
        sales=Turnover(4, 9, money("100.00")),
        returns=Turnover(1, 1, money("12.50")),
        discounts=money("3.00"),
        rounding=money("0.02"),
        payments=(
            PaymentSum("cash", money("90.00"), money("90.00")),
            PaymentSum("card", money("10.00"), money("10.00")),
        ),
        change=(PaymentSum("cash", money("40.00"), money("40.00")),),
        cash=cash,
        voids=1,
        no_sales=0,
        approvals=2,
        first_receipt="T1-000101",
        last_receipt="T1-000104",
        grand_total=money("5000.00"),
        refunds=(
            PaymentSum("cash", money("12.50"), money("12.50")),
            PaymentSum("card", money("1.00"), money("1.00")),
        ),
        without_receipt=Turnover(1, 1, money("12.50")),
        voided_sales=Turnover(1, 2, money("8.00")),
        hand_overs=(
            HandOver(
                1, "Aigul", "Bolat", MONDAY, (HandedCash(CNY, money("500.00"), money("499.70"), money("-0.30"), {}),)
            ),
        ),
        details=ShiftDetails(returns=(ReturnSum("damaged", 1, 1, money("12.50")),)),
    )


def test_what_the_drawer_should_hold_is_what_came_less_what_went() -> None:
    line = CashLine.of(CNY, MOVED)

    assert line.expected == Money(50_000 + 2_000 - 700 - 30_000 + 90_000 - 4_000 - 1_250 + 1_100 - 30, CNY)
    assert (line.paid_out, line.drops) == (money("7.00"), money("300.00"))
    assert (line.change, line.refunds) == (money("40.00"), money("12.50"))
    assert line.net_sales == money("847.50")
    assert (line.deposits, line.deposits_back) == (money("15.00"), money("4.00"))
    assert not line.estimated
    assert CashLine.of(CNY, MOVED, estimated=True).estimated


@given(st.dictionaries(st.sampled_from(sorted(MOVED)), st.integers(-(10**9), 10**9)))
def test_what_moved_adds_up_to_what_is_expected(moved: dict[str, int]) -> None:
    assert CashLine.of(CNY, moved).expected == Money(sum(moved.values()), CNY)


def test_a_line_tells_each_kind_of_movement() -> None:
    moved = CashLine.of(CNY, MOVED).moved()

    assert {kind: money.minor for kind, money in moved.items()} == {kind: abs(MOVED[kind]) for kind in MOVED} | {
        "hand_over": -30
    }
    assert CashLine(CNY).moved() == {}


def test_a_count_says_how_far_off_the_drawer_is_and_keeps_the_notes_that_there_are() -> None:
    line = CashLine.of(CNY, {"float": 20_000, "hand_over": -300}).with_count({10_000: 2, 5_000: 0, 100: 1})

    assert (line.expected, line.counted, line.difference) == (money("197.00"), money("201.00"), money("4.00"))
    assert line.notes == {10_000: 2, 100: 1}
    assert line.whole_difference == money("1.00")
    assert line.handed() == HandedCash(CNY, money("197.00"), money("201.00"), money("4.00"), {10_000: 2, 100: 1})


def test_without_a_count_nothing_is_off_yet() -> None:
    line = CashLine.of(CNY, MOVED)

    assert line.whole_difference is None
    assert replace(line, difference=money("1.00"), hand_overs=None).whole_difference is None


def test_what_is_blinded_in_one_part_tells_no_sum() -> None:
    line = CashLine.of(CNY, MOVED)

    assert replace(line, tendered=None).net_sales is None
    assert replace(line, change=None).net_sales is None
    assert replace(line, refunds=None).net_sales is None


def test_an_average_receipt_is_rounded_and_without_receipts_it_is_nothing() -> None:
    assert Turnover(3, 5, money("10.00")).average == money("3.33")
    assert Turnover(1, 5, money("10.00")).average == money("10.00")
    assert NONE.average == money("0.00")


def test_only_differing_currencies_of_a_hand_over_are_named() -> None:
    exact = HandedCash(CNY, money("5"), money("5"), money("0"), {})
    short = HandedCash(USD, money("5", USD), money("4", USD), money("-1", USD), {})
    over = HandOver(1, "Aigul", "Bolat", MONDAY, (exact, short))

    assert over.differing == (short,)
    assert [line.expected for line in over.without_expected().cash] == [None, None]


def test_a_z_has_six_digits_and_an_x_no_number() -> None:
    assert z_name("T1", 12) == "T1-Z000012"
    assert a_report().z_name is None
    assert replace(a_report(), z_number=3).z_name == "T1-Z000003"
    assert a_report().price == CNY


def test_from_what_a_blind_count_shows_the_cash_cannot_be_worked_out() -> None:
    whole = replace(a_report(CashLine.of(CNY, MOVED, estimated=True)), spread=(a_spread(),))
    blind = whole.without_expected()

    assert blind.is_blind
    assert not whole.is_blind
    assert (blind.sales, blind.returns) == (Turnover(4, 9, None), Turnover(1, 1, None))
    assert blind.without_receipt == Turnover(1, 1, None)
    assert blind.voided_sales == Turnover(1, 2, None)
    assert [paid.method for paid in blind.payments] == ["card"]
    assert [refund.method for refund in blind.refunds] == ["card"]
    assert (blind.change, blind.spread, blind.details.returns) == ((), (), ())
    assert blind.cash == (CashLine(CNY, estimated=True),)
    assert blind.hand_overs[0].cash[0].expected is None
    assert replace(whole, without_receipt=None).without_expected().without_receipt is None


def a_spread() -> Spread:
    return Spread(money("1", USD), money("7"), money("7"))


def test_a_currency_is_counted_that_moved_or_that_was_found() -> None:
    yuan, dollars = CashLine.of(CNY, {"float": 10_000}), CashLine.of(USD, {"float": 500})

    counted = a_report(yuan, dollars).counted({"CNY": {10_000: 1}, "KZT": {20_000: 2}})

    assert [(line.currency, line.difference) for line in counted.cash] == [
        (CNY, money("0")),
        (KZT, money("400", KZT)),
        (USD, money("-5", USD)),
    ]
