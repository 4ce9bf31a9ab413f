"""The first sale of the README, step by step, through the real window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.horgos import KZT
from tests.ui.at_the_counter import Hand, close_till, open_till

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
STEPS = README.split("## A first sale")[1].split("\n## ")[0]


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    name, pin = re.findall(r"`(\w+)`", STEPS)[:2]
    opened = open_till(qapp, qtbot, tmp_path, name)
    assert opened.shop.demo_pins[name] == pin
    yield opened
    close_till(opened)


def test_the_first_sale_goes_as_the_readme_says(hand: Hand) -> None:
    codes = re.findall(r"`(\d{13})`", STEPS)
    assert len(codes) == 3
    for code in codes:
        hand.type(code)
        hand.press(Qt.Key.Key_Return)
    assert len(hand.rows()) == 3

    passport = "\n".join(line.strip() for line in STEPS.split("```")[1].splitlines()[1:3])
    QApplication.clipboard().setText(passport)
    hand.press(Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    hand.press(Qt.Key.Key_Return)
    assert [visitor.visitor.masked for visitor in hand.view.visitors] == ["E••••••01"]

    hand.press(Qt.Key.Key_F12)
    assert hand.screen_id == "checkout"
    hand.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    hand.until(lambda: hand.screen_id == "payment")
    hand.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    hand.press(Qt.Key.Key_F12)
    hand.until(lambda: hand.screen_id == "paid")

    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert [paid.tender.amount.currency for paid in sale.paid] == [KZT]
    hand.wait(500)
    hand.press(Qt.Key.Key_F12)
    hand.until(lambda: hand.screen_id == "checkout")
