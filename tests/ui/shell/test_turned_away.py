"""A basket whose payment is not opened for the allowance, at the real window: recorded once, shown in the report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.ports.journal_ports import JournalFilter
from pos.ui.reports.row_words import over
from tests.ui.at_the_counter import CARTON, Hand, close_till, open_till

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina at the checkout."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def stopped(hand: Hand) -> int:
    manager = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    return len(hand.shop.read_journal(JournalFilter(acts=("stop_basket",)), manager).entries)


def test_a_basket_over_the_allowance_is_noted_once_and_stands_in_the_days_report(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    for _ in range(2):
        hand.open_payment()
        hand.press(Key.Key_Escape)
    assert hand.place == "checkout"
    assert stopped(hand) == 1

    manager = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    marks = over(hand.shop.report_day(manager), hand.till.session.translator)
    assert [mark.spoken for mark in marks if mark.name == "Turned away"] == [
        "Turned away: 1, sold after goods were removed: 0"
    ]


def test_a_basket_that_is_refused_for_something_else_is_not_noted(hand: Hand) -> None:
    hand.scan(CARTON)  # without a visitor
    hand.press(Key.Key_F12)
    assert hand.place == "checkout"
    assert stopped(hand) == 0
