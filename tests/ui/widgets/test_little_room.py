"""Where there is little room: fewer hints of keys, and long words of the rail in two lines."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.ui.theme import Theme
from pos.ui.widgets.fitting_column import FittingColumn
from pos.ui.widgets.key_hint import KeyHint
from pos.ui.widgets.rail import broken


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


def _overlapping(parts: list[KeyHint]) -> list[tuple[QWidget, QWidget]]:
    seen = [part for part in parts if not part.isHidden()]
    return [
        (one, two)
        for place, one in enumerate(seen)
        for two in seen[place + 1 :]
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
