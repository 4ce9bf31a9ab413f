"""Rows that are drawn."""

from __future__ import annotations

from dataclasses import dataclass

from pytestqt.qtbot import QtBot

from pos.ui.theme import Theme
from pos.ui.widgets.held_rows import TextRows
from pos.ui.widgets.row_pen import Pen, RowPainter
from pos.ui.widgets.row_table import RowTable


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
