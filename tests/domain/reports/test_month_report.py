"""A month as an accountant closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from pos.domain.money import Money
from pos.domain.reports.day_report import ClosedShift, OpenedShift
from pos.domain.reports.month_report import Crossing, MonthReport, MonthZ, Takings
from pos.domain.reports.report_slice import NoSuchSlice, ReportSlice
from pos.domain.reports.trade_figures import Margin
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import PaymentSum, Turnover
from tests.builders import MONDAY, money
from tests.horgos import CNY, KZT, USD

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)


def takings(sold: str, back: str = "0", *, count: int = 1, rounding: str = "0") -> Takings:
    returned = Turnover(1 if back != "0" else 0, 2 if back != "0" else 0, money(back))
    return Takings(Turnover(count, 3 * count, money(sold)), returned, money("1.00"), money(rounding))


def cash(text: str) -> PaymentSum:
    return PaymentSum("cash", money(text), money(text))


def a_z(number: int, of: Takings, paid: str, *, till: str = "T1") -> MonthZ:
    return MonthZ(till, number, number, LAST, MONDAY, MONDAY, "Aigul", "Dana", None, of, (), (cash(paid),), (), (), ())


def a_month(*zs: MonthZ, of_days: Takings | None = None) -> MonthReport:
    whole = Takings.none(CNY)
    for z in zs:
        whole = whole.plus(z.takings)
    return MonthReport(FIRST, LAST, CNY, zs, of_days or whole, (), (), (), (), is_over=True)


def test_takings_add_up_and_can_be_taken_off_again() -> None:
    one, other = takings("100.00", "12.50", rounding="0.02"), takings("7.00", count=2, rounding="-0.01")

    both = one.plus(other)

    assert both.sales == Turnover(3, 9, money("107.00"))
    assert both.returns == Turnover(1, 2, money("12.50"))
    assert (both.discounts, both.rounding, both.net) == (money("2.00"), money("0.01"), money("94.50"))
    assert both.plus(other, -1) == one


def test_a_month_of_returns_alone_is_not_nothing() -> None:
    nothing = Takings.none(CNY)

    assert nothing.is_nothing
    assert (nothing.sales, nothing.returns) == (Turnover(0, 0, money("0")), Turnover(0, 0, money("0")))
    assert not takings("5.00").is_nothing
    assert not replace(nothing, returns=Turnover(1, 1, money("5.00"))).is_nothing


def test_the_books_agree_where_the_zs_are_what_was_sold_and_paid() -> None:
    month = a_month(a_z(1, takings("100.00", rounding="0.02"), "100.02"), a_z(2, takings("20.00"), "20.00"))

    assert month.takings.sales.amount == money("120.00")
    assert month.unexplained == Takings.none(CNY)
    assert month.agrees


def test_the_books_do_not_agree_where_money_lacks() -> None:
    z = a_z(1, takings("100.00"), "100.00")

    assert not a_month(replace(z, change=(cash("1.00"),))).agrees
    assert not a_month(replace(z, refunds=(cash("1.00"),))).agrees
    assert a_month(replace(z, payments=(cash("101.50"),), change=(cash("1.00"),), refunds=(cash("0.50"),))).agrees


def test_the_books_do_not_agree_where_more_was_sold_than_the_zs_tell() -> None:
    assert not a_month(a_z(1, takings("100.00"), "100.00"), of_days=takings("90.00")).agrees


def test_what_was_sold_beyond_midnight_belongs_to_the_month_of_its_z() -> None:
    of_other_days = Crossing("T1", 1, 1, LAST, takings("10.00"))
    in_other_zs = Crossing("T1", 2, None, None, takings("4.00"))
    month = replace(
        a_month(a_z(1, takings("106.00", count=3), "106.00"), of_days=takings("100.00", count=3)),
        of_other_days=(of_other_days,),
        in_other_zs=(in_other_zs,),
    )

    assert month.unexplained.sales == Turnover(0, 0, money("0"))
    assert (of_other_days.name, in_other_zs.name) == ("T1-Z000001", None)


def test_a_month_is_closed_when_it_is_over_and_no_shift_of_it_is_open() -> None:
    month = a_month()

    assert month.is_closed
    assert not replace(month, is_over=False).is_closed
    assert not replace(month, open=(OpenedShift("T1", 3, "Aigul", MONDAY),)).is_closed


def test_sums_of_the_zs_stand_in_the_order_that_a_cashier_knows() -> None:
    def paid(method: str, amount: Money, value: str) -> PaymentSum:
        return PaymentSum(method, amount, money(value))

    one = replace(
        a_z(1, takings("1"), "1"),
        payments=(
            paid("voucher", money("1"), "1"),
            paid("card", money("2"), "2"),
            paid("cash", money("3", USD), "21"),
            paid("cash", money("5"), "5"),
        ),
        change=(paid("cash", money("1"), "1"),),
        refunds=(paid("card", money("2"), "2"),),
    )
    other = replace(one, number=2)
    month = a_month(one, other)

    assert [(each.method, str(each.amount), str(each.value)) for each in month.payments] == [
        ("cash", "10.00", "10.00"),
        ("cash", "6.00", "42.00"),
        ("card", "4.00", "4.00"),
        ("voucher", "2.00", "2.00"),
    ]
    assert [str(each.amount) for each in (*month.change, *month.refunds)] == ["2.00", "4.00"]


def test_the_tax_is_summed_by_rate_the_lowest_first() -> None:
    def taxed(number: int, *taxes: tuple[int, str]) -> MonthZ:
        return replace(
            a_z(number, takings("1"), "1"), tax=tuple(TaxSum(Decimal(rate), money(sum_)) for rate, sum_ in taxes)
        )

    month = a_month(taxed(1, (16, "1.00"), (12, "2.00")), taxed(2, (16, "3.00")))

    assert month.tax == (TaxSum(Decimal(12), money("2.00")), TaxSum(Decimal(16), money("4.00")))


def test_drawers_are_off_by_their_sum_in_each_currency_that_was_ever_off() -> None:
    def off(number: int, *differences: Money) -> MonthZ:
        return replace(a_z(number, takings("1"), "1"), differences=differences)

    month = a_month(off(1, money("-5", KZT), money("1")), off(2, money("2", KZT)))

    assert month.differences == (money("1"), money("-3", KZT))
    assert a_month(off(1)).differences == ()


def test_a_missing_z_between_the_first_and_the_last_of_a_till_is_named() -> None:
    zs = [a_z(number, takings("1"), "1", till=till) for till, number in (("T2", 9), ("T1", 3), ("T1", 6), ("T1", 4))]

    assert a_month(*zs).missing_zs == ("T1-Z000005",)
    assert a_month(*zs[:2]).missing_zs == ()


def test_each_z_bears_its_till_and_six_digits() -> None:
    closed = ClosedShift("T1", 3, datetime(2026, 3, 2), "Aigul", "Dana", money("1"), ())  # noqa: DTZ001 # any instant

    assert (closed.name, a_z(4, takings("1"), "1").name) == ("T1-Z000003", "T1-Z000004")


def test_a_margin_speaks_of_the_goods_whose_cost_is_known() -> None:
    margin = Margin(money("200.00"), money("100.00"), money("60.00"), is_known=True, is_whole=False)

    assert margin.amount == money("40.00")
    assert margin.rate == Fraction(2, 5)
    assert margin.coverage == Fraction(1, 2)


@pytest.mark.parametrize("text", ["0.00", "-0.01"])
def test_where_nothing_was_sold_there_is_no_rate(text: str) -> None:
    nothing = Margin(money(text), money(text), money("0"), is_known=True, is_whole=True)

    assert (nothing.rate, nothing.coverage) == (None, None)


def test_the_smallest_turnover_has_a_rate() -> None:
    smallest = Margin(money("0.01"), money("0.01"), money("0"), is_known=True, is_whole=True)

    assert (smallest.rate, smallest.coverage) == (Fraction(1), Fraction(1))


def test_a_report_has_no_marks_of_an_unknown_kind() -> None:
    assert ReportSlice("hour", "9").name == "9"

    with pytest.raises(NoSuchSlice) as refused:
        ReportSlice("weather", "rain")
    assert (refused.value.kind, refused.value.name) == ("weather", "rain")
