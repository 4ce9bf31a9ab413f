"""Stock-takes as tables: their list, and the differences of one."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.count_ports import SheetRow
from pos.application.stock.count_stock import CountStock
from pos.application.stock.post_count import CountDifference, PostCount
from pos.application.tables.listing import Listing, ListReader, after_last, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import CATEGORIES, STOCK_PLACES, STOCK_WHYS, name_of
from pos.application.text.words import N_
from pos.domain.stock.stock_count import StockCount

RIGHT = "stock"
_PAGE = 200
_STATES = {
    "counting": N_("in progress"),
    "recount": N_("recounting"),
    "posted": N_("posted"),
    "dropped": N_("discarded"),
}
_SCOPES = {"all": N_("Everything"), "products": N_("Chosen products")}


def counts(step: CountStock) -> Listing:
    """Stock-takes, the newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Number"), CellKind.COUNT),
            Column(words("What")),
            Column(words("Where")),
            Column(words("Started"), CellKind.INSTANT),
            Column(words("Who")),
            Column(words("State")),
        ]

        def page(before: int | None) -> tuple[Sequence[StockCount], int | None]:
            return after_last(step.all(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        rows = (_count(one, reader) for one in in_pages(page))
        return [reader.table("counts", words("Stock-takes"), columns, rows)]

    return Listing("count", N_("Stock-takes"), RIGHT, make)


def _count(one: StockCount, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    location = name_of(STOCK_PLACES, one.place, words)
    return one.number, scope_text(one, reader), location, one.at, reader.name_of(one.person), words(_STATES[one.state])


def scope_text(count: StockCount, reader: ListReader) -> str:
    if count.scope == "category":
        return name_of(CATEGORIES, count.scope_value, reader.words)
    return reader.words(_SCOPES[count.scope]) if count.scope in _SCOPES else count.scope_value


def sheet(step: CountStock, number: int, sheet_number: int) -> Listing:
    """The entries of a sheet, the newest first; never the book quantities."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("When"), CellKind.INSTANT),
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Counted"), CellKind.COUNT, is_summed=True),
        ]

        def page(offset: int | None) -> tuple[Sequence[SheetRow], int | None]:
            begin = offset or 0
            rows = step.sheet(reader.person, number, sheet_number, _PAGE, begin).rows
            return rows, begin + _PAGE if len(rows) == _PAGE else None

        facts = [(words("Stock-take"), str(number)), (words("Sheet"), str(sheet_number))]
        rows = (_entry(one, reader) for one in in_pages(page))
        return [reader.table("sheet", words("Sheet"), columns, rows, facts)]

    return Listing("count", N_("Sheet"), RIGHT, make, {"count": number, "sheet": sheet_number})


def _entry(one: SheetRow, reader: ListReader) -> Sequence[Cell]:
    return one.at, one.names.get(reader.words.language) or one.name, one.code, one.lot, one.counted


def differences(step: PostCount, number: int) -> Listing:
    """The current differences of a stock-take with their value."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, review = reader.words, step.review(reader.person, number)
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Recorded"), CellKind.COUNT, is_summed=True),
            Column(words("Counted"), CellKind.COUNT, is_summed=True),
            Column(words("Difference"), CellKind.COUNT, is_summed=True),
            Column(words("Value"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Reason")),
            Column(words("Note")),
        ]
        facts = [
            (words("Stock-take"), str(number)),
            (words("What"), scope_text(review.count, reader)),
            (words("Where"), name_of(STOCK_PLACES, review.count.place, words)),
            (words("State"), words(_STATES[review.count.state])),
        ]
        rows = (_difference(one, reader) for one in review.differences)
        return [reader.table("differences", words("Differences"), columns, rows, facts)]

    return Listing("count", N_("Differences"), RIGHT, make, {"count": number})


def _difference(one: CountDifference, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.product.name_in(words.language),
        one.product.code,
        "" if one.lot is None else one.lot.code,
        one.expected,
        one.counted,
        one.pieces,
        one.value,
        name_of(STOCK_WHYS, one.reason, words) if one.reason else "",
        one.note,
    )
