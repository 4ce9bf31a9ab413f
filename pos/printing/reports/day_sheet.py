"""The day report on A4: heading, figures, charts, tables, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

from pos.application.reports.day_figures import TileFigure, on_paper
from pos.application.reports.day_tables import compared_days_text, day_tables, days_text
from pos.application.reports.report_document import DayDocument
from pos.application.tables.table import Table
from pos.application.text.formatting import currency_symbol, percent_text, weekday_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.table_layout import PORTRAIT
from pos.printing.drawing.table_pages import SHADE, TablePages
from pos.printing.drawing.table_pdf import put_table
from pos.printing.reports.day_charts import BEFORE, NOW, ChartColumn, columns_drawn
from pos.printing.reports.day_shares import MOST, Card, draw_cards

_CHART = 118.0
_TO_SIGN = 60.0
_CARDS = (
    "currencies", "by-destination", "by-category", "top-products", "quota-use", "by-nationality", "by-cashier",
    "by-till", "by-weekday",
)  # fmt: skip
"""The tables drawn as cards, in order."""

_DRAWN = frozenset({"figures", "by-hour", "by-day"})


def day_sheet_pdf(document: DayDocument, fonts: Fonts, stamp: str = "") -> bytes:
    """Draw the report in its reader's language; equal content gives equal bytes. Raises PrinterError."""
    report, tr = document.report, document.reader.translator
    title = tr("Day report")
    shop = printable(document.reader.settings.shop_name)
    stream = BytesIO()
    with DRAWING:
        pages = TablePages(stream, fonts, title, " · ".join((shop, title, days_text(report, tr))), stamp)
        pages.new_page(PORTRAIT)
        _head(pages, document, title)
        draw_tiles(pages, report, tr)
        _charts(pages, report, tr)
        _tables(pages, day_tables(document), tr)
        _signatures(pages, tr)
        pages.finish()
    return stream.getvalue()


def _head(pages: TablePages, document: DayDocument, title: str) -> None:
    report, reader, tr = document.report, document.reader, document.reader.translator
    settings, top = reader.settings, pages.y
    pages.logo(logo_of(settings))
    room = pages.width * 0.5
    pages.text(0, printable(settings.shop_name), 15, bold=True, width=room)
    pages.y += 20
    for address in dict.fromkeys((settings.address_1, settings.address_2)):
        if address:
            pages.text(0, printable(address), 7.5, muted=True, width=room)
            pages.y += 10
    left, pages.y = pages.y, top
    pages.text(pages.width, title, 15, bold=True, at_right=True, width=room)
    pages.y += 20
    till = tr("All tills") if report.till is None else tr("Till {till}", till=report.till)
    whose = () if report.person is None else (reader.person(report.person),)
    compared = compared_days_text(report.compared, tr)
    if report.compared is not None:
        compared = labelled(tr, tr("Compared with"), compared)
    for index, text in enumerate((days_text(report, tr), " · ".join((till, *whose)), compared)):
        pages.text(pages.width, printable(text), 9.5 if index == 0 else 7.5, at_right=True, muted=index > 0, width=room)
        pages.y += 13 if index == 0 else 10
    pages.y = max(left, pages.y) + 3
    pages.rule(strong=True)
    pages.y += 10


def _charts(pages: TablePages, report: DayReport, tr: Translator) -> None:
    symbol = currency_symbol(report.currency)
    if report.by_day and report.first != report.last:
        _chart(pages, tr("Sales by day, {sign}", sign=symbol), list(_days(report, tr)), tr)
    if report.by_hour:
        _chart(pages, tr("Sales by hour, {sign}", sign=symbol), list(_hours(report)), tr)


def _chart(pages: TablePages, title: str, columns: Sequence[ChartColumn], tr: Translator) -> None:
    if pages.room < _CHART + 24:
        pages.new_page(pages.page)
    pages.text(0, title, 9.5, bold=True, width=pages.width * 0.6)
    if any(column.before is not None for column in columns):
        x = pages.width
        for colour, text in ((NOW, tr("Now")), (BEFORE, tr("Before"))):
            wide = pages.width_of(text, 7)
            pages.text(x, text, 7, muted=True, at_right=True, below=2)
            pages.bar(x - wide - 11, 3, 7, 7, colour)
            x -= wide + 22
    pages.y += 13
    pages.picture(0, columns_drawn(columns, pages.width, _CHART, pages.face, tr.language))
    pages.y += _CHART + 10


def _hours(report: DayReport) -> Iterator[ChartColumn]:
    """From the first to the last hour with sales, now or in the earlier period."""
    now, none = dict(report.by_hour), Money.zero(report.currency)
    then = dict(report.compared.by_hour) if report.compared is not None else {}
    every = {*now, *then}
    for hour in range(min(every), max(every) + 1):
        before = then[hour].amount if hour in then else none
        amount = now[hour].amount if hour in now else none
        yield ChartColumn(f"{hour:02d}", amount, before if then else None)


def _days(report: DayReport, tr: Translator) -> Iterator[ChartColumn]:
    """Every day; of many days only the first of each month is labelled."""
    sold, none = dict(report.by_day), Money.zero(report.currency)
    count = (report.last - report.first).days + 1
    for index in range(count):
        day = report.first + timedelta(days=index)
        name = str(day.day)
        if count <= 7:
            name = f"{weekday_text(day, tr.language, short=True)} {day.day}"
        elif count > 31:
            name = f"{day.month}/{day.year % 100:02d}" if day.day == 1 else ""
        yield ChartColumn(name, sold[day].amount if day in sold else none)


def _tables(pages: TablePages, tables: Sequence[Table], tr: Translator) -> None:
    by_key = {table.key: table for table in tables}
    cards = [Card.of(by_key[key], tr) for key in _CARDS if key in by_key and _says_something(by_key[key])]
    draw_cards(pages, cards)
    for table in tables:
        rows = list(table.rows)
        if table.key not in _DRAWN and (table.key not in _CARDS or len(rows) > MOST):
            put_table(pages, replace(table, rows=rows, bars=None), tr)


def _says_something(table: Table) -> bool:
    """A single till repeats the figures above."""
    return table.key != "by-till" or len(list(table.rows)) > 1


def _signatures(pages: TablePages, tr: Translator) -> None:
    if pages.room < _TO_SIGN + 16:
        pages.new_page(PORTRAIT)
    pages.y += _TO_SIGN
    width = (pages.width - 40) / 2
    for index, who in enumerate((tr("Prepared by"), tr("Checked by"))):
        x = index * (width + 40)
        pages.line(x, width)
        pages.text(x, who, 7.5, muted=True, width=width, below=3)


_TILE, _GAP = 46.0, 8.0
_IN_ROW = 3


def draw_tiles(pages: TablePages, report: DayReport, tr: Translator) -> None:
    """Draw the tiles, three per row."""
    tiles = on_paper(report, tr)
    width = (pages.width - _GAP * (_IN_ROW - 1)) / _IN_ROW
    for index, tile in enumerate(tiles):
        x = index % _IN_ROW * (width + _GAP)
        pages.box(x, 0, width, _TILE, SHADE)
        pages.text(x + 8, tile.name, 7.5, muted=True, width=width - 16, below=5)
        pages.text(x + 8, tile.value, 14, bold=True, width=width - 16, below=14)
        pages.text(x + 8, _note(tile, tr), 7, muted=True, width=width - 16, below=33)
        if index % _IN_ROW == _IN_ROW - 1 or index == len(tiles) - 1:
            pages.y += _TILE + _GAP
    pages.y += 4


def _note(tile: TileFigure, tr: Translator) -> str:
    """The change and the earlier value; without them the share and the remark."""
    if tile.previous is None:
        return " · ".join(part for part in (tile.share, tile.remark) if part)
    before = tr("previous: {figure}", figure=tile.previous)
    if tile.change is None:
        return before
    return f"{percent_text(tile.change, tr.language, 1, plus=True)} · {before}"
