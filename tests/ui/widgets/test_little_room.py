"""Where there is little room: fewer hints of keys, and long words of the rail in two lines."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import main
from pos.application.settings.options import Options
from pos.domain.staff.staff import Person
from pos.languages.catalogue import load_translators
from pos.ui.look.theme import Size, Theme
from pos.ui.staff.sign_in.pin_panel import PinPanel
from pos.ui.widgets.buttons.clock_card import ClockCard
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.buttons.rail import broken
from pos.ui.widgets.drawing.fitting_column import FittingColumn
from pos.ui.widgets.drawing.text_label import TextLabel


def test_where_there_is_little_room_keys_that_can_be_pressed_are_shown_first(qtbot: QtBot, theme: Theme) -> None:
    hints = [KeyHint(theme, f"F{n}", f"Step {n}") for n in range(1, 5)]
    column = FittingColumn(hints, 6)
    qtbot.addWidget(column)
    hints[0].setEnabled(False)

    def shown(high: int) -> list[str]:
        column.resize(200, high)
        column.show()
        return [hint.text() for hint in hints if not hint.isHidden()]

    assert shown(4 * 44 + 3 * 6) == ["Step 1", "Step 2", "Step 3", "Step 4"]
    assert shown(2 * 44 + 6) == ["Step 2", "Step 3"]
    hints[2].setEnabled(False)
    assert shown(2 * 44 + 6) == ["Step 2", "Step 4"]
    assert _overlapping(hints) == []


def test_on_a_low_screen_the_whole_pad_of_the_pin_can_be_pressed(qtbot: QtBot, theme: Theme) -> None:
    """1366 × 768 with a title bar, and the tour of a demo shop above the sign-in."""
    person = Person(1, "amina", "Amina S.", "cashier")
    window = QWidget()
    qtbot.addWidget(window)
    panel = PinPanel(theme, window)
    panel.present(person, {"amina": "246810"}, main.translator_of(Options(language="zh")))
    panel.resize(390, 546)
    window.resize(390, 546)
    window.show()
    qtbot.waitExposed(window)

    for label in ("1", "0", "erase", "clear"):
        key = panel.pad.key(label)
        assert panel.pad.rect().contains(key.geometry())
        assert key.height() >= Size.SMALL_BUTTON


def _overlapping(parts: list[KeyHint]) -> list[tuple[QWidget, QWidget]]:
    seen = [part for part in parts if not part.isHidden()]
    return [
        (one, two)
        for index, one in enumerate(seen)
        for two in seen[index + 1 :]
        if one.geometry().intersects(two.geometry())
    ]


@pytest.mark.parametrize(
    ("word", "lines"),
    [
        ("Инвентаризация", ["Инвента-", "ризация"]),
        ("Баға белгілері", ["Баға", "белгілері"]),
        ("Блокировка", ["Блоки-", "ровка"]),
        ("盘点盘点盘点", ["盘点盘点盘点"]),
    ],
)
def test_what_is_too_long_for_the_rail_is_parted_between_words_or_before_a_syllable(
    word: str, lines: list[str]
) -> None:
    assert broken(word) == lines


def test_the_day_beside_the_clock_of_the_sign_in_is_whole(qtbot: QtBot, theme: Theme) -> None:
    card = ClockCard(theme)
    qtbot.addWidget(card)
    card.present(datetime(2026, 11, 30, 2, tzinfo=UTC), load_translators(main.RESOURCES / "translations")["ru"])
    card.resize(566, card.heightForWidth(566))
    card.show()
    days = [label for label in card.findChildren(TextLabel) if "ноября" in label.text()]
    assert len(days) == 2
    for day in days:
        words = [day.fontMetrics().horizontalAdvance(word) for word in day.text().split()]
        assert max(words) <= day.width(), day.text()
        assert day.height() >= day.heightForWidth(day.width()), day.text()
        assert day.wordWrap() or day.fontMetrics().horizontalAdvance(day.text()) <= day.width(), day.text()
