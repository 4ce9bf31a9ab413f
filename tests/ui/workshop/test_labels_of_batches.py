"""From a finished batch to the page of labels, in a shop where labels name no lots."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.workshop.end_batch import FinishDraft
from pos.ui.page.screen import Screen
from pos.ui.pricing.labels.screen import LabelsScreen
from pos.ui.session.session import Session
from pos.ui.workshop.screen import WorkshopScreen
from tests.ui.workshop.conftest import AtTheWorkshop, at_the_page

Key = Qt.Key


def workshop_and_labels(session: Session) -> list[Screen]:
    """The two pages, with the way from one to the other."""
    workshop, labels = WorkshopScreen(session), LabelsScreen(session)
    workshop.labels_requested.connect(labels.add_batch)
    return [workshop, labels]


@pytest.fixture
def clerk(qapp: QApplication, qtbot: QtBot, state: Path, tmp_path: Path) -> Iterator[AtTheWorkshop]:
    """The clerk, with two finished batches of five boxes each."""
    for hand in at_the_page(qapp, qtbot, state, tmp_path, workshop_and_labels):
        for number in (1, 2):
            hand.has_planned(5, started=True)
            hand.shop.workshop.finish(hand.person, FinishDraft(number, made=4 + number, expiry=date(2027, 3, number)))
        hand.page.batches.read(2)
        hand.wait()
        yield hand


def test_the_labels_of_batches_name_their_lots_each_in_a_row_of_its_own(clerk: AtTheWorkshop) -> None:
    window = clerk.till.window
    clerk.press(Key.Key_F7)
    labels = window.page
    assert isinstance(labels, LabelsScreen)

    def rows() -> list[tuple[str, date | None, int]]:
        return [(due.label.lot, due.label.expiry, due.copies) for due in labels.rows.rows]

    window.show_screen("workshop")
    clerk.wait()
    clerk.page.batches.table.choose(1)
    clerk.press(Key.Key_F7)
    expected = [("B-000002", date(2027, 3, 2), 6), ("B-000001", date(2027, 3, 1), 5)]
    assert rows() == expected
    clerk.press(Key.Key_F7)  # lots on labels
    assert rows() == expected
    clerk.press(Key.Key_F7)
    assert rows() == [("", None, 11)]
    clerk.press(Key.Key_F7)
    assert rows() == expected
