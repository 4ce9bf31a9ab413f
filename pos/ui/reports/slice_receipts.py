"""The receipts of a mark: number, time, cashier, visitor, total; pages are loaded on demand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.tables.table_cells import receipt_kind
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import instant_text, money_text, number_text, pieces_text
from pos.application.text.translator import Translator
from pos.domain.reports.report_slice import SliceReceipt
from pos.ui.reports.row_words import nationality_text
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.paged_rows import PagedRows
from pos.ui.widgets.tables.row_pen import Pen
from pos.ui.widgets.tables.row_table import ColumnHeader

_COLUMNS = RowColumns(
    (
        RowColumn(112), RowColumn(160, drops=3), RowColumn(132, drops=1), RowColumn(208, drops=2), RowColumn(share=1),
        RowColumn(64, right=True, drops=4), RowColumn(124, right=True),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SliceReceiptText:
    """One receipt in words; a return is marked as one."""

    receipt: str
    at: str
    cashier: str
    visitor: str
    goods: str
    pieces: str
    total: str
    spoken: str

    @classmethod
    def of(cls, receipt: SliceReceipt, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> SliceReceiptText:
        """The text of a receipt; goods that do not fit are only counted."""
        language = tr.language
        named = [goods.get(language) or goods[""] for goods in receipt.goods]
        more = receipt.lines - len(named)
        goods = tr(", ").join(named) + (f" +{number_text(more, language)}" if more > 0 else "")
        is_back = receipt.kind == "return"
        total = money_text(receipt.total * (-1 if is_back and receipt.total.minor > 0 else 1), language)
        at, cashier = instant_text(receipt.at, zone, language), names.get(receipt.cashier, receipt.cashier)
        sides = (nationality_text(receipt.nationality or "", tr), destination_text(receipt.destination, tr))
        visitor = tr("Return") if is_back else " · ".join(side for side in sides if side)
        if receipt.is_void or receipt.voided_by:
            visitor = receipt_kind(receipt.kind, tr, voided_by=receipt.voided_by, is_void=receipt.is_void)
        spoken = ", ".join((receipt.receipt, at, cashier, visitor, goods, pieces_text(receipt.pieces, tr), total))
        return cls(receipt.receipt, at, cashier, visitor, goods, number_text(receipt.pieces, language), total, spoken)


class SliceReceiptModel(PagedRows[SliceReceiptText]):
    """The receipts of the loaded pages."""


class SliceReceiptHeader(ColumnHeader):
    """The header."""

    columns = _COLUMNS

    def retranslate(self, tr: Translator) -> None:
        """Name the columns."""
        self.name(
            tr("Receipt"), tr("When"), tr("Cashier"), tr("Visitor"), tr("Goods"), tr("Pieces"),
            tr("Total"),
        )  # fmt: skip


def draw_slice_receipt(pen: Pen, row: SliceReceiptText) -> None:
    """Draw one receipt."""
    receipt, at, cashier, visitor, goods, pieces, total = pen.spans(_COLUMNS)
    pen.text(receipt, row.receipt, bold=True)
    pen.text(at, row.at, token="muted")
    pen.text(cashier, row.cashier)
    pen.text(visitor, row.visitor)
    pen.text(goods, row.goods, token="muted")
    pen.text(pieces, row.pieces, align=RIGHT)
    pen.text(total, row.total, bold=True, align=RIGHT)
