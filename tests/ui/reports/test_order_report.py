"""The report of customer orders at the real window: by channel and hour, no-shows, deposits, other days, a file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.pickup.deposits import DepositDraft
from pos.application.pickup.pickup_report import PickupReport
from pos.application.pickup.take_order import ClaimLine, OrderDraft
from pos.application.tables.listing import ListReader
from pos.domain.money import Money
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.deposit import DepositSums
from pos.domain.pickup.order_figures import OrderFigures
from pos.ui.input.actions import ORDER_REPORT
from pos.ui.page.save_table import TableSaver
from pos.ui.reports.customer_orders.screen import OrderReportScreen
from pos.ui.reports.customer_orders.words import shown_tables
from tests.horgos import CNY
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

Key = Qt.Key
CHOCOLATE, SWEETS = "4870204320145", "4870204320060"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager of a shop with three orders of today, one of them with a deposit and one cancelled."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    amina = next(one for one in opened.shop.sign_in.people() if one.name == "amina")
    pickup, orders = opened.shop.pickup, []
    for number, (channel, goods) in enumerate((("douyin", CHOCOLATE), ("wechat", SWEETS), ("douyin", SWEETS))):
        draft = OrderDraft(channel, (ClaimLine(goods, number + 1),), read_called(f"Lena 700{number}", "ru"))
        orders.append(pickup.take(draft, amina, f"claim-{number}"))
    pickup.deposits.take(orders[0].code, DepositDraft("cash", Money(5_00, CNY)), amina, "ahead")
    pickup.steps.cancel(orders[1].code, "", amina)
    opened.till.window.plug(OrderReportScreen(opened.till.session))
    opened.till.window.show_screen(ORDER_REPORT)
    opened.wait()
    yield opened
    close_till(opened)


def page(hand: Hand) -> OrderReportScreen:
    screen = hand.till.window.screen_at(ORDER_REPORT)
    assert isinstance(screen, OrderReportScreen)
    return screen


def test_a_share_of_zero_is_known_and_that_of_no_order_that_ended_is_not(hand: Hand) -> None:
    session, worth = hand.till.session, Money(10_00, CNY)
    assert session.person is not None
    channels = (("douyin", OrderFigures(worth, 1, 1, 1, picked_up=1)), ("wechat", OrderFigures(worth, 1, 1, open=1)))
    found = PickupReport(session.today, session.today, CNY, channels, (), (), DepositSums(), ())
    reader = ListReader(session.person, session.translator, session.settings, hand.shop.now(), session.names)
    by_channel, *_ = shown_tables(found, reader)
    assert [[cell.text for cell in row][5:] for row in by_channel.rows[:2]] == [
        ["1", "1", "–", "–", "0.0\u00a0%"],
        ["–", "–", "–", "–", "–"],
    ]


def test_a_manager_reads_what_became_of_the_orders_of_some_days_and_saves_it(hand: Hand, tmp_path: Path) -> None:
    report = page(hand)
    by_channel, by_hour, deposits, left, _ = report.tables  # of no-shows there is none
    rows = [row[:3] for row in by_channel.texts]
    assert rows == [("Douyin", "2", "4"), ("WeChat", "1", "2"), ("Total", "3", "6")]
    assert [row[7] for row in by_channel.texts] == ["–", "1", "1"]
    assert by_channel.texts[-1][-1] == "", "a share has no sum; that of all orders stands above"
    assert [row[1] for row in by_hour.texts] == ["3"]
    assert [row[0] for row in deposits.texts] == ["Deposits taken · Cash"]
    assert [row[-1] for row in (*deposits.texts, *left.texts)] == ["5.00", "¥\u00a05.00"]

    saver = next(one for one in report.children() if isinstance(one, TableSaver))
    saved = tmp_path / "orders.csv"
    saver.ask = lambda _name: saved
    hand.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    hand.until(saved.exists)

    yesterday = hand.till.session.today - timedelta(days=1)
    report.days.last_day.setDate(QDate(yesterday.year, yesterday.month, yesterday.day))
    hand.wait()
    assert report.days.period.key == ""
    assert not report.tables[0].texts
    report.days.first_day.setDate(QDate(yesterday.year, yesterday.month, yesterday.day).addDays(2))
    hand.wait()
    assert report.days.last.complaint == "The last day is before the first."
    assert report.found is None
    hand.press(Key.Key_F6)  # everything is of a usual period again
    hand.until(lambda: report.found is not None)
