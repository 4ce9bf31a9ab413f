"""Lists of receipts: the history as it is searched, and what stands behind a mark of a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.ports.return_ports import FoundReceipt, ReceiptFilter
from pos.application.receipts.find_receipts import HISTORY_RIGHT, FindReceipts
from pos.application.tables.listing import Listing, ListReader, in_pages
from pos.application.tables.receipt_cells import RECEIPT_KIND, goods_text, signed
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.words import N_
from pos.domain.visitors.document import Document

_PAGE = 200
KIND_NAMES: Mapping[str, str] = {
    "sale": N_("Sales"),
    "return": N_("Returns"),
    "exchange": N_("Exchanges"),
    "discount": N_("With a discount"),
}
"""What the history keeps to."""


def history(find: FindReceipts, text: str, wanted: ReceiptFilter, document: Document | None = None) -> Listing:
    """Receipts as the history finds them; of a visitor it is not said whose they are."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Receipt")),
            Column(words("Type")),
            Column(words("When"), CellKind.INSTANT),
            Column(words("Cashier")),
            Column(words("Total"), CellKind.AMOUNT, reader.settings.price.code, is_summed=True),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Items returned"), CellKind.COUNT, is_summed=True),
            Column(words("Original receipt")),
            Column(words("Goods")),
        ]

        def page(before: int | None) -> tuple[Sequence[FoundReceipt], int | None]:
            found = find.history(text, wanted, reader.person, before, _PAGE, document)
            return found.receipts, found.next

        days = "" if wanted.days is None else f"{wanted.days.first.isoformat()} – {wanted.days.last.isoformat()}"
        facts = [
            (words("Search"), words("one visitor") if document is not None else text),
            (words("Type"), words(KIND_NAMES[wanted.kind]) if wanted.kind in KIND_NAMES else ""),
            (words("Cashier"), reader.name_of(wanted.cashier)),
            (words("Till"), wanted.till),
            (words("Days"), days),
        ]
        rows = (_receipt(one, reader) for one in in_pages(page))
        return [reader.table("receipts", words("Receipts"), columns, rows, facts)]

    told = {"text": text, "kind": wanted.kind, "of": wanted.cashier, "of_till": wanted.till}
    return Listing("receipts", N_("Receipts"), HISTORY_RIGHT, make, told)


def _receipt(one: FoundReceipt, reader: ListReader) -> Sequence[Cell]:
    words = reader.words
    return (
        one.receipt,
        words(RECEIPT_KIND.get(one.kind, one.kind)),
        one.at,
        reader.name_of(one.cashier),
        *signed(one.kind, one.total, one.pieces),
        one.came_back,
        one.reverses,
        goods_text(one.goods, one.lines, words),
    )
