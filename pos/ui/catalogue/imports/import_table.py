"""Rows of the import page: changes, rejected rows, earlier imports."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget

from pos.ui.catalogue.imports.import_words import BETWEEN, ImportRowText
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing.drawing import RIGHT, text_width
from pos.ui.widgets.tables.columns import Span
from pos.ui.widgets.tables.list_models import ListModel
from pos.ui.widgets.tables.row_pen import CLOSE_LOWER, CLOSE_UPPER, Pen, RowPainter
from pos.ui.widgets.tables.row_table import RowTable

_ICON = 20
_LEFT = Space.M + _ICON + Space.M
_LEAST = 120
"""Pixels that the name of the goods or of the file keeps."""

T = TypeVar("T")


class ImportRows(ListModel[Any]):
    """Rows that are formatted when first seen: formatting a thousand at once would be a noticeable pause."""

    said_in = (*ListModel.said_in, Qt.ItemDataRole.ToolTipRole)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worded: Callable[[Any], ImportRowText]
        self._texts: dict[int, ImportRowText] = {}

    def show_rows(self, rows: Sequence[T], worded: Callable[[T], ImportRowText]) -> None:
        """Replace the rows."""
        self._worded, self._texts = worded, {}
        self.present(rows)

    def text(self, index: int) -> ImportRowText:
        text = self._texts.get(index)
        if text is None:
            text = self._texts[index] = self._worded(self._rows[index])
        return text


class ImportTable(RowTable):
    """The rows, drawn in two lines."""

    def __init__(self, theme: Theme, rows: ImportRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, Size.ROW, parent)
        self.setItemDelegate(RowPainter(theme, self, rows.text, _draw))


def _draw(pen: Pen, row: ImportRowText) -> None:
    pen.icon(Space.M, row.icon, row.tone.ink, _ICON)
    width = pen.box.width()
    tag = text_width(pen.theme.font(Type.LABEL, bold=True), row.tag) + Space.M if row.tag else 0
    room = width - _LEFT - 2 * Space.M - tag
    share = (width - _LEFT - Space.M) * 2 // 5  # of the whole width, so that rows of different texts are aligned
    font = pen.theme.font(Type.BODY)
    middle, detail = row.middle, row.detail
    if not detail:
        middle, detail = whole_parts(font, middle, room - share)
    first = max(min(share, room - text_width(font, middle)), _LEAST)  # an old and a new price are read whole
    _lines(pen, (_LEFT, first), row.title, row.second, bold=True)
    _lines(pen, (_LEFT + first + Space.M, room - first), middle, detail, ends=True)
    if row.tag:
        at = (width - 1 - Space.M - tag, tag)
        pen.text(at, row.tag, Type.LABEL, bold=True, token=row.tone.ink, align=RIGHT)


def whole_parts(font: QFont, text: str, width: int) -> tuple[str, str]:
    """As many of the parts of a text as fit in a line, one at least, and the others for the next one."""
    parts = text.split(BETWEEN)
    fitting = next((n for n in range(len(parts), 1, -1) if text_width(font, BETWEEN.join(parts[:n])) <= width), 1)
    return BETWEEN.join(parts[:fitting]), BETWEEN.join(parts[fitting:])


def _lines(pen: Pen, span: Span, first: str, second: str, *, bold: bool = False, ends: bool = False) -> None:
    """`ends` keeps what a change leads to; of several changes in one line the first ones are kept."""
    pen.text(span, first, line=CLOSE_UPPER if second else None, bold=bold, ends=ends)
    pen.text(
        span, second, Type.LABEL, line=CLOSE_LOWER, token="muted", ends=ends and "→" in second and BETWEEN not in second
    )
