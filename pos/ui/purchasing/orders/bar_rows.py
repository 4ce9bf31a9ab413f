"""Shared drawing of both charts of the orders page: two lines of text, a bar over its text, a last column."""

from __future__ import annotations

from pos.ui.look.theme import Type
from pos.ui.widgets.tables.columns import RowColumn, RowColumns, Span
from pos.ui.widgets.tables.row_pen import Line, Pen

ROW, ICON = 64, 16
BAR: Line = (14, 10)
BELOW: Line = (34, 18)
"""The bar, and the text beneath it."""
ORDERED: Line = (8, 24)
"""What stands over a text in the last column."""

_NAME: Line = (12, 20)


def bar_columns(name_share: int, last: RowColumn) -> RowColumns:
    """Name (a percentage of the remaining width), bar, and the last column."""
    return RowColumns((RowColumn(share=name_share), RowColumn(share=100 - name_share), last))


def draw_names(pen: Pen, span: Span, name: str, second: str) -> None:
    """Draw the two lines of text."""
    pen.text(span, name, line=_NAME, bold=True)
    pen.text(span, second, Type.LABEL, line=BELOW, token="muted")
