"""The figures of a refund are whole at the size of a till, in every language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.money import Money
from pos.domain.payment.tender import Tender
from pos.ui.widgets.cards.amount_label import AmountLabel
from tests.horgos import CNY, KZT
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


def test_the_last_refund_agrees_with_what_is_said_to_be_not_refunded(hand: Hand) -> None:
    """Change in another currency leaves hundredths over: 75.98 stood beside a refund of 76.00."""
    sell(
        hand,
        (hand.goods("food.sweets"), 1),
        (hand.goods("food.honey"), 1),
        paid=lambda _total: (Tender("cash", Money(2_000_000, KZT)),),
        change_in=CNY,
    )
    open_receipt(hand, "T1-000002")
    money = page(hand).work.money
    hand.press(Key.Key_F5)
    money.currency_chosen.emit(CNY)
    hand.wait()

    assert money.refunds.texts() == ["Cash CNY ¥\u00a0142.50"]
    assert money.not_refunded.text() == "Paid and not refunded yet: ¥\u00a0142.53 · Rounding −¥\u00a00.03"


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
