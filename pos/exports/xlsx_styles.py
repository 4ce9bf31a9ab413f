"""Cell formats of a workbook, by kind, currency and decimals, created at first use."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from pos.application.tables.table import Cell, CellKind, Column
from pos.application.tables.table_text import decimals_of, has_currencies
from pos.domain.money import Money

_DAYS = {"ru": "dd.mm.yyyy", "kk": "dd.mm.yyyy"}
_DAY = "yyyy-mm-dd"
_FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}
"""A font of both Excel and LibreOffice that falls back to another font for Chinese."""

_INK, _MUTED, _FILL, _LINE, _ALARM = "#1B2733", "#5B6B7A", "#E8EEF4", "#9FB0BF", "#B3261E"
_AT_RIGHT: dict[str, Any] = {"align": "right", "indent": 1}
"""An indent, so that numbers do not touch the text of the next column."""

_SUM: dict[str, Any] = {"bold": True, "top": 1, "top_color": _LINE}


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any, language: str) -> None:
        self._book = book
        self._day = _DAYS.get(language, _DAY)
        self._known: dict[tuple[str, bool], Any] = {}
        self.stamp = self._made(bold=True, font_size=14, font_color=_ALARM)
        self.title = self._made(bold=True, font_size=14)
        self.property_style = self._made(font_color=_MUTED)
        self.left = self._made(align="left")
        self.text = self._made(text_wrap=True)
        self.at_right = self._made(**_AT_RIGHT)
        self.currency = self._made()
        heading = {"bold": True, "bg_color": _FILL, "text_wrap": True, "bottom": 1, "bottom_color": _LINE}
        self.name = self._made(**heading)
        self.number_name = self._made(**heading, **_AT_RIGHT)
        self.currency_name = self._made(**heading)
        self.sum_name = self._made(**_SUM)
        self.sum_currency = self._made(**_SUM)
        self.sum_text = self._made(**_SUM, **_AT_RIGHT)

    def of(self, column: Column, cell: Cell, *, is_sum: bool = False) -> Any:
        """The format for a cell of a column; None for a text, which has `text`."""
        form = self._form(column, cell)
        if form is None:
            return None
        key = (form, is_sum)
        if key not in self._known:
            alignment = {"align": "left"} if column.kind in (CellKind.DAY, CellKind.INSTANT) else _AT_RIGHT
            self._known[key] = self._made(num_format=form, **alignment, **(_SUM if is_sum else {}))
        return self._known[key]

    def _form(self, column: Column, cell: Cell) -> str | None:
        match column.kind:
            case CellKind.COUNT:
                return "#,##0"
            case CellKind.SHARE:
                return "0.0%"
            case CellKind.DAY:
                return self._day
            case CellKind.INSTANT:
                return f"{self._day} hh:mm"
            case CellKind.AMOUNT if isinstance(cell, Money):
                figure = "#,##0" + _decimals(cell.currency.digits)
                return figure if has_currencies(column) else f"{figure} [${cell.currency.code}]"
            case CellKind.FIGURE if isinstance(cell, Decimal):
                return "#,##0" + _decimals(decimals_of(cell))
            case CellKind.FIGURE:
                return "#,##0"
            case _:
                return None

    def shown(self, column: Column, cell: Cell) -> str:
        """The approximate text of a number, for the width of its column."""
        match cell:
            case datetime():
                return "0000-00-00 00:00"
            case Money():
                figure = f"{cell.units.__floor__():,}" + _decimals(cell.currency.digits)
                return figure if has_currencies(column) else f"{figure} {cell.currency.code}"
            case int() | Decimal():
                return f"{cell:,}"
            case _:
                return ""

    def _made(self, **look: Any) -> Any:
        return self._book.add_format({"font_color": _INK, **_FONT, **look})


def _decimals(digits: int) -> str:
    return "." + "0" * digits if digits else ""
