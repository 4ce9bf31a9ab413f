"""Reports over years: a day, a month, a year, the receipts behind a mark and one receipt, beside a bare count in SQL.

SHOP names the folder of a store, such as `python -m tools.history` makes; it is brought up to date in place, so take a
copy. Without it there are some weeks of made-up trade. The bare figures count sales, pieces and turnover from the
receipts alone, and those of the report have to be the same.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.benchmarks.table import Effort, Row, side_by_side

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.domain.period import Period
    from pos.domain.staff.staff import Person

_SPANS = (("a day", 1, 300), ("30 days", 30, None), ("365 days", 365, 2_000))
"""What, how many days, and the milliseconds that it may take."""

_RECEIPT = 100
_BARE = (
    "SELECT count(*), sum(s.pieces), sum(s.total_minor),"
    " (SELECT sum(l.amount_minor) FROM sale x JOIN sale_line l ON l.sale_id = x.id"
    "  WHERE x.business_date BETWEEN :first AND :last)"
    " FROM sale s WHERE s.kind = 'sale' AND s.business_date BETWEEN :first AND :last"
)


def measure(effort: Effort) -> Iterator[Row]:
    """A row for each question."""
    import main
    from pos.application.settings.options import Options

    with TemporaryDirectory() as temporary:
        folder = Path(os.environ.get("SHOP", temporary))
        past = 0 if "SHOP" in os.environ else 7 if effort.quick else 28
        shop = main.build(
            Options(data=folder, demo="SHOP" not in os.environ), quick_pins=True, demo_size=300, demo_past=past
        )
        while shop.sum_up():
            pass
        yield from _questions(shop, 2 if effort.quick else 5)
        shop.close()


def _questions(shop: Shop, repeats: int) -> Iterator[Row]:
    import pysqlite3.dbapi2 as sqlite

    from pos.domain.period import Period
    from pos.domain.receipt_number import receipt_number
    from pos.domain.reports.report_slice import ReportSlice
    from pos.domain.staff.staff import Person

    someone = Person.at_the_console("benchmark")
    store = sqlite.connect(str(shop.folder / "shop.db"))
    last = date.fromisoformat(store.execute("SELECT max(business_date) FROM sale").fetchone()[0])
    first = store.execute("SELECT till, number FROM sale WHERE kind = 'sale' LIMIT 1").fetchone()
    number = receipt_number(*first)
    for name, days, target in _SPANS:
        span = last - timedelta(days=days - 1), last
        bare = _bare(store, span)
        report = shop.report_day(someone, span[0], None, span[1])
        goods = sum(one.amount.minor for one in report.by_category)
        same = bare() == (report.sales.count, report.sales.pieces, report.sales.amount.minor, goods)
        ours, theirs = side_by_side(repeats, partial(shop.report_day, someone, span[0], None, span[1]), bare)
        proved = len(ours) if same else 0
        yield Row(f"{name}: {report.sales.count} sales", ours, theirs, target, by_worst=True, proved=proved)
    year = last - timedelta(days=364)
    for mark in (
        ReportSlice("hour", "15"),
        ReportSlice("nationality", "KAZ"),
        ReportSlice("return"),
        ReportSlice("over"),
        ReportSlice("use", "85-100"),
    ):
        ours = side_by_side(repeats, partial(shop.drill_down_receipts, someone, [mark], year, None, last))[0]
        yield Row(f"behind {mark.kind} {mark.name} of 365 days", ours, (), 1_000, by_worst=True)
    slow = side_by_side(repeats, lambda: shop.slow_products(someone, year, last))[0]
    yield Row("goods not sold in 365 days", slow, (), 1_000, by_worst=True)
    times = side_by_side(repeats, lambda: shop.find_receipts(number, someone))[0]
    yield Row(f"receipt {number}", times, (), _RECEIPT, by_worst=True)
    yield from _history(shop, someone, Period(year, last), repeats)
    yield from _today(shop, store, someone, repeats)
    store.close()


def _history(shop: Shop, someone: Person, days: Period, repeats: int) -> Iterator[Row]:
    """What a manager remembers of a receipt of a whole year."""
    from pos.application.ports.return_ports import DISCOUNT, RETURN, ReceiptFilter

    asked: tuple[tuple[str, ReceiptFilter], ...] = (
        ("", ReceiptFilter(days=days)),
        ("000123", ReceiptFilter(days=days)),
        ("450", ReceiptFilter(days=days)),
        ("4870204321111", ReceiptFilter(days=days)),
        ("cognac", ReceiptFilter(days=days)),
        ("milk", ReceiptFilter(days=days)),
        ("14:00-15:00", ReceiptFilter(days=days)),
        ("", ReceiptFilter(days=days, cashier="yerlan")),
        ("cognac", ReceiptFilter(days=days, cashier="yerlan")),
        ("", ReceiptFilter(days=days, till="T2", kind=RETURN)),
        ("", ReceiptFilter(days=days, kind=DISCOUNT)),
        ("honey", ReceiptFilter(days=days, kind=RETURN)),
        ("no such thing", ReceiptFilter(days=days)),
    )
    for text, wanted in asked:
        ours = side_by_side(repeats, partial(shop.find_receipts.history, text, wanted, someone))[0]
        kept = " ".join(filter(None, (f"'{text}'", wanted.cashier or "", wanted.till or "", wanted.kind)))
        yield Row(f"history of 365 days: {kept}", ours, (), _RECEIPT, by_worst=True)


def _today(shop: Shop, store: Any, someone: Person, repeats: int) -> Iterator[Row]:
    """The last day as it was before its shifts were closed: what was summed up is forgotten, then summed up again."""
    last = store.execute("SELECT max(business_date) FROM sale").fetchone()[0]
    of_day = "SELECT id FROM summary WHERE business_date = ?"
    for part in ("share", "quarter", "money", "goods"):
        store.execute(f"DELETE FROM summary_{part} WHERE summary_id IN ({of_day})", (last,))
    store.execute("DELETE FROM summary WHERE business_date = ?", (last,))
    store.commit()
    ours = side_by_side(repeats, partial(shop.report_day, someone, date.fromisoformat(last)))[0]
    yield Row("a day whose shifts are still open", ours, (), _SPANS[0][2], by_worst=True)
    while shop.sum_up():
        pass


def _bare(store: Any, span: tuple[date, date]) -> Callable[[], tuple[int, ...]]:
    days = {"first": span[0].isoformat(), "last": span[1].isoformat()}
    return lambda: tuple(number or 0 for number in store.execute(_BARE, days).fetchone())
