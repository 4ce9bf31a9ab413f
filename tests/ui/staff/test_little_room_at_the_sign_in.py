"""The sign-in on the small screens of a shop, with a basket that waits there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.staff.sign_in.screen import SignInScreen
from pos.ui.widgets.buttons.pad_key import PadKey
from pos.ui.widgets.drawing.focus_ring import REACH
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.ui.at_the_counter import close_till, open_till

MONDAY = datetime(2026, 11, 30, 7, tzinfo=UTC)
"""The day whose name is the longest in Russian."""


@pytest.fixture
def page(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[SignInScreen]:
    """Six persons, and a basket that was left when the till was locked."""
    hand = open_till(qapp, qtbot, tmp_path)
    hand.scan(hand.goods("food.sweets").code)
    hand.till.window.lock()
    hand.wait()
    page = hand.till.way_in.sign_in
    page._tick(MONDAY)
    yield page
    close_till(hand)


def show(page: SignInScreen, language: str, width: int, height: int) -> None:
    page.session.speak(language)
    page._tick(MONDAY)
    page.window().resize(width, height)
    for _ in range(5):
        QApplication.processEvents()


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
@pytest.mark.parametrize("size", [(1366, 768), (1366, 744), (1024, 768), (1024, 744)])
def test_every_person_is_seen_whole_where_a_basket_waits(
    page: SignInScreen, language: str, size: tuple[int, int]
) -> None:
    """Also in a window under a title bar."""
    show(page, language, *size)
    assert page._waiting.isVisible()
    assert page.people.verticalScrollBar().maximum() == 0


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_the_day_beside_the_clock_is_in_one_whole_line(page: SignInScreen, language: str) -> None:
    for width in (1024, 1366):
        show(page, language, width, 768)
        days = [label for label in page._clocks.findChildren(TextLabel) if "30" in label.text()]
        assert len(days) == 2
        for day in days:
            assert day.fontMetrics().horizontalAdvance(day.text()) <= day.width(), day.text()
            assert day.height() >= day.fontMetrics().height(), day.text()
    assert days[0].text() in ("Monday 30 November", "11月30日 星期一", "понедельник, 30 ноября", "30 қараша, дүйсенбі")


def test_where_the_day_has_little_room_its_name_is_short(page: SignInScreen) -> None:
    show(page, "ru", 1024, 768)
    assert [label.text() for label in page._clocks.findChildren(TextLabel) if "30" in label.text()] == [
        "пн, 30 ноября"
    ] * 2


@pytest.mark.parametrize("height", range(600, 769, 12))
def test_the_keys_of_the_pin_are_whole_in_a_window_of_any_height(page: SignInScreen, height: int) -> None:
    """Also between the sizes of screens: in a window under a title bar and above a task bar."""
    show(page, "ru", 1366, height)
    pad = page.pin.pad
    for key in pad.findChildren(PadKey):
        assert pad.rect().contains(key.geometry()), (height, key.geometry(), pad.rect())
    assert pad.geometry().bottom() < page.pin.button.geometry().top()


@pytest.mark.parametrize("height", range(600, 769, 24))
def test_the_keys_of_the_pin_stand_apart_from_its_field_where_a_demo_shop_tells_the_pin(
    page: SignInScreen, height: int
) -> None:
    """The ring of the field, which has the focus, is drawn around it."""
    person = page.people.person
    assert person is not None
    page.session.demo_pins = {person.name: "246810"}
    page._present_pin()
    show(page, "ru", 1024, height)
    assert page.pin.pad.geometry().top() - page.pin.field.geometry().bottom() > REACH
