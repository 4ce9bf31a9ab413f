"""What is said of a document or a code that could not be read: it ends with the next one that is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import PASSPORT, Hand, a_passport, close_till, open_till

Key = Qt.Key
MISREAD = PASSPORT.replace("E000000019", "E000000018")
UNREAD = "The document cannot be read. Number: the check digit is wrong. Scan it again or type the number."
FIRST = "Scan the visitor's document first. It is needed for the allowance."


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The cashier at the checkout."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def test_a_document_that_could_not_be_read_is_not_reported_beside_the_visitor_who_was_read(hand: Hand) -> None:
    """*The document cannot be read … Scan it again* stood beside the name of the visitor, and over the next goods."""
    hand.scan(hand.goods("toy").code)
    hand.scan(MISREAD)
    before = hand.news
    hand.scan(PASSPORT)

    assert before == UNREAD
    assert len(hand.view.visitors) == 1
    assert hand.news == ""


def test_a_document_that_is_typed_in_place_of_the_misread_one_ends_what_was_said_of_it(hand: Hand) -> None:
    hand.scan(MISREAD)
    before = hand.news
    hand.press(Key.Key_F3)
    for text in ("E00000001", "chn", "1985-05-05"):
        hand.type(text)
        hand.press(Key.Key_Return)

    assert before == UNREAD
    assert len(hand.view.visitors) == 1
    assert hand.news == ""


def test_a_misread_companion_is_reported_over_goods_until_their_document_is_read(hand: Hand) -> None:
    """No other document was read: the goods go to the first visitor, and the cashier should see why."""
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.scan(MISREAD)
    hand.scan(hand.goods("toy", 1).code)
    over_goods = hand.news
    hand.scan(a_passport(7))

    assert over_goods == UNREAD
    assert "cannot be read" not in hand.news


def test_of_two_refusals_the_one_of_the_document_ends_with_it_and_the_obstacle_with_its_cause(hand: Hand) -> None:
    """The misread document stood on after the passport was read, with the line below it gone."""
    hand.scan(hand.goods("toy").code)
    hand.scan(MISREAD)
    hand.press(Key.Key_F12)
    before = hand.news
    hand.scan(PASSPORT)

    assert before == f"{UNREAD}\n{FIRST}"
    assert hand.news == ""


def test_beside_an_obstacle_an_unknown_code_ends_with_the_next_goods_and_the_obstacle_stays(hand: Hand) -> None:
    hand.scan(hand.goods("toy").code)
    hand.scan("6901028075763")
    hand.press(Key.Key_F12)
    before = hand.news
    hand.scan(hand.goods("toy", 1).code)
    after = hand.news
    hand.scan(PASSPORT)

    assert before.endswith(f"\n{FIRST}")
    assert after == FIRST
    assert hand.news == ""
