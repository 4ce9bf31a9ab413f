"""The columns of a table stand where the row has room for them."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Theme
from pos.ui.widgets.tables import row_table
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.line_table import LineHeader, LineModel, LineTable


def test_a_name_has_what_the_figures_leave_and_the_last_figure_ends_at_the_edge() -> None:
    columns = RowColumns((RowColumn(share=1), RowColumn(60, right=True, gap=8), RowColumn(104, right=True)), after=24)
    assert columns.spans(500) == [(16, 272), (296, 60), (372, 104)]


def test_columns_that_share_a_row_leave_no_pixel_over() -> None:
    columns = RowColumns((RowColumn(share=55), RowColumn(112), RowColumn(share=45)), before=52)
    spans = columns.spans(501)
    assert spans == [(52, 158), (226, 112), (354, 131)]
    assert sum(spans[-1]) == 501 - 16


def test_a_row_too_narrow_for_its_figures_has_no_room_for_a_name() -> None:
    assert RowColumns((RowColumn(share=1), RowColumn(200))).spans(100) == [(16, 0), (32, 200)]


def test_a_column_that_is_not_shown_has_no_name_either(
    theme: Theme, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(row_table, "draw_caption", lambda _painter, _box, text, *_more: drawn.append(text))
    table = LineTable(theme, LineModel(), (RowColumn(share=1), RowColumn(120), RowColumn(96, right=True)))
    header = LineHeader(theme, table)
    for widget in (table, header):
        qtbot.addWidget(widget)
        widget.resize(500, 200)
    header.name("Product", "Lot", "Found")

    table.show_column(1, shown=False)
    header.grab()
    assert drawn == ["Product", "Found"]
    table.show_column(1, shown=True)
    header.grab()
    assert drawn[2:] == ["Product", "Lot", "Found"]
