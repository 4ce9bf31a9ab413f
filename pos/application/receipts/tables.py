"""Tables of receipts: the searched history, and the drill-down of a report."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.return_ports import FoundReceipt, ReceiptFilter
from pos.application.receipts.find_receipts import HISTORY_RIGHT, FindReceipts
from pos.application.tables.listing import ColumnOf, Listing, ListReader, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.tables.table_cells import goods_text, receipt_kind, signed
from pos.application.text.formatting import dates_text
from pos.application.text.names import HISTORY_KINDS
from pos.application.text.translator import N_
from pos.domain.money import Money
from pos.domain.visitors.document import Document

_PAGE = 200


def history(find: FindReceipts, text: str, filter_: ReceiptFilter, document: Document | None = None) -> Listing:
    """Receipts of a history search, without visitor data."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[FoundReceipt]] = [
            ColumnOf(tr("Receipt"), lambda one: one.receipt),
            ColumnOf(tr("Type"), lambda one: receipt_kind(one.kind, tr, voided_by=one.voided_by, is_void=one.is_void)),
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Cashier"), lambda one: reader.name_of(one.cashier)),
            ColumnOf(tr("Total"), lambda one: _added(one)[0], CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Pieces"), lambda one: _added(one)[1], CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Items returned"), lambda one: one.came_back, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Original receipt"), lambda one: one.reverses),
            ColumnOf(tr("Goods"), lambda one: goods_text(one.goods, one.lines, tr)),
        ]

        def page(before: int | None) -> tuple[Sequence[FoundReceipt], int | None]:
            matches = find.history(text, filter_, reader.person, before, _PAGE, document)
            return matches.receipts, matches.next

        days = "" if filter_.days is None else dates_text(filter_.days.first, filter_.days.last, tr.language)
        properties = [
            (tr("Search"), tr("one visitor") if document is not None else text),
            (tr("Type"), tr(HISTORY_KINDS[filter_.kind]) if filter_.kind in HISTORY_KINDS else ""),
            (tr("Cashier"), reader.name_of(filter_.cashier)),
            (tr("Till"), filter_.till),
            (tr("Days"), days),
        ]
        return [reader.table_of("receipts", tr("Receipts"), columns, in_pages(page), properties)]

    details = {"text": text, "kind": filter_.kind, "of": filter_.cashier, "of_till": filter_.till}
    return Listing("receipts", N_("Receipts"), HISTORY_RIGHT, make, details)


def _added(one: FoundReceipt) -> tuple[Money, int]:
    return signed(one.kind, one.total, one.pieces)
