"""Sales of a period by hour, day, person, product, destination and nationality, and the use of allowances."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from pos.application.reports.report_document import DayDocument
from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.application.text.border_words import destination_text
from pos.application.text.countries import nationality_name
from pos.application.text.formatting import weekday_text, with_percent
from pos.application.text.names import CATEGORIES, VERDICTS, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Money, total
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.quota_use import OVER
from pos.domain.reports.trade_figures import GoodsShare, Share


def share_tables(document: DayDocument) -> Iterator[Table]:
    """The share tables in the order of the report page."""
    report, tr = document.report, document.reader.translator
    if report.first != report.last:
        yield _days(report, tr)
        yield _weekdays(report, tr)
    yield _hours(report, tr)
    yield _shares(document, "by-till", tr("Tills"), tr("Till"), report.by_till, str)
    yield _shares(document, "by-cashier", tr("Cashiers"), tr("Cashier"), report.by_cashier, document.reader.person)
    yield _goods("by-category", tr("Categories"), _by_category(report, tr), report, tr)
    title, strange = tr("Destination"), tr("unknown")
    yield _shares(document, "by-destination", title, title, report.by_destination,
                  lambda name: destination_text(name, tr) or strange)  # fmt: skip
    title = tr("Nationality")
    yield _shares(document, "by-nationality", title, title, report.by_nationality,
                  lambda name: nationality_name(name, tr) or strange)  # fmt: skip
    yield _goods("top-products", tr("Top products"), _top(report, tr), report, tr)
    yield _slow(document, tr)
    yield from _quota(report, tr)


def _shares(
    document: DayDocument, key: str, title: str, name: str, shares: Sequence[Share], named: Callable[[str], str]
) -> Table:
    ordered = sorted(shares, key=lambda share: -share.amount.minor)
    rows = [(named(share.name), share.count, share.amount) for share in ordered]
    return Table(key, title, _counted(Column(name), document.report, document.reader.translator), rows, bars=Bars(0, 2))


def _counted(first: Column, report: DayReport, tr: Translator) -> tuple[Column, ...]:
    receipts = Column(tr("Receipts"), CellKind.COUNT, is_summed=True)
    return first, receipts, Column(tr("Amount"), CellKind.AMOUNT, report.currency.code, is_summed=True)


def _hours(report: DayReport, tr: Translator) -> Table:
    rows = [(f"{hour:02d}:00–{hour + 1:02d}:00", share.count, share.amount) for hour, share in report.by_hour]
    columns = _counted(Column(tr("Hour")), report, tr)
    return Table("by-hour", tr("Sales by hour"), columns, rows, bars=Bars(0, 2))


def _every_day(report: DayReport) -> Iterator[tuple[date, Share]]:
    """Every day of the period, days without a sale included."""
    sold, none = dict(report.by_day), Share("", 0, Money.zero(report.currency))
    for offset in range((report.last - report.first).days + 1):
        day = report.first + timedelta(days=offset)
        yield day, sold.get(day, none)


def _days(report: DayReport, tr: Translator) -> Table:
    columns = (
        Column(tr("Date"), CellKind.DAY),
        Column(tr("Weekday")),
        *_counted(Column(""), report, tr)[1:],
    )
    rows = [
        (day, weekday_text(day, tr.language), share.count, share.amount) for day, share in _every_day(report)
    ]  # fmt: skip
    return Table("by-day", tr("Sales by day"), columns, rows if report.by_day else (), bars=Bars(0, 3))


def _weekdays(report: DayReport, tr: Translator) -> Table:
    """Each day of the week: how many there were, and the average of one."""
    price = report.currency
    columns = (
        Column(tr("Weekday")),
        Column(tr("Number of days"), CellKind.COUNT, is_summed=True),
        *_counted(Column(""), report, tr)[1:],
        Column(tr("Daily average"), CellKind.AMOUNT, price.code),
    )
    rows: list[tuple[Cell, ...]] = []
    every = list(_every_day(report)) if report.by_day else []
    for weekday in range(7):
        of = [(day, share) for day, share in every if day.weekday() == weekday]
        if of:
            amount = total((share.amount for _, share in of), price)
            name = weekday_text(of[0][0], tr.language)
            receipts = sum(share.count for _, share in of)
            rows.append((name, len(of), receipts, amount, Money.rounded(amount.units / len(of), price)))
    return Table("by-weekday", tr("Sales by weekday"), columns, rows, bars=Bars(0, 4))


Goods = Iterator[tuple[str, GoodsShare]]
"""Shares with their names."""


def _goods(key: str, title: str, goods: Goods, report: DayReport, tr: Translator) -> Table:
    columns = (
        Column(tr("Name")),
        Column(tr("Code")),
        Column(tr("Pieces"), CellKind.COUNT, is_summed=True),
        Column(tr("Amount"), CellKind.AMOUNT, report.currency.code, is_summed=True),
    )
    rows = [(name, share.code, share.pieces, share.amount) for name, share in goods]
    return Table(key, title, columns, rows, bars=Bars(0, 3))


def _by_category(report: DayReport, tr: Translator) -> Goods:
    for share in sorted(report.by_category, key=lambda share: -share.amount.minor):
        yield name_of(CATEGORIES, share.code, tr), share


def _top(report: DayReport, tr: Translator) -> Goods:
    for share in report.top_products:
        yield (share.names or {}).get(tr.language) or share.name or share.code, share


def _slow(document: DayDocument, tr: Translator) -> Table:
    columns = (
        Column(tr("Name")),
        Column(tr("Code")),
        Column(tr("On hand"), CellKind.COUNT),
        Column(tr("Value"), CellKind.AMOUNT, document.report.currency.code),
        Column(tr("Last sold"), CellKind.DAY),
    )
    rows = [(one.names.get(tr.language) or one.name, one.code, one.on_hand, one.value, one.last_sold)
            for one in document.slow]  # fmt: skip
    return Table("slow-products", tr("Slow sellers"), columns, rows)


def _quota(report: DayReport, tr: Translator) -> Iterator[Table]:
    count = Column(tr("Quantity"), CellKind.COUNT)
    over, language = tr.context("fullest gauge", "over"), tr.language
    shares = (
        over if use.bucket == OVER else with_percent(use.bucket.replace("-", "–"), language) for use in report.quota_use
    )
    used = [(share, use.count) for share, use in zip(shares, report.quota_use, strict=True)]
    any_used = any(use.count for use in report.quota_use)
    columns: tuple[Column, ...] = (
        Column(tr("Allowance used, highest known gauge")),
        Column(tr.context("visitors of receipts", "Visits"), CellKind.COUNT, is_summed=True),
    )
    yield Table("quota-use", tr("Allowance used"), columns, used if any_used else (), bars=Bars(0, 1))
    judged = [(name_of(VERDICTS, verdict, tr), number) for verdict, number in report.quota.items()]
    yield Table("quota", tr("Allowance"), (Column(tr("Allowance")), count), judged)
    over_limit = report.over
    if over_limit is not None and (over_limit.over or over_limit.dutiable):
        columns = (Column(tr("Over the allowance")), count, Column(tr("Pieces"), CellKind.COUNT),
                   Column(tr("Amount"), CellKind.AMOUNT, report.currency.code))  # fmt: skip
        rows: list[tuple[Cell, ...]] = [
            (tr("Receipts"), over_limit.over, None, over_limit.over_amount),
            (tr("With goods to declare"), over_limit.dutiable, over_limit.dutiable_pieces, None),
        ]
        yield Table("over", tr("Over the allowance"), columns, rows)
    away = report.turned_away
    if away is not None and away.baskets:
        became = [
            (tr("Not sold"), away.baskets - away.left_behind),
            (tr("Sold after goods were removed"), away.left_behind),
        ]
        yield Table("turned-away", tr("Turned away"), (Column(tr("Baskets")), count), became)
