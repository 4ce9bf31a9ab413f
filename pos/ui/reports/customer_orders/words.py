"""The tables of the report of customer orders as the page shows them: those of its file, and the no-shows in short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.pickup.pickup_report import PickupReport
from pos.application.pickup.tables import goods_text, report_tables
from pos.application.tables.listing import ListReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_text import TableSums, cell_text, column_title
from pos.application.text.formatting import dates_text, money_text, number_text, percent_text
from pos.application.text.pickup_words import buyer_text, held_until_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.pickup_code import PickupCode
from pos.ui.widgets.tables.figure_table import FigureCell

_NONE = "–"
_NO_SHOWS = "no-shows"
_MOST = 20
"""How many no-shows are named; the saved file has all of them."""


@dataclass(frozen=True, slots=True)
class ShownTable:
    """A table with its title and the names of its columns; a `note` stands beneath."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[FigureCell]]
    note: str = ""


def about_text(found: PickupReport, tr: Translator) -> str:
    """The days, and which share of their orders that ended no one came for."""
    days, share = dates_text(found.first, found.last, tr.language), found.whole.share_of_no_shows
    if share is None:
        return days
    return " · ".join((days, labelled(tr, tr("Share of no-shows"), percent_text(share * 100, tr.language, 1))))


def shown_tables(found: PickupReport, reader: ListReader) -> list[ShownTable]:
    """Those in which there is something, but for the first, which is always there."""
    tables = report_tables(found, reader)
    return [_no_shows(found, one.title, reader) if one.key == _NO_SHOWS else _shown(one, reader) for one in tables]


def _shown(table: Table, reader: ListReader) -> ShownTable:
    tr, zone, columns = reader.translator, reader.settings.zone, table.columns
    sums, rows = TableSums(columns), []
    for row in table.rows:
        sums.add(row)
        texts = [_text(column, cell, tr, zone) for column, cell in zip(columns, row, strict=True)]
        rows.append([FigureCell(texts[0], bold=True), *map(FigureCell, texts[1:])])
    for line in sums.lines() if len(rows) > 1 else ():
        of_all = [_text(column, line[at], tr, zone) if at in line else "" for at, column in enumerate(columns)]
        rows.append([FigureCell(text, bold=True) for text in (tr("Total"), *of_all[1:])])
    heads = [column_title(column) for column in columns] if rows else ()
    return ShownTable(table.title, heads, rows, "" if rows else tr("No order was claimed in these days."))


def _text(column: Column, cell: Cell, tr: Translator, zone: tzinfo) -> str:
    """A count of zero and what is unknown are a dash: a row of zeros hides the figures that count. A share of zero is
    known.
    """
    is_shown = bool(cell) or (cell is not None and column.kind is CellKind.SHARE)
    return (cell_text(column, cell, tr, zone) if is_shown else "") or _NONE


def _no_shows(found: PickupReport, title: str, reader: ListReader) -> ShownTable:
    tr, orders = reader.translator, found.no_shows
    heads = (tr("Customer order"), tr("Buyer"), tr("Goods"), tr("Held until"), tr("Deposit left"))
    note = ""
    if len(orders) > _MOST:
        note = tr("{n} of {all}: the saved file has all of them.",
                  n=number_text(_MOST, tr.language), all=number_text(len(orders), tr.language))  # fmt: skip
    return ShownTable(title, heads, [_no_show(one, reader, tr) for one in orders[:_MOST]], note)


def _no_show(order: CustomerOrder, reader: ListReader, tr: Translator) -> tuple[FigureCell, ...]:
    left = None if order.deposit is None else order.deposit.open
    return (
        FigureCell(PickupCode(order.code).spaced, bold=True),
        FigureCell(buyer_text(order, tr)),
        FigureCell(goods_text(order, tr)),
        FigureCell(held_until_text(order.hold_until, reader.settings.zone, tr.language)),
        FigureCell(money_text(left, tr.language) if left else _NONE),
    )
