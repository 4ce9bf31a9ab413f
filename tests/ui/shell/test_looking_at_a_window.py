"""The person who looks a window over sees what is wrong with it: each fault is found where it was put."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.application.text.translator import Translator
from tools.marked_words import MarkedLanguages, languages_of, plain, unsaid
from tools.window_faults import (
    cut_off,
    hard_to_read,
    nameless,
    out_of_order,
    sticking_out,
    tab_ring,
    too_small,
    wrong_words,
)
from tools.window_look import Painters, look_at

RUSSIAN = Translator("ru", {"Pay": "Оплата", "Till {till}": "Касса {till}"}, {}, lambda _n: 0)
SAYS = MarkedLanguages({"en": Translator("en"), "ru": RUSSIAN})


def nothing(_word: str, _language: str) -> bool:
    """No word is data."""
    return False


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """Three fields beneath each other, well named."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    for word in ("Pay", "Till {till}", "Pay"):
        button = QPushButton(SAYS["ru"](word, till="T1"))
        button.setMinimumHeight(44)
        column.addWidget(button)
    window.resize(400, 300)
    window.show()
    return window


def a_label(window: QWidget, text: str) -> QLabel:
    label = QLabel(text, window)
    label.setGeometry(10, 250, 80, 20)
    label.show()
    return label


def test_what_is_said_is_distinguished_from_data_and_by_its_language() -> None:
    text = SAYS["ru"]("Till {till}", till="T1")
    assert (plain(text), unsaid(text).strip(), languages_of(text)) == ("Касса T1", "T1", frozenset({"ru"}))
    assert languages_of(SAYS["ru"]("Never translated")) == frozenset()
    assert languages_of(SAYS["en"].plural("{n} line", "{n} lines", 2)) == {"en"}


def test_a_window_with_nothing_wrong_is_let_go(window: QWidget) -> None:
    look = look_at(window, Painters())
    assert [*wrong_words(look, "ru", nothing), *cut_off(look), *sticking_out(window)] == []
    assert [*nameless(window, "ru", nothing), *too_small(window), *hard_to_read(look)] == []
    assert [*out_of_order(tab_ring(window))] == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [("Stock", "from no words"), (SAYS["en"]("Pay"), "still in en"), (SAYS["ru"]("Never"), "from no")],
)
def test_words_of_another_language_and_of_none_are_found(window: QWidget, text: str, fault: str) -> None:
    a_label(window, text)
    (fault_found,) = wrong_words(look_at(window), "ru", nothing)
    assert fault_found.startswith(fault)


def test_data_of_the_shop_is_no_fault(window: QWidget) -> None:
    a_label(window, "Cognac")
    assert [*wrong_words(look_at(window), "ru", lambda word, _language: word == "Cognac")] == []


def _cut(window: QWidget) -> list[str]:
    a_label(window, SAYS["ru"]("Pay") * 9)
    return [*cut_off(look_at(window))]


def _outside(window: QWidget) -> list[str]:
    a_label(window, SAYS["ru"]("Pay")).move(380, 10)
    return [*sticking_out(window)]


def _beside(window: QWidget) -> list[str]:
    """A part that is wider than its area, which scrolls up and down only."""
    area = QScrollArea(window)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    inside = QWidget()
    a_label(inside, SAYS["ru"]("Pay")).setGeometry(10, 10, 90, 20)
    inside.setFixedSize(300, 300)
    area.setWidget(inside)
    area.setGeometry(0, 0, 80, 80)
    area.show()
    return [*sticking_out(window)]


def _nameless(window: QWidget) -> list[str]:
    QLineEdit(window).show()
    return [*nameless(window, "ru", nothing)]


def _small(window: QWidget) -> list[str]:
    window.findChildren(QPushButton)[0].setFixedHeight(30)
    window.resize(401, 300)
    return [*too_small(window)]


def _low_rows(window: QWidget) -> list[str]:
    rows = QListWidget(window)
    rows.addItems(["T1-000001"])
    rows.item(0).setSizeHint(QSize(80, 30))
    rows.setGeometry(10, 240, 200, 50)
    rows.show()
    return [*too_small(window)]


def _low_cell(window: QWidget) -> list[str]:
    """A field that draws itself."""
    cell = QWidget(window)
    cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    cell.setGeometry(10, 250, 80, 33)
    cell.show()
    return [*too_small(window)]


def _pale(window: QWidget) -> list[str]:
    label = a_label(window, SAYS["ru"]("Pay"))
    palette = label.palette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#dddddd"))
    label.setPalette(palette)
    return [*hard_to_read(look_at(window, Painters()))]


def _jumping(window: QWidget) -> list[str]:
    one, two, three = window.findChildren(QPushButton)
    QWidget.setTabOrder(one, three)
    QWidget.setTabOrder(three, two)
    return [*out_of_order(tab_ring(window))]


@pytest.mark.parametrize("put", [_cut, _outside, _beside, _nameless, _small, _low_rows, _low_cell, _pale, _jumping])
def test_each_fault_is_found_where_it_was_put(window: QWidget, put: Callable[[QWidget], list[str]]) -> None:
    assert len(put(window)) == 1
