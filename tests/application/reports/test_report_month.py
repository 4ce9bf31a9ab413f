"""The accountant's month: the sum of its Zs is what was sold, and what is not closed yet has a name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from pos.application.reports.report_month import MonthToCome, ReportMonth, read_month
from pos.domain.errors import BadField
from pos.domain.reports.month_report import MonthReport, Takings
from pos.domain.shifts.shift_report import PaymentSum
from pos.domain.staff.staff import NotAllowed
from tests.application.reports.test_reports_agree import Seen, a_day, count_of
from tests.application.reports.test_reports_of_days import close
from tests.builders import MONDAY
from tests.shops import CHOCOLATE, SWEETS, DemoShop

MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)
EVENING = datetime(2026, 3, 31, 13, 0, tzinfo=UTC)  # 21:00 by the shop's clock


def month(shop: DemoShop, day: date = MARCH) -> MonthReport:
    return ReportMonth(shop.context)(shop.person("manager"), day)


def close_short(shop: DemoShop, fen: int) -> None:
    """Close with so much less in the drawer than there should be: the yuan notes that go are one of 10."""
    manager = shop.person("manager")
    count = count_of(shop.read_shift(manager))
    count["CNY"] = {**count["CNY"], fen: count["CNY"].get(fen, 0) - 1}
    shop.close_shift(manager, count)


def around_the_end_of_march(shop: DemoShop, seed: int) -> None:
    """Five days at two tills, 29 March to 2 April; shifts end on their day, after midnight, or a day later."""
    dice, seen = Random(seed), Seen()
    tills = ((shop, "amina"), (shop.other_till(), "li"))
    for day in range(5):
        for till, name in tills:
            shop.now.at = datetime(2026, 3, 29, dice.randint(6, 15), dice.randint(0, 59), tzinfo=UTC) + timedelta(day)
            if till.open_shift.current() is None:
                till.open_shift(till.person(name), {"CNY": {10_000: 5}})
            a_day(till, dice, seen, 6)
            if dice.random() < 0.6:
                close(till)


def takings_by_sql(shop: DemoShop, first: date, last: date) -> tuple[int, ...]:
    """Of all shifts whose Z was closed on the days: sales, returns, discounts, rounding, straight from the receipts."""
    [row] = shop.rows(
        "SELECT sum(s.kind = 'sale'), sum(CASE s.kind WHEN 'sale' THEN s.total_minor END),"
        " sum(s.kind = 'return'), sum(CASE s.kind WHEN 'return' THEN s.total_minor END), sum(s.rounding_minor)"
        " FROM sale s JOIN z_report z ON z.shift_id = s.shift_id WHERE z.business_date BETWEEN ? AND ?",
        first.isoformat(), last.isoformat(),
    )  # fmt: skip
    return tuple(figure or 0 for figure in row)


def figures_of(takings: Takings) -> tuple[int, ...]:
    return (
        takings.sales.count, takings.sales.amount.minor, takings.returns.count, takings.returns.amount.minor,
        takings.rounding.minor,
    )  # fmt: skip


def sums(paid: tuple[PaymentSum, ...]) -> dict[tuple[str, str], int]:
    return {(one.method, one.amount.currency.code): one.amount.minor for one in paid}


@pytest.mark.parametrize("seed", range(3))
def test_a_month_is_the_sum_of_its_zs_whatever_midnight_a_shift_crosses(shop: DemoShop, seed: int) -> None:
    around_the_end_of_march(shop, seed)
    for till in (shop, shop.other_till()):
        if till.open_shift.current() is not None:
            close(till)

    for first, last in ((MARCH, date(2026, 3, 31)), (APRIL, date(2026, 4, 30))):
        report = month(shop, first)
        assert figures_of(report.takings) == takings_by_sql(shop, first, last)
        assert report.agrees
        assert report.unexplained == Takings.none(report.currency)
        assert not report.missing_zs
        paid = shop.rows(
            "SELECT p.method, p.currency, sum(p.amount_minor) FROM sale_payment p JOIN sale s ON s.id = p.sale_id"
            " JOIN z_report z ON z.shift_id = s.shift_id WHERE z.business_date BETWEEN ? AND ? GROUP BY 1, 2",
            first.isoformat(), last.isoformat(),
        )  # fmt: skip
        assert sums(report.payments) == {(method, code): amount for method, code, amount in paid}
        taxed = "SELECT sum(l.tax_minor) FROM {} l JOIN sale s ON s.id = l.sale_id JOIN z_report z ON"
        taxed += " z.shift_id = s.shift_id WHERE z.business_date BETWEEN ? AND ?"
        taxes = [shop.rows(taxed.format(of), first.isoformat(), last.isoformat())[0][0] or 0
                 for of in ("sale_line", "return_line")]  # fmt: skip
        assert sum(one.amount.minor for one in report.tax) == taxes[0] - taxes[1]
    march, april = month(shop, MARCH), month(shop, APRIL)
    whole = shop.read_day(shop.person("manager"), MARCH, None, date(2026, 4, 30))
    assert march.takings.plus(april.takings).sales == whole.sales
    assert [one.name for one in april.of_other_days] == [one.name for one in march.in_other_zs]


def test_a_shift_belongs_whole_to_the_month_in_which_it_was_closed(shop: DemoShop) -> None:
    shop.now.at = EVENING
    shop.sell(SWEETS)  # 31 March
    shop.now.move(hours=4)
    shop.sell(CHOCOLATE)  # 1 April, 1 o'clock
    close(shop)

    march, april = month(shop, MARCH), month(shop, APRIL)

    assert march.zs == ()
    assert str(march.of_days.net) == "48.00"
    [later] = march.in_other_zs
    assert (later.name, later.closed, str(later.takings.net)) == ("T1-Z000001", APRIL, "48.00")
    [z] = april.zs
    assert (z.name, z.day, str(z.takings.net)) == ("T1-Z000001", APRIL, "60.50")
    assert str(april.of_days.net) == "12.50"
    assert str(april.together(april.of_other_days).net) == "48.00"
    assert march.agrees
    assert april.agrees
    assert march.is_closed
    assert not april.is_over


def test_a_month_with_an_open_shift_is_not_closed_yet_and_says_at_which_till(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.at = EVENING
    other = shop.other_till()
    other.sell(CHOCOLATE)
    close(shop)
    shop.now.move(days=3)

    report = month(shop)

    assert report.is_over
    assert not report.is_closed
    assert [(one.till, one.number, one.cashier) for one in report.open] == [("T2", 1, "amina")]
    [waiting] = report.in_other_zs
    assert (waiting.name, str(waiting.takings.net)) == (None, "12.50")
    assert report.agrees
    close(other)
    assert month(shop).is_closed
    assert month(shop, APRIL).zs[0].name == "T2-Z000001"


def test_days_without_a_z_are_named_with_what_was_sold_on_them(shop: DemoShop) -> None:
    shop.sell(SWEETS)  # Monday the 2nd, closed on Tuesday
    shop.now.move(days=1)
    shop.sell(CHOCOLATE)
    close(shop)
    shop.now.move(days=2)

    missing = month(shop).days_without_z

    sold = [(one.day.day, str(one.takings.net)) for one in missing]
    assert sold[-2:] == [(2, "48.00"), (4, "0.00")]


def test_a_drawer_that_was_short_stands_in_its_row_and_in_the_sum(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    close_short(shop, 100)
    shop.now.at = EVENING + timedelta(days=1)

    report = month(shop)

    assert [str(money) for money in report.zs[0].differences] == ["-1.00"]
    assert [str(money) for money in report.differences] == ["-1.00"]


def test_sums_of_a_shift_that_are_not_those_of_its_z_are_reported(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    close(shop)
    shop.now.at = EVENING + timedelta(days=1)
    assert month(shop).agrees
    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE summary_share SET amount_minor = amount_minor + 100 WHERE kind = 'turnover'")

    report = month(shop)

    assert not report.agrees
    assert str(report.unexplained.net) == "-1.00"


def test_the_month_is_a_managers_and_one_to_come_has_nothing(shop: DemoShop) -> None:
    report = ReportMonth(shop.context)
    with pytest.raises(NotAllowed):
        report(shop.person("amina"), MARCH)
    with pytest.raises(MonthToCome):
        report(shop.person("manager"), APRIL)
    assert shop.now() == MONDAY
    for text in ("2026-13", "october", "2026-1", "0000-01"):
        with pytest.raises(BadField):
            read_month(text)
    assert read_month("2026-10") == date(2026, 10, 1)
