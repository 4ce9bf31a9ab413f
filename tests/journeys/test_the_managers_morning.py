"""The manager's morning through the real window: yesterday, a receipt, the month, Saturday's prices, the journal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

import openpyxl
import pysqlite3.dbapi2 as sqlite
import pytest
from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.reports.journal.screen import JournalScreen
from pos.ui.reports.screen import ReportsScreen
from pos.ui.returns.screen import ReturnsScreen
from tests.ui.at_the_counter import Hand, a_demo_shop, a_past, whole_window

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
P = TypeVar("P")
SATURDAY = QDateTime(QDate(2026, 11, 28), QTime(0, 0))


class Manager(Hand):
    """The manager, who goes from page to page by the rail and its tabs."""

    def goes_to(self, screen_id: str, kind: type[P]) -> P:
        """Go there as the rail does."""
        self.till.window.show_screen(screen_id)
        self.wait()
        page = self.till.window.page
        assert isinstance(page, kind)
        return page

    def asks(self, question: str, *parameters: object) -> tuple[int, ...]:
        """What the store itself answers, by an SQL of the test's own."""
        with sqlite.connect(self.shop.folder / "shop.db") as store:
            row: tuple[int, ...] = store.execute(question, parameters).fetchone()
        store.close()
        return row


@pytest.fixture
def manager(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Manager]:
    """Before the sign-in of a shop that traded for a week and opens this morning."""
    shop = a_demo_shop(tmp_path / "shop", a_past)
    with whole_window(qapp, qtbot, tmp_path, shop, Manager, "manager") as hand:
        yield hand


def heading_of(sheet: Any) -> tuple[object, ...]:
    """The row that names the columns."""
    return next(row for row in sheet.iter_rows(values_only=True) if row[0] == "Z")


def test_a_manager_sees_yesterday_finds_a_receipt_saves_the_month_and_changes_prices_for_saturday(
    manager: Manager, qtbot: QtBot, tmp_path: Path
) -> None:
    manager.type(manager.shop.demo_pins["manager"])
    manager.press(Key.Key_Return)
    qtbot.waitUntil(lambda: manager.till.session.person is not None, timeout=30_000)
    manager.wait()

    # yesterday at a glance: the figures are those of the receipts
    reports = manager.goes_to("reports", ReportsScreen)
    manager.until(lambda: reports.report is not None and reports.day.is_whole)
    manager.wait()
    report = reports.report
    assert report is not None
    count, pieces, minor = manager.asks(
        "SELECT count(*), sum(pieces), sum(total_minor) FROM sale WHERE kind = 'sale' AND business_date = ?",
        report.first.isoformat(),
    )
    assert (report.sales.count, report.sales.pieces) == (count, pieces)
    assert report.sales.amount == Money(minor, report.sales.amount.currency)

    # the highest hour has receipts behind it; one of them is looked up by its number
    manager.press(Key.Key_Tab)
    manager.press(Key.Key_Return)
    manager.until(lambda: reports.behind.rows.rowCount() > 0)
    receipt = reports.behind.rows.text(0).receipt
    manager.press(Key.Key_Escape)
    history = manager.goes_to("history", HistoryScreen)
    opened = list[Path]()

    def open_file(file: Path) -> bool:
        opened.append(file)
        return True

    history.open_file = open_file
    manager.type(receipt)
    manager.wait(300)
    assert history.panel.texts[0] == receipt
    manager.press(Key.Key_F9)
    manager.until(lambda: bool(opened))
    assert opened[0].read_bytes().startswith(b"%PDF")
    history.return_from()
    manager.wait()
    returns = manager.till.window.page
    assert isinstance(returns, ReturnsScreen)
    assert returns.controller.hand is not None
    assert returns.controller.hand.returnable.sale.receipt == receipt
    manager.press(Key.Key_Escape)

    # the accountant's month: the sum of its Zs in the workbook is what the receipts of closed shifts come to
    manager.goes_to("reports", ReportsScreen)
    manager.until(lambda: reports.report is not None and reports.day.is_whole)
    reports.saver.ask = lambda name: tmp_path / f"{name}.xlsx"
    manager.press(Key.Key_F9)
    manager.wait()
    [file] = tmp_path.glob("*.xlsx")
    zs = openpyxl.load_workbook(file, data_only=True)["Z reports of the month"]
    rows = [row for row in zs.iter_rows(values_only=True) if "-Z" in str(row[0])]
    closed_shifts, minor = manager.asks(
        "SELECT count(DISTINCT shift_id), sum(CASE kind WHEN 'sale' THEN total_minor ELSE -total_minor END) FROM sale"
        " WHERE business_date LIKE '2026-11-%' AND shift_id IN (SELECT id FROM shift WHERE closed_at IS NOT NULL)"
    )
    net = next(index for index, name in enumerate(heading_of(zs)) if name == "Net")
    assert len(rows) == closed_shifts
    assert sum(Decimal(str(row[net])) for row in rows) * 100 == minor

    # food becomes dearer from Saturday on, and not an hour before
    reprice = manager.goes_to("reprice", RepriceScreen)
    form = reprice.form
    form.category.setCurrentIndex(form.category.findData("food"))
    form.instant.setDateTime(SATURDAY)
    form.begin()
    manager.type("5")
    reprice.ask()
    manager.wait()
    tally = reprice._tally
    assert tally is not None
    assert tally.goods > 1
    manager.press(Key.Key_F12)
    saturday = int(datetime(2026, 11, 28, tzinfo=manager.shop.settings().zone).timestamp() * 1_000_000)
    set_now = "SELECT count(*), min(since), max(since) FROM product_price WHERE since > ?"
    assert manager.asks(set_now, saturday - 1) == (tally.goods, saturday, saturday)

    # the journal says so, and is whole
    journal = manager.goes_to("journal", JournalScreen)
    assert "28 Nov 2026" in journal.list.rows.texts()[0]
    manager.press(Key.Key_F9)
    manager.until(lambda: journal.walked is not None and journal.walked.is_done)
    assert manager.shop.verify_books() == []
