"""Report lists: slow-moving goods, and the receipts behind a figure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.application.reports.drill_down import REPORTS_RIGHT, DrillDown, SlowProducts
from pos.application.tables.listing import Listing, ListReader, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import RECEIPT_KIND, goods_text, signed
from pos.application.text.names import CATEGORIES, COUNTRIES, DESTINATIONS, name_of
from pos.application.text.typography import listed
from pos.application.text.words import N_
from pos.domain.period import Period
from pos.domain.reports.report_slice import Mark, SliceCursor, SliceReceipt
from pos.domain.reports.slow_goods import SlowProduct

_PAGE = 200


def slow(step: SlowProducts, first: date, last: date) -> Listing:
    """Goods on the floor without a sale in a period, the highest stock value first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Category")),
            Column(words("On hand"), CellKind.COUNT, is_summed=True),
            Column(words("Cost"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Last sale"), CellKind.DAY),
        ]

        def page(after: int | None) -> tuple[Sequence[SlowProduct], int | None]:
            result = step(reader.person, first, last, after or 0, _PAGE)
            return result.goods, result.next

        facts = [(words("Days"), f"{first.isoformat()} – {last.isoformat()}")]
        rows = (_slow(one, reader) for one in in_pages(page))
        return [reader.table("slow", words("Slow-moving goods"), columns, rows, facts)]

    days = {"since": first.isoformat(), "until": last.isoformat()}
    return Listing("slow", N_("Slow-moving goods"), "reports", make, days)


def _slow(one: SlowProduct, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.names.get(words.language) or one.name,
        one.code,
        name_of(CATEGORIES, one.category, words) if one.category else "",
        one.on_hand,
        one.value,
        one.last_sold,
    )


def behind(step: DrillDown, marks: Sequence[Mark], days: Period, till: str | None, by: str | None) -> Listing:
    """The receipts of report slices, by days, till and person."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Receipt")),
            Column(words("Type")),
            Column(words("When"), CellKind.INSTANT),
            Column(words("Till")),
            Column(words("Cashier")),
            Column(words("Nationality")),
            Column(words("Destination")),
            Column(words("Goods")),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Total"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
        ]

        def page(after: SliceCursor | None) -> tuple[Sequence[SliceReceipt], SliceCursor | None]:
            result = step(reader.person, marks, days.first, till, days.last, by, after, _PAGE)
            return result.receipts, result.next

        facts = [
            (words("Days"), f"{days.first.isoformat()} – {days.last.isoformat()}"),
            (words("Only"), listed(words, (f"{mark.kind} {mark.name}".strip() for mark in marks))),
            (words("Till"), till or ""),
            (words("Cashier"), reader.name_of(by or "")),
        ]
        rows = (_marked(one, reader) for one in in_pages(page))
        return [reader.table("receipts", words("Receipts"), columns, rows, facts)]

    details = {
        "since": days.first.isoformat(),
        "until": days.last.isoformat(),
        "marks": [f"{mark.kind} {mark.name}".strip() for mark in marks],
    }
    return Listing("receipts", N_("Receipts"), REPORTS_RIGHT, make, details)


def _marked(one: SliceReceipt, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.receipt,
        words(RECEIPT_KIND.get(one.kind, one.kind)),
        one.at,
        one.till,
        reader.name_of(one.cashier),
        name_of(COUNTRIES, one.nationality, words) if one.nationality else "",
        name_of(DESTINATIONS, one.destination, words),
        goods_text(one.goods, one.lines, words),
        *reversed(signed(one.kind, one.total, one.pieces)),
    )
