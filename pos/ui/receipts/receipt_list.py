"""A list of receipts, newest first: number, time, goods, total, and earlier returns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from pos.application.ports.return_ports import RETURN, FoundReceipt, FoundReceiptPage
from pos.application.text.formatting import instant_text, money_text, number_text, pieces_text
from pos.application.text.translator import Translator
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.paged_rows import PagedRows
from pos.ui.widgets.tables.row_pen import Pen
from pos.ui.widgets.tables.row_table import ColumnHeader

_COLUMNS = RowColumns(
    (
        RowColumn(110), RowColumn(168, drops=3), RowColumn(share=1),
        RowColumn(64, right=True, drops=2), RowColumn(84, right=True, drops=1), RowColumn(120, right=True),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReceiptText:
    """One receipt as text."""

    receipt: str
    at: str
    goods: str
    pieces: str
    back: str
    total: str
    spoken: str

    @classmethod
    def of(cls, receipt: FoundReceipt, zone: tzinfo, tr: Translator) -> ReceiptText:
        """The text of a receipt; of goods that do not fit only their number."""
        language = tr.language
        named = [names.get(language) or names[""] for names in receipt.goods]
        more = receipt.lines - len(named)
        goods = tr(", ").join(named) + (f" +{number_text(more, language)}" if more else "")
        came = receipt.kind == RETURN
        at = instant_text(receipt.at, zone, language)
        total = money_text(-receipt.total if came else receipt.total, language)
        if receipt.is_void:
            goods = tr("Void of {receipt}: {goods}", receipt=receipt.reverses, goods=goods)
        elif came:
            goods = tr("Return: {goods}", goods=goods)
        elif receipt.voided_by:
            goods = tr("Voided: {goods}", goods=goods)
        return cls(
            receipt=receipt.receipt,
            at=at,
            goods=goods,
            pieces=number_text(receipt.pieces, language),
            back=number_text(receipt.came_back, language) if receipt.came_back else "–",
            total=total,
            spoken=", ".join((receipt.receipt, at, goods, pieces_text(receipt.pieces, tr), total)),
        )


class ReceiptModel(PagedRows[ReceiptText]):
    """The receipts of the loaded pages."""

    def show_rows(self, page: FoundReceiptPage, zone: tzinfo, tr: Translator) -> None:
        """Show the first page."""
        self.begin([ReceiptText.of(one, zone, tr) for one in page.receipts], page.next)

    def add_rows(self, page: FoundReceiptPage, zone: tzinfo, tr: Translator) -> None:
        """Add a further page below the rows."""
        self.go_on([ReceiptText.of(one, zone, tr) for one in page.receipts], page.next)


class ReceiptHeader(ColumnHeader):
    """The names of the columns of the receipts."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(tr("Receipt"), tr("Sold on"), tr("Goods"), tr("Pieces"), tr("Returned"), tr("Total"))


def draw_receipt(pen: Pen, row: ReceiptText) -> None:
    """Draw one receipt."""
    receipt, at, goods, pieces, back, total = pen.spans(_COLUMNS)
    pen.text(receipt, row.receipt, bold=True)
    pen.text(at, row.at, token="muted")
    pen.text(goods, row.goods)
    pen.text(pieces, row.pieces, align=RIGHT)
    pen.text(back, row.back, token="muted", align=RIGHT)
    pen.text(total, row.total, bold=True, align=RIGHT)
