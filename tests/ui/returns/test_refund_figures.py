"""The figures of a refund are whole at the size of a till, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.money import KZT, Money
from pos.domain.payment.tender import Tender
from pos.ui.widgets.cards.amount_label import AmountLabel
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_returns_page import open_receipt, page, sell, with_returns

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """A cashier at a till of 1366 pixels, who has sold three toys for tenge from a QR wallet."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    opened.till.window.resize(1366, 768)
    sell(opened, (opened.goods("toy"), 3), paid=lambda total: (Tender("qr", _in_tenge(total)),))
    yield opened
    close_till(opened)


def _in_tenge(total: Money) -> Money:
    return Money(round(total.minor * 72.80), KZT)


def cut(part: QWidget) -> list[str]:
    """The texts below `part` that have less room than they need, and the amounts drawn smaller than they are."""
    labels = [label for label in part.findChildren(QLabel) if label.isVisible() and label.text()]
    amounts = [amount for amount in part.findChildren(AmountLabel) if amount.isVisible()]
    return [label.text() for label in labels if _is_cut(label)] + [
        amount.text() for amount in amounts if amount.full_width > amount.width()
    ]


def _is_cut(label: QLabel) -> bool:
    if label.wordWrap():
        return label.heightForWidth(label.width()) > label.height()
    return label.sizeHint().width() > label.width()


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_refund_to_a_wallet_in_tenge_is_written_whole(hand: Hand, language: str) -> None:
    hand.till.session.speak(language)
    open_receipt(hand, "T1-000001")
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    refunds = page(hand).work.money.refunds
    assert "₸" in refunds.texts()[0]
    assert cut(refunds) == []

    hand.press(Key.Key_F12)
    assert page(hand).done.isVisible()
    assert cut(page(hand).done) == []
