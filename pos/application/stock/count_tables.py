"""Stock-takes as tables: their list, and the differences of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pos.application.ports.count_ports import SheetRow
from pos.application.stock.count_stock import CountStock
from pos.application.stock.post_count import CountReview, PostCount
from pos.application.tables.listing import ColumnOf, Listing, ListReader, after_last, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.text.names import CATEGORIES, STOCK_LOCATIONS, STOCK_WHYS, name_of
from pos.application.text.translator import N_
from pos.domain.money import CURRENCIES, Money
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
        tr = reader.translator
        columns: list[ColumnOf[StockCount]] = [
            ColumnOf(tr("Number"), lambda one: one.number, CellKind.COUNT),
            ColumnOf(tr("What"), lambda one: scope_text(one, reader)),
            ColumnOf(tr("Where"), lambda one: name_of(STOCK_LOCATIONS, one.location, tr)),
            ColumnOf(tr("Started"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
            ColumnOf(tr("State"), lambda one: tr(_STATES[one.state])),
        ]

        def page(before: int | None) -> tuple[Sequence[StockCount], int | None]:
            return after_last(step.all(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        return [reader.table_of("counts", tr("Stock-takes"), columns, in_pages(page))]

    return Listing("count", N_("Stock-takes"), RIGHT, make)


def scope_text(count: StockCount, reader: ListReader) -> str:
    if count.scope == "category":
        return name_of(CATEGORIES, count.scope_value, reader.translator)
    return reader.translator(_SCOPES[count.scope]) if count.scope in _SCOPES else count.scope_value


def sheet(step: CountStock, number: int, sheet_number: int) -> Listing:
    """The entries of a sheet, the newest first; never the book quantities."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[SheetRow]] = [
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Product"), lambda one: one.names.get(tr.language) or one.name),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Lot"), lambda one: one.lot),
            ColumnOf(tr("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
        ]

        def page(offset: int | None) -> tuple[Sequence[SheetRow], int | None]:
            begin = offset or 0
            rows = step.sheet(reader.person, number, sheet_number, _PAGE, begin).rows
            return rows, begin + _PAGE if len(rows) == _PAGE else None

        properties = [(tr("Stock-take"), str(number)), (tr("Sheet"), str(sheet_number))]
        return [reader.table_of("sheet", tr("Sheet"), columns, in_pages(page), properties)]

    return Listing("count", N_("Sheet"), RIGHT, make, {"count": number, "sheet": sheet_number})


@dataclass(frozen=True, slots=True)
class _Row:
    """A difference as it is now, or as it was posted."""

    code: str
    name: str
    lot: str
    books: int
    counted: int
    pieces: int | None
    value: Money | None
    reason: str
    note: str


def differences(step: PostCount, number: int) -> Listing:
    """The current differences of a stock-take with their value; of a posted one those that were posted."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, review, price = reader.translator, step.review(reader.person, number), reader.settings.price.code
        posted = step.posted(reader.person, number)
        rows = _current(review, tr.language) if posted is None else _posted(posted, tr.language)
        columns: list[ColumnOf[_Row]] = [
            ColumnOf(tr("Product"), lambda one: one.name),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Lot"), lambda one: one.lot),
            ColumnOf(tr("Recorded"), lambda one: one.books, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Difference"), lambda one: one.pieces, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Value"), lambda one: one.value, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Reason"), lambda one: name_of(STOCK_WHYS, one.reason, tr) if one.reason else ""),
            ColumnOf(tr("Note"), lambda one: one.note),
        ]
        properties = [
            (tr("Stock-take"), str(number)),
            (tr("What"), scope_text(review.count, reader)),
            (tr("Where"), name_of(STOCK_LOCATIONS, review.count.location, tr)),
            (tr("State"), tr(_STATES[review.count.state])),
        ]
        return [reader.table_of("differences", tr("Differences"), columns, rows, properties)]

    return Listing("count", N_("Differences"), RIGHT, make, {"count": number})


def _current(review: CountReview, language: str) -> list[_Row]:
    return [
        _Row(
            code=one.product.code,
            name=one.product.name_in(language),
            lot="" if one.lot is None else one.lot.code,
            books=one.books,
            counted=one.counted,
            pieces=one.pieces,
            value=one.value,
            reason=one.reason,
            note=one.note,
        )
        for one in review.differences
    ]


def _posted(content: Mapping[str, Any], language: str) -> list[_Row]:
    """The rows of a posted stock-take, from what was recorded then: costs and names may have changed since."""
    price = CURRENCIES[content["currency"]]
    return [
        _Row(
            code=one["code"],
            name=one["names"].get(language) or one["name"],
            lot=one["lot"],
            books=one["expected"],
            counted=one["counted"],
            pieces=one["difference"],
            value=None if one["value"] is None else Money.parse(one["value"], price),
            reason=one["reason"],
            note=one["note"],
        )
        for one in content["differences"]
    ]
