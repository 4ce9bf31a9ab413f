"""Figures of days, a till, a person: the sums that closed shifts keep and the facts of open ones, recounted in SQL."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest

from db.sales.judgements import form_of
from pos.application.maintenance.backfill_shift_totals import BackfillShiftTotals
from pos.application.reports.report_period import DaysBackwards
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.report_slice import KINDS, NoSuchSlice, ReportSlice, SliceReceipt
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import Movement
from tests.application.reports.test_reports_agree import Seen, a_day, count_of
from tests.builders import MONDAY
from tests.next_version import next_version
from tests.shops import CARTON, CHOCOLATE, COGNAC, SOLD_OUT, SWEETS, WATCH, DemoShop

FIRST = MONDAY.date()
NOTHING: dict[str, dict[int, int]] = {code: {} for code in ("CNY", "KZT", "USD", "EUR", "RUB")}


def close(shop: DemoShop) -> None:
    manager = shop.person("manager")
    shop.close_shift(manager, count_of(shop.read_shift(manager)))


def some_days(shop: DemoShop, seed: int, days: int = 3) -> None:
    """Sales, returns and voids at two tills by two people; of the last day one shift is still open."""
    dice, seen = Random(seed), Seen()
    other = shop.other_till()
    for day in range(days):
        for till, name in ((shop, "amina"), (other, "li")):
            if till.open_shift.current() is None:
                till.open_shift(till.person(name), {"CNY": {10_000: 5}})
            a_day(till, dice, seen, 5)
        for till in (shop, other)[: 2 if day < days - 1 else 1]:
            close(till)
        shop.now.at = MONDAY + timedelta(days=day + 1, hours=seed)
    shop.now.at = MONDAY + timedelta(days=days - 1, hours=6)
    other.close()


class Recount:
    """The same figures in plain SQL over the receipts."""

    def __init__(self, shop: DemoShop, days: tuple[date, date], till: str | None, person: str | None) -> None:
        self._shop = shop
        where = f"s.business_date BETWEEN '{days[0]}' AND '{days[1]}'"
        where += "" if till is None else f" AND s.till = '{till}'"
        self._where = where + ("" if person is None else f" AND s.cashier = '{person}'")

    def rows(self, what: str, tables: str = "sale s", more: str = "") -> list[tuple[Any, ...]]:
        return self._shop.rows(f"SELECT {what} FROM {tables} WHERE {self._where} {more}")

    def turnover(self, kind: str) -> tuple[int, int, int]:
        sums = "count(*), coalesce(sum(s.pieces), 0), coalesce(sum(s.total_minor), 0)"
        [row] = self.rows(sums, more=f"AND s.kind = '{kind}'")
        return row[0], row[1], row[2]

    def by(self, column: str) -> dict[Any, tuple[int, int]]:
        rows = self.rows(f"{column}, count(*), sum(s.total_minor)", more="AND s.kind = 'sale' GROUP BY 1")
        return {row[0]: (row[1], row[2]) for row in rows}

    def goods(self, column: str) -> dict[str, tuple[int, int]]:
        joined = "sale s JOIN sale_line l ON l.sale_id = s.id JOIN sold_goods g ON g.id = l.goods_id"
        rows = self.rows(f"g.{column}, sum(l.quantity), sum(l.amount_minor)", joined, "GROUP BY 1")
        return {row[0]: (row[1], row[2]) for row in rows}

    def money(self, table: str, method: str) -> dict[tuple[str, str], tuple[int, int]]:
        joined = f"sale s JOIN {table} p ON p.sale_id = s.id"
        rows = self.rows(f"{method}, p.currency, sum(p.amount_minor), sum(p.value_minor)", joined, "GROUP BY 1, 2")
        return {(row[0], row[1]): (row[2], row[3]) for row in rows}

    def margin(self) -> tuple[int, int, int]:
        """Turnover without tax, the part with a known cost, and the cost."""
        sums = [0, 0, 0]
        for table, number, reason, sign in (("sale_line", "line_no", "sale", 1), ("return_line", "no", "return", -1)):
            moved = f"FROM stock_move m WHERE m.sale_id = s.id AND m.line_no = l.{number} AND m.reason = '{reason}'"
            rows = self.rows(
                f"l.amount_minor - coalesce(l.tax_minor, 0), (SELECT sum(m.cost_minor) {moved}),"
                f" (SELECT count(*) - count(m.cost_minor) {moved})",
                f"sale s JOIN {table} l ON l.sale_id = s.id",
            )
            for amount, cost, unknown in rows:
                sums[0] += sign * amount
                if cost is not None and not unknown:
                    sums[1] += sign * amount
                    sums[2] += sign * abs(cost)
        return sums[0], sums[1], sums[2]

    def judged(self) -> list[dict[str, Any]]:
        joined = "sale s JOIN sale_judgement j ON j.sale_id = s.id JOIN sealed_text t ON t.id = j.form_id"
        return [json.loads(form_of(form).filled(figures)) for form, figures in self.rows("t.text, j.figures", joined)]


def fullest(judged: dict[str, Any]) -> str:
    filled = [
        1 - Fraction(rule["left"]) / Fraction(rule["limit"])
        for rule in judged["rules"]
        if rule["limit"] and rule["left"] is not None and Fraction(rule["limit"])
    ]
    if judged["verdict"] in ("duty", "review", "refuse"):
        return "over"
    steps = ((20, "0-20"), (40, "20-40"), (60, "40-60"), (85, "60-85"))
    return next((name for bound, name in steps if max(filled) * 100 < bound), "85-100")


def agrees(report: DayReport, recount: Recount) -> None:
    for kind, turnover in (("sale", report.sales), ("return", report.returns)):
        assert (turnover.count, turnover.pieces, turnover.amount.minor) == recount.turnover(kind)
    hour = "CAST(strftime('%H', s.at / 1000000 + 8 * 3600, 'unixepoch') AS INTEGER)"
    assert {hour: (share.count, share.amount.minor) for hour, share in report.by_hour} == recount.by(hour)
    assert {str(day): (share.count, share.amount.minor) for day, share in report.by_day} == recount.by(
        "s.business_date"
    )
    for shares, column in (
        (report.by_cashier, "s.cashier"),
        (report.by_till, "s.till"),
        (report.by_destination, "s.destination"),
        (report.by_nationality, "coalesce(s.nationality, '')"),
    ):
        assert {one.name: (one.count, one.amount.minor) for one in shares} == recount.by(column)
    for goods, column in ((report.by_category, "category"), (report.top_products, "code")):
        assert {one.code: (one.pieces, one.amount.minor) for one in goods} == recount.goods(column)
    for sums, table, method in (
        (report.payments, "sale_payment", "p.method"),
        (report.change, "sale_change", "'cash'"),
        (report.refunds, "refund", "p.method"),
    ):
        by_way = {(one.method, one.amount.currency.code): (one.amount.minor, one.value.minor) for one in sums}
        assert by_way == recount.money(table, method)
    assert report.margin is not None
    assert (report.margin.turnover.minor, report.margin.known.minor, report.margin.cost.minor) == recount.margin()
    judged = recount.judged()
    assert dict(report.quota) == dict(Counter(one["verdict"] for one in judged))
    assert {one.bucket: one.count for one in report.quota_use if one.count} == dict(Counter(map(fullest, judged)))


@pytest.mark.parametrize("seed", range(2))
def test_the_figures_of_days_are_those_that_plain_sql_counts(shop: DemoShop, seed: int) -> None:
    some_days(shop, seed)
    manager = shop.person("manager")

    for first, last in ((0, 2), (1, 1), (2, 2), (-6, -5)):
        days = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
        for till, by in ((None, None), ("T2", None), (None, "li"), ("T1", "amina")):
            agrees(shop.read_day(manager, days[0], till, days[1], by), Recount(shop, days, till, by))

    assert shop.rows("SELECT count(*) FROM summary") > [(2,)]
    assert shop.verify() == []


def test_a_day_is_shown_alike_before_and_after_its_shift_is_closed(shop: DemoShop) -> None:
    a_day(shop, Random(5), Seen(), 25)
    before = shop.report_day()

    close(shop)

    after = shop.report_day()
    of_the_close = ("zs", "open_shifts", "cash")
    assert {name: value for name, value in after.items() if name not in of_the_close} == {
        name: value for name, value in before.items() if name not in of_the_close
    }


def test_what_comes_back_on_another_day_belongs_to_that_day(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, SWEETS)
    close(shop)
    monday = {**shop.report_day(FIRST), "compared": None}
    shop.now.move(days=1)
    shop.open_shift(shop.person("amina"), {"CNY": {10_000: 5}})
    order = {"key": "b", "receipt": sale.receipt, "lines": [{"line": 0, "quantity": 1}], "reason": "too sweet"}
    shop.return_by_ticket({**order, "refund": {"currency": "CNY", "method": "cash"}, "cashier": "amina"})
    close(shop)

    assert {**shop.report_day(FIRST), "compared": None} == monday
    tuesday = shop.read_day(shop.person("manager"))
    assert (tuesday.sales.count, tuesday.returns.count, str(tuesday.returns.amount)) == (0, 1, "48.00")
    assert tuesday.margin is not None
    assert str(tuesday.margin.turnover) == "-48.00"


def test_a_store_of_before_is_summed_up_when_it_is_opened(shop_folder: Path) -> None:
    shop = DemoShop(shop_folder)
    some_days(shop, 7)
    report = shop.report_day(FIRST, last=FIRST + timedelta(days=2))
    summed = shop.rows("SELECT * FROM summary_goods ORDER BY 1, 2, 3")
    at = shop.now.at
    with shop.raw(writing=True) as store:  # as a program that kept no sums left it
        for table in ("summary_share", "summary_quarter", "summary_money", "summary_goods", "summary"):
            store.execute(f"DELETE FROM {table}")
    shop.close()

    with next_version():
        newer = DemoShop(shop_folder)
        newer.now.at = at
        assert newer.report_day(FIRST, last=FIRST + timedelta(days=2)) == report
        assert len(newer.rows("SELECT * FROM summary_goods")) == len(summed) > 0
        assert newer.verify() == []
        newer.close()


def test_what_an_older_program_closed_is_summed_up_bit_by_bit_while_the_till_is_quiet(shop: DemoShop) -> None:
    some_days(shop, 9, days=2)
    summed = shop.tables()
    with shop.raw(writing=True) as store:
        for table in ("summary_share", "summary_quarter", "summary_money", "summary_goods", "summary"):
            store.execute(f"DELETE FROM {table}")
    step = BackfillShiftTotals(shop.context)

    assert step()
    assert len(shop.rows("SELECT DISTINCT shift_id FROM summary")) == 1
    while step():
        pass

    assert {name: len(rows) for name, rows in shop.tables().items()} == {
        name: len(rows) for name, rows in summed.items()
    }
    assert shop.verify() == []


def test_what_has_no_sums_is_folded_from_its_receipts(shop: DemoShop) -> None:
    some_days(shop, 8)
    report = shop.report_day(FIRST, last=FIRST + timedelta(days=2))
    with shop.raw(writing=True) as store:
        for table in ("summary_share", "summary_quarter", "summary_money", "summary_goods", "summary"):
            store.execute(f"DELETE FROM {table}")

    assert shop.report_day(FIRST, last=FIRST + timedelta(days=2)) == report
    assert shop.verify() == []


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("UPDATE summary_share SET amount_minor = amount_minor + 1 WHERE kind = 'turnover'", "turnover sale"),
        ("UPDATE summary_share SET count = count + 1 WHERE kind = 'use'", "use "),
        ("DELETE FROM summary_quarter", "quarter-hour"),
        ("UPDATE summary_money SET currency = 'EUR' WHERE kind = 'payment'", "payment cash EUR"),
        ("UPDATE summary_money SET worth_minor = 7", "payment cash CNY"),
        ("UPDATE summary_goods SET cost_minor = cost_minor + 1", "goods sale"),
        ("UPDATE summary SET cashier = 'li'", "li: there are no such receipts"),
        ("UPDATE summary SET shift_id = 99", "of a shift that is not there"),
    ],
)
def test_sums_that_are_not_those_of_the_receipts_are_named(shop: DemoShop, statement: str, finding: str) -> None:
    shop.sell(SWEETS, CHOCOLATE)
    close(shop)
    assert shop.verify() == []

    with shop.raw(writing=True) as store:
        store.execute(statement)

    assert any(line.startswith("sums of shift 1 T1") or "sums 1:" in line for line in shop.verify())
    assert any(finding in line for line in shop.verify()), shop.verify()


def test_the_margin_speaks_of_goods_whose_cost_is_known(shop: DemoShop) -> None:
    with shop.raw(writing=True) as store:
        store.execute("UPDATE stock SET value_minor = NULL")
        of_chocolate = "product_id = (SELECT id FROM product WHERE code = ?)"
        store.execute(f"UPDATE stock SET value_minor = owned * 731 WHERE {of_chocolate}", (CHOCOLATE,))
    shop.sell(CHOCOLATE, CHOCOLATE, SWEETS)

    margin = shop.read_day(shop.person("manager")).margin

    assert margin is not None
    tax = sum(
        minor or 0
        for (minor,) in shop.rows(
            "SELECT tax_minor FROM sale_line JOIN sold_goods g ON g.id = goods_id WHERE g.code = ?", CHOCOLATE
        )
    )
    assert (str(margin.cost), margin.known.minor) == ("14.62", 2500 - tax)
    assert margin.amount.minor == 2500 - tax - 1462
    assert margin.coverage is not None
    assert margin.coverage == Fraction(margin.known.minor, margin.turnover.minor) < 1


def with_costs(shop: DemoShop, *codes: str) -> None:
    """Of these products the cost is known, of all others it is not."""
    with shop.raw(writing=True) as store:
        store.execute("UPDATE stock SET value_minor = NULL")
        for code in codes:
            of_it = "product_id = (SELECT id FROM product WHERE code = ?)"
            store.execute(f"UPDATE stock SET value_minor = owned * 731 WHERE {of_it}", (code,))


def take_back(shop: DemoShop, receipt: str, key: str = "b") -> None:
    order = {"key": key, "receipt": receipt, "lines": [{"line": 0, "quantity": 1}], "reason": "too sweet"}
    shop.return_by_ticket({**order, "refund": {"currency": "CNY", "method": "cash"}, "cashier": "amina"})


def test_goods_that_came_back_on_the_day_of_their_sale_earned_nothing_and_their_cost_is_known(shop: DemoShop) -> None:
    with_costs(shop, CHOCOLATE)
    take_back(shop, shop.sell(CHOCOLATE).receipt)

    margin = shop.read_day(shop.person("manager")).margin

    assert margin is not None
    assert (margin.amount.minor, margin.is_known, margin.is_whole) == (0, True, True)


def test_a_morning_of_returns_alone_has_a_margin_below_nothing(shop: DemoShop) -> None:
    with_costs(shop, CHOCOLATE)
    sale = shop.sell(CHOCOLATE)
    close(shop)
    earned = shop.read_day(shop.person("manager")).margin
    shop.now.move(days=1)
    shop.open_shift(shop.person("amina"), {"CNY": {10_000: 5}})
    take_back(shop, sale.receipt)

    margin = shop.read_day(shop.person("manager")).margin

    assert earned is not None
    assert margin is not None
    assert (margin.amount, margin.is_known, margin.is_whole) == (-earned.amount, True, True)


def test_a_margin_says_that_some_cost_is_unknown_also_of_what_came_back(shop: DemoShop) -> None:
    with_costs(shop, CHOCOLATE)
    take_back(shop, shop.sell(SWEETS).receipt)
    nothing = shop.read_day(shop.person("manager")).margin
    shop.sell(CHOCOLATE)

    margin = shop.read_day(shop.person("manager")).margin

    assert nothing is not None
    assert (nothing.is_known, nothing.is_whole) == (False, False)
    assert margin is not None
    assert (margin.coverage, margin.is_known, margin.is_whole) == (Fraction(1), True, False)


def test_goods_sold_before_they_came_earn_nothing_that_is_known(shop: DemoShop) -> None:
    shop.set("sell_below_zero", "*")
    shop.sell(SOLD_OUT, SOLD_OUT)

    margin = shop.read_day(shop.person("manager")).margin

    assert margin is not None
    assert margin.turnover.minor > 0
    assert (margin.known.minor, margin.cost.minor) == (0, 0)
    assert (margin.rate, margin.coverage) == (None, Fraction(0))
    assert shop.verify() == []


def test_the_last_pieces_that_were_there_do_not_pay_for_those_sold_before_they_came(shop: DemoShop) -> None:
    shop.set("sell_below_zero", "*")
    with shop.store.begin() as work:
        product = shop.find.show(SOLD_OUT).product.id
        work.stock.record([Movement(product, 2, "opening", cost=2_000)], MONDAY, "demo")
        work.commit()
    shop.sell(*[SOLD_OUT] * 5)

    moves = shop.rows("SELECT quantity, cost_minor FROM stock_move WHERE sale_id IS NOT NULL ORDER BY id")
    margin = shop.read_day(shop.person("manager")).margin
    assert moves == [(-2, -2_000), (-3, None)]
    assert margin is not None
    assert (margin.known.minor, margin.rate) == (0, None)
    assert shop.verify() == []


def test_a_day_without_sales_has_no_rate_of_margin(shop: DemoShop) -> None:
    margin = shop.read_day(shop.person("manager")).margin

    assert margin is not None
    assert (margin.rate, margin.coverage, str(margin.amount)) == (None, None, "0.00")


def test_how_full_the_allowances_were(shop: DemoShop) -> None:
    shop.sell(CARTON)  # 200 of 400 cigarettes
    report = shop.read_day(shop.person("manager"))

    assert [(one.bucket, one.count) for one in report.quota_use if one.count] == [("40-60", 1)]
    assert report.visitors == (("CN", 1),)
    assert report.over is not None
    assert (report.over.over, report.over.dutiable) == (0, 0)


def test_the_same_weekday_of_before_stands_beside_the_day_until_the_same_time(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(hours=3)
    shop.sell(CHOCOLATE)
    close(shop)
    shop.now.at = MONDAY + timedelta(days=7, hours=1)

    running = shop.read_day(shop.person("manager")).compared
    past = shop.read_day(shop.person("manager"), FIRST + timedelta(days=7), None, FIRST + timedelta(days=13)).compared

    assert running is not None
    assert (running.first, running.last) == (FIRST, FIRST)
    assert (str(running.sales.amount), str(running.whole.amount)) == ("48.00", "60.50")
    assert running.by_hour == shop.read_day(shop.person("manager"), FIRST).by_hour
    assert past is not None
    assert (past.first, past.last) == (FIRST, FIRST + timedelta(days=6))


def test_a_month_is_compared_with_whole_weeks_before_it(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    shop.now.move(days=90)
    first = FIRST + timedelta(days=35)
    compared = shop.read_day(shop.person("manager"), first, None, first + timedelta(days=29)).compared

    assert compared is not None
    assert (compared.first, compared.last) == (FIRST, FIRST + timedelta(days=29))
    assert compared.until is None


def test_days_of_which_only_a_part_is_on_record_are_compared_with_nothing(shop: DemoShop) -> None:
    manager = shop.person("manager")
    assert shop.read_day(manager).compared is None  # no one has ever bought anything

    shop.sell(SWEETS)
    close(shop)
    shop.now.at = MONDAY + timedelta(days=8)

    assert shop.read_day(manager, FIRST + timedelta(days=7)).compared is not None
    assert shop.read_day(manager, FIRST + timedelta(days=1), None, FIRST + timedelta(days=8)).compared is None
    assert shop.read_day(manager, FIRST + timedelta(days=6)).compared is None


def receipts(shop: DemoShop, *marks: ReportSlice, last: int = 4, limit: int = 3, **asked: Any) -> list[SliceReceipt]:
    """All pages of the receipts of the days."""
    listed: list[SliceReceipt] = []
    after = None
    while True:
        page = shop.drill_down_receipts(
            shop.person("manager"), marks, FIRST, last=FIRST + timedelta(days=last), after=after, limit=limit, **asked
        )
        assert len(page.receipts) <= limit
        listed += page.receipts
        after = page.next
        if after is None:
            return listed


def test_each_mark_opens_the_receipts_that_it_counts(shop: DemoShop) -> None:
    some_days(shop, 11)  # some of it after midnight
    manager = shop.person("manager")
    report = shop.read_day(manager, FIRST, None, FIRST + timedelta(days=4))

    def opened(*marks: ReportSlice) -> tuple[int, int]:
        opened_receipts = receipts(shop, *marks)
        assert len({one.receipt for one in opened_receipts}) == len(opened_receipts)
        assert [one.at for one in opened_receipts] == sorted((one.at for one in opened_receipts), reverse=True)
        return len(opened_receipts), sum(one.total.minor for one in opened_receipts)

    for kind, shares in (
        ("hour", [share for _, share in report.by_hour]),
        ("destination", report.by_destination),
        ("nationality", report.by_nationality),
    ):
        for share in shares:
            assert opened(ReportSlice(kind, share.name)) == (share.count, share.amount.minor)
    for kind, shares in (("till", report.by_till), ("cashier", report.by_cashier)):
        for share in shares:
            assert opened(ReportSlice(kind, share.name), ReportSlice("sale")) == (share.count, share.amount.minor)
    for day, share in report.by_day:
        assert opened(ReportSlice("day", day.isoformat()), ReportSlice("sale")) == (share.count, share.amount.minor)
    assert opened(ReportSlice("return")) == (report.returns.count, report.returns.amount.minor)
    assert opened()[0] == report.sales.count + report.returns.count
    assert {one.bucket: opened(ReportSlice("use", one.bucket))[0] for one in report.quota_use} == {
        one.bucket: one.count for one in report.quota_use
    }
    for code in {one.code for one in report.top_products}:
        of = "SELECT count(DISTINCT sale_id) FROM sale_line JOIN sold_goods g ON g.id = goods_id WHERE g.code = ?"
        assert [(opened(ReportSlice("product", code))[0],)] == shop.rows(of, code)
    for paid in report.payments:
        of = "SELECT count(DISTINCT sale_id) FROM sale_payment WHERE method = ? AND currency = ?"
        name = f"{paid.method} {paid.amount.currency.code}"
        assert [(opened(ReportSlice("payment", name))[0],)] == shop.rows(of, *name.split())


def test_a_mark_that_no_report_has_is_refused(shop: DemoShop) -> None:
    with pytest.raises(NoSuchSlice):
        ReportSlice("colour", "red")
    for kind, name in (("hour", "24"), ("hour", "noon"), ("day", "yesterday")):
        with pytest.raises(NoSuchSlice):
            shop.drill_down_receipts(shop.person("manager"), [ReportSlice(kind, name)])
    for kind in KINDS:
        if kind not in ("hour", "day"):
            assert shop.drill_down_receipts(shop.person("manager"), [ReportSlice(kind, "no such")]).receipts == ()


def test_what_lies_there_and_was_not_sold_is_slow(shop: DemoShop) -> None:
    shop.sell(SWEETS)
    close(shop)
    shop.now.move(days=1)
    shop.open_shift(shop.person("amina"), {})
    shop.sell(COGNAC)
    manager = shop.person("manager")

    def slow(first: int, last: int, limit: int = 1000) -> dict[str, date | None]:
        days = FIRST + timedelta(days=first), FIRST + timedelta(days=last)
        return {one.code: one.last_sold for one in shop.slow_products(manager, *days, limit=limit).goods}

    assert slow(1, 1)[SWEETS] == FIRST
    assert COGNAC not in slow(1, 1)
    assert slow(1, 1)[WATCH] is None
    page = shop.slow_products(manager, FIRST + timedelta(days=1), limit=2)
    assert page.next == 2
    values = [one.value.minor for one in page.goods if one.value is not None]
    assert values == sorted(values, reverse=True)


def test_days_that_run_backwards_are_refused(shop: DemoShop) -> None:
    with pytest.raises(DaysBackwards):
        shop.read_day(shop.person("manager"), FIRST, None, FIRST - timedelta(days=1))


def test_what_stands_behind_the_reports_is_a_managers_too(shop: DemoShop) -> None:
    for name in ("amina", "clerk"):
        with pytest.raises(NotAllowed):
            shop.drill_down_receipts(shop.person(name), [])
        with pytest.raises(NotAllowed):
            shop.slow_products(shop.person(name))
