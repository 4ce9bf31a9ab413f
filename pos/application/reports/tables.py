"""Report lists: slow-moving goods, and the receipts behind a figure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from pos.application.reports.drill_down import REPORTS_RIGHT, DrillDown, SlowProducts
from pos.application.tables.listing import ColumnOf, Listing, ListReader, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.tables.table_cells import goods_text, receipt_kind, signed
from pos.application.text.border_words import destination_text
from pos.application.text.countries import nationality_name
from pos.application.text.formatting import dates_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import listed
from pos.domain.money import Money
from pos.domain.period import Period
from pos.domain.reports.report_slice import ReportSlice, SliceCursor, SliceReceipt
from pos.domain.reports.slow_goods import SlowProduct

_PAGE = 200


def slow(step: SlowProducts, first: date, last: date) -> Listing:
    """Goods on the floor without a sale in a period, the highest stock value first."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[SlowProduct]] = [
            ColumnOf(tr("Product"), lambda one: one.names.get(tr.language) or one.name),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Category"), lambda one: name_of(CATEGORIES, one.category, tr) if one.category else ""),
            ColumnOf(tr("On hand"), lambda one: one.on_hand, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Cost"), lambda one: one.value, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Last sale"), lambda one: one.last_sold, CellKind.DAY),
        ]

        def page(after: int | None) -> tuple[Sequence[SlowProduct], int | None]:
            result = step(reader.person, first, last, after or 0, _PAGE)
            return result.goods, result.next

        properties = [(tr("Days"), dates_text(first, last, tr.language))]
        return [reader.table_of("slow", tr("Slow-moving goods"), columns, in_pages(page), properties)]

    days = {"since": first.isoformat(), "until": last.isoformat()}
    return Listing("slow", N_("Slow-moving goods"), "reports", make, days)


def behind(
    step: DrillDown,
    slices: Sequence[ReportSlice],
    days: Period,
    till: str | None,
    by: str | None,
    words: Callable[[Translator], str] | None = None,
) -> Listing:
    """The receipts of report slices, by days, till and person; `words` say which slices, else their keys do."""
    marks = [f"{report_slice.kind} {report_slice.name}".strip() for report_slice in slices]

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[SliceReceipt]] = [
            ColumnOf(tr("Receipt"), lambda one: one.receipt),
            ColumnOf(tr("Type"), lambda one: receipt_kind(one.kind, tr, voided_by=one.voided_by, is_void=one.is_void)),
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Till"), lambda one: one.till),
            ColumnOf(tr("Cashier"), lambda one: reader.name_of(one.cashier)),
            ColumnOf(tr("Nationality"), lambda one: nationality_name(one.nationality, tr)),
            ColumnOf(tr("Destination"), lambda one: destination_text(one.destination, tr)),
            ColumnOf(tr("Goods"), lambda one: goods_text(one.goods, one.lines, tr)),
            ColumnOf(tr("Pieces"), lambda one: _added(one)[1], CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Total"), lambda one: _added(one)[0], CellKind.AMOUNT, price, is_summed=True),
        ]

        def page(after: SliceCursor | None) -> tuple[Sequence[SliceReceipt], SliceCursor | None]:
            result = step(reader.person, slices, days.first, till, days.last, by, after, _PAGE)
            return result.receipts, result.next

        properties = [
            (tr("Days"), dates_text(days.first, days.last, tr.language)),
            (tr("Figure"), listed(tr, marks) if words is None else words(tr)),
            (tr("Till"), till or ""),
            (tr("Cashier"), reader.name_of(by or "")),
        ]
        return [reader.table_of("receipts", tr("Receipts"), columns, in_pages(page), properties)]

    details = {"since": days.first.isoformat(), "until": days.last.isoformat(), "marks": marks}
    return Listing("receipts", N_("Receipts"), REPORTS_RIGHT, make, details)


def _added(one: SliceReceipt) -> tuple[Money, int]:
    return signed(one.kind, one.total, one.pieces)
