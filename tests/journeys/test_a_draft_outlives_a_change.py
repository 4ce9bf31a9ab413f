"""What is typed and not saved means the same after another language, another page and the lock."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QDateTimeEdit,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.page.form_page import FormRow
from pos.ui.page.screen import Screen
from pos.ui.pricing.promotions.screen import PromotionsScreen
from pos.ui.pricing.rates.screen import RatesScreen
from pos.ui.pricing.reprice.screen import RepriceScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.staff.screen import StaffScreen
from pos.ui.stock.counting.screen import StockTakeScreen
from pos.ui.stock.screen import StockScreen
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.workshop.screen import RECIPES, WorkshopScreen
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

PAGES = (
    ProductsScreen, RepriceScreen, PromotionsScreen, RatesScreen, StockScreen, StockTakeScreen, StaffScreen,
    SettingsScreen, WorkshopScreen,
)  # fmt: skip
COGNAC, WEIGHT = "4870204321111", "1.350"
_INSIDE = (QAbstractSpinBox, QComboBox, SearchBox)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager, with the pages on which an office day is typed."""
    opened = open_bare_till(qapp, qtbot, tmp_path, "manager")
    opened.till.window.plug(*(page(opened.till.session) for page in PAGES))
    yield opened
    close_till(opened)


def fields_of(page: QWidget) -> list[QWidget]:
    """The fields on show in which something is typed or chosen."""
    shown = [one for one in page.findChildren(QWidget) if one.isVisible() and one.isEnabled()]
    lines = [one for one in shown if isinstance(one, QLineEdit) and not isinstance(one.parentWidget(), _INSIDE)]
    return [*lines, *(one for one in shown if isinstance(one, QAbstractSpinBox | QComboBox | QCheckBox))]


def fill(field: QWidget) -> None:
    """Type or choose something, as a hand would."""
    if isinstance(field, QDateTimeEdit):
        field.setDate(field.date().addDays(3))
    elif isinstance(field, QAbstractSpinBox):
        field.stepUp()
    elif isinstance(field, QComboBox):
        index = field.count() - 1
        field.setCurrentIndex(index)
        field.activated.emit(index)
    elif isinstance(field, QCheckBox):
        field.click()
    elif isinstance(field, QLineEdit):
        field.selectAll()
        field.insert("12.5")


def meaning(field: QWidget) -> object:
    """What a field stands for, however a language writes it."""
    if isinstance(field, QDateTimeEdit):
        return field.dateTime()
    if isinstance(field, QComboBox):
        return field.currentText() if field.isEditable() else (field.currentData() or field.currentIndex())
    if isinstance(field, QCheckBox):
        return field.isChecked()
    line = field.findChild(QLineEdit) if isinstance(field, QAbstractSpinBox) else field
    assert isinstance(line, QLineEdit)
    return line.text().split()[0] if isinstance(field, QAbstractSpinBox) else line.text()  # without its unit


def would_record(page: Screen) -> object:
    """What F12 would record of the page, read from its fields in the language on show."""
    if isinstance(page, ProductsScreen):
        return page.form.read()
    if isinstance(page, RepriceScreen):
        return page.form.request()
    if isinstance(page, RatesScreen):
        return page.form.drafts(page.session.settings.zone)
    return None


def what_stands(page: Screen) -> tuple[dict[QWidget, object], object, bool, list[str]]:
    """What the fields mean, what would be recorded, whether the page has a draft, and what it says is wrong."""
    wrong = [row.complaint for row in page.findChildren(FormRow) if row.isVisible() and row.complaint]
    return {field: meaning(field) for field in fields_of(page)}, would_record(page), bool(page.waiting()), wrong


def test_a_draft_means_the_same_after_another_language_another_page_and_the_lock(hand: Hand) -> None:
    window, session = hand.till.window, hand.till.session

    def leave(screen_id: str) -> None:
        window.show_screen("checkout")
        window.show_screen(screen_id)

    def lock(screen_id: str) -> None:
        window.lock()
        hand.sign_in("manager")
        window.show_screen(screen_id)

    session.speak("ru")  # a weight with a comma and three decimals is ambiguous elsewhere
    changed, filled = [], 0
    for screen in PAGES:
        window.show_screen(screen.screen_id)
        hand.wait(250)
        page = window.page
        assert isinstance(page, screen)
        if isinstance(page, ProductsScreen):
            hand.scan(COGNAC)
            assert str(page.form.read().attributes.gross_kg) == WEIGHT
        if isinstance(page, WorkshopScreen):
            page.show_list(RECIPES)
            hand.press(Qt.Key.Key_F4)
        for field in fields_of(page):
            fill(field)
        hand.wait(250)
        before = what_stands(page)
        filled += len(before[0])
        changes = {
            **{language: partial(session.speak, language) for language in ("zh", "kk", "en", "ru")},
            "another page": partial(leave, screen.screen_id),
            "the lock": partial(lock, screen.screen_id),
        }
        for name, change in changes.items():
            change()
            hand.wait(250)
            if (now := what_stands(page)) != before:
                changed.append(f"{screen.screen_id}, {name}: {before} is {now}")

    assert changed == []
    assert filled > 36
