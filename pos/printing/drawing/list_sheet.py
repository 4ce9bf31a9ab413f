"""A list on A4 pages: a head on the first, column titles on each, signature lines at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

from pos.application.settings.settings import Settings
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.sheet import CONTENT, LEFT, RIGHT, PrintedSheet, sheets_pdf

_PAGE = A4[1] - 2 * 15 * mm
_ROW, _FOOT = 23.0, 18.0
_SIGN = 64.0


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column: its title, its width in points, whether its cells are right-aligned."""

    name: str
    width: float
    right: bool = False


@dataclass(frozen=True, slots=True)
class ListDocument:
    """The content of a list: number, title, facts, columns, rows of (text, smaller text), sums, signatures.

    `stamp` is printed on every page: training documents are marked as not real.
    """

    number: str
    title: str
    properties: Sequence[tuple[str, str]]
    columns: Sequence[ListColumn]
    rows: Iterable[Sequence[tuple[str, str]]]
    sums: Sequence[tuple[str, str]] = ()
    signs: Sequence[str] = ()
    stamp: str = ""


def list_pdf(document: ListDocument, settings: Settings, tr: JoinedTranslator, fonts: Fonts) -> bytes:
    """Draw the list; equal content gives equal bytes."""
    pages = [PrintedSheet(fonts)]
    sheet = pages[0]
    _head(sheet, document, settings, tr)
    _columns(sheet, document.columns)
    for row in document.rows:
        if sheet.y + _ROW > _PAGE - _FOOT:
            sheet = PrintedSheet(fonts)
            pages.append(sheet)
            _stamp(sheet, document)
            _columns(sheet, document.columns)
        _row(sheet, document.columns, row)
    if sheet.y + len(document.sums) * 16 + _SIGN > _PAGE - _FOOT:
        sheet = PrintedSheet(fonts)
        pages.append(sheet)
        _stamp(sheet, document)
    _end(sheet, document)
    for index, page in enumerate(pages):
        page.y = _PAGE - 10
        page.text(LEFT, f"{printable(settings.shop_name)} · {document.number}", 7, muted=True, width=CONTENT * 0.7)
        page.text(RIGHT, f"{index + 1} / {len(pages)}", 7, at_right=True, muted=True)
        page.y = _PAGE
    return sheets_pdf(pages, document.number, printable(settings.shop_name))


def _head(sheet: PrintedSheet, document: ListDocument, settings: Settings, tr: JoinedTranslator) -> None:
    _stamp(sheet, document)
    top = sheet.y
    sheet.logo(logo_of(settings))
    sheet.text(LEFT, printable(settings.shop_name), 15, bold=True, width=CONTENT * 0.55)
    sheet.down(21)
    for address in dict.fromkeys((settings.address_1, settings.address_2)):
        if address:
            sheet.text(LEFT, printable(address), 8, width=CONTENT * 0.55, muted=True)
            sheet.down(11)
    below = sheet.y
    sheet.y = top
    sheet.text(RIGHT, document.number, 18, bold=True, at_right=True, width=CONTENT * 0.45)
    sheet.down(24)
    sheet.text(RIGHT, document.title, 10, at_right=True, width=CONTENT * 0.45, muted=True)
    sheet.down(16)
    sheet.y = max(sheet.y, below) + 4
    sheet.rule(strong=True)
    sheet.down(9)
    in_row = 3
    for first in range(0, len(document.properties), in_row):
        for index, (name, value) in enumerate(document.properties[first : first + in_row]):
            x = LEFT + index * CONTENT / in_row
            sheet.text(x, name, 7.5, width=CONTENT / in_row - 8, muted=True)
            sheet.text(x, printable(value, 80), 9.5, bold=True, width=CONTENT / in_row - 8, below=11)
        sheet.down(29)
    sheet.text(LEFT, tr.times_in(settings.time_zone), 7, muted=True, width=CONTENT)
    sheet.down(16)


def _stamp(sheet: PrintedSheet, document: ListDocument) -> None:
    if document.stamp:
        sheet.stamp(document.stamp)
        sheet.down(4)


def _columns(sheet: PrintedSheet, columns: Sequence[ListColumn]) -> None:
    x = LEFT
    for column in columns:
        at = x + column.width - 6 if column.right else x
        sheet.text(at, column.name, 7.5, bold=True, at_right=column.right, width=column.width - 6)
        x += column.width
    sheet.down(13)
    sheet.rule()
    sheet.down(4)


def _row(sheet: PrintedSheet, columns: Sequence[ListColumn], row: Sequence[tuple[str, str]]) -> None:
    x = LEFT
    for column, (text, second) in zip(columns, row, strict=True):
        at = x + column.width - 6 if column.right else x
        sheet.text(at, printable(text, 90), 8.5, at_right=column.right, width=column.width - 6)
        if second:
            sheet.text(
                at, printable(second, 90), 6.5, at_right=column.right, width=column.width - 6, below=10.5, muted=True
            )
        x += column.width
    sheet.down(_ROW - 3)
    sheet.rule()
    sheet.down(3)


def _end(sheet: PrintedSheet, document: ListDocument) -> None:
    sheet.down(4)
    for name, value in document.sums:
        sheet.text(LEFT, name, 10, bold=True, width=CONTENT * 0.6)
        sheet.text(RIGHT, value, 11, bold=True, at_right=True, width=CONTENT * 0.4)
        sheet.down(16)
    if not document.signs:
        return
    sheet.down(40)
    width = (CONTENT - 16 * (len(document.signs) - 1)) / len(document.signs)
    for index, who in enumerate(document.signs):
        x = LEFT + index * (width + 16)
        sheet.rule(x, width)
        sheet.text(x, printable(who, 60), 8, width=width, below=4)
