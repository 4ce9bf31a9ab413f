"""Rows that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtGui import QFont, QFontMetrics
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import parted_lines, shortened
from pos.ui.widgets.tables.list_models import TextRows
from pos.ui.widgets.tables.row_pen import Pen, RowPainter
from pos.ui.widgets.tables.row_table import RowTable


@dataclass(frozen=True, slots=True)
class _Goods:
    spoken: str


def _draw(pen: Pen, goods: _Goods) -> None:
    pen.text((16, 200), goods.spoken)


def test_the_chosen_row_of_a_list_shows_whether_the_keys_go_to_it(theme: Theme, qtbot: QtBot) -> None:
    rows: TextRows[_Goods] = TextRows()
    table = RowTable(rows)
    table.setItemDelegate(RowPainter(theme, table, rows.text, _draw))
    qtbot.addWidget(table)
    rows.present([_Goods("Cognac"), _Goods("Honey")])
    table.show()
    qtbot.waitExposed(table)
    table.choose(0)
    table.clearFocus()
    calm = table.viewport().grab().toImage()

    table.setFocus()
    qtbot.waitUntil(table.hasFocus)

    assert table.viewport().grab().toImage() != calm


@pytest.mark.parametrize(
    "text", ["Float: ¥ 2,000.00, € 200.00, ₸ 150,000.00, ₽ 10,000.00", "Price (4870204320114): ¥ 470.00"]
)
def test_two_halves_of_figures_never_stand_together_as_one(theme: Theme, text: str) -> None:
    font = QFont(theme.font(15))
    whole = QFontMetrics(font).horizontalAdvance(text)
    for width in range(whole // 3, whole, 3):
        left, cut, right = shortened(font, text, width, ends=True).partition("…")
        assert cut
        assert text.startswith(left)
        assert text.endswith(right)
        for kept, lost in ((left[-1:], text[len(left)]), (right[:1], text[-len(right) - 1])):
            assert not (kept.isdigit() and lost.isdigit())


def test_the_size_of_goods_is_kept_when_the_name_is_shortened(theme: Theme) -> None:
    font = QFont(theme.font(15))
    text = "Kazakh sparkling mineral water Dalanshyn 0.5 L"
    shown = shortened(font, text, QFontMetrics(font).horizontalAdvance(text) * 2 // 3, ends=True)
    assert shown.endswith(" 0.5 L")


def test_a_sum_whose_last_figures_do_not_fit_is_left_out_whole(theme: Theme) -> None:
    font = QFont(theme.font(15))
    text = "Price: ¥ 450.00 → ¥ 12,480.50 the piece"
    whole = QFontMetrics(font).horizontalAdvance(text)
    for width in range(whole // 4, whole, 3):
        left, cut, right = shortened(font, text, width, ends=False).partition("…")
        assert (cut, right) == ("…", "")
        assert not (left[-1:].isdigit() and text[len(left)] in "0123456789.,"), left


@pytest.mark.parametrize(
    "text", ["Шоколад белорусский с фундуком Dobroleta 100 г", "白俄罗斯榛子巧克力，家庭装 100 克", "Cognac 5★ 0.7 L"]
)
def test_a_name_that_is_too_long_goes_on_in_the_next_line_with_figure_and_unit_together(
    theme: Theme, text: str
) -> None:
    font = QFont(theme.font(15))
    whole = QFontMetrics(font).horizontalAdvance(text)
    assert parted_lines(font, text, whole + 1) == (text, "")
    for width in range(whole // 3, whole, 3):
        first, rest = parted_lines(font, text, width)
        assert f"{first}{rest}".replace(" ", "") == text.replace(" ", "")
        assert QFontMetrics(font).horizontalAdvance(first) <= width
        assert not first[-1:].isdigit()
