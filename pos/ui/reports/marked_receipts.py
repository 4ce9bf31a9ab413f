"""The receipts behind a mark: number, when, cashier, visitor, total; a page of them comes when it is reached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.text.formatting import instant_text, money_text, number_text, pieces_text
from pos.application.text.names import DESTINATIONS, name_of
from pos.application.text.words import Words
from pos.domain.reports.report_slice import SliceReceipt
from pos.ui.reports.row_words import nationality_text
from pos.ui.widgets.drawing.drawing import RIGHT
from pos.ui.widgets.tables.columns import RowColumn, RowColumns
from pos.ui.widgets.tables.paged_rows import PagedRows
from pos.ui.widgets.tables.row_pen import Pen
from pos.ui.widgets.tables.row_table import ColumnHeader

_COLUMNS = RowColumns(
    (
        RowColumn(112), RowColumn(160), RowColumn(132), RowColumn(208), RowColumn(share=1),
        RowColumn(64, right=True), RowColumn(124, right=True),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MarkedText:
    """One receipt in words; what came back is a receipt too, and says so."""

    receipt: str
    at: str
    cashier: str
    visitor: str
    goods: str
    pieces: str
    total: str
    spoken: str

    @classmethod
    def of(cls, found: SliceReceipt, names: Mapping[str, str], zone: tzinfo, words: Words) -> MarkedText:
        """The words of a receipt; of more goods than fit only how many more."""
        language = words.language
        named = [goods.get(language) or goods[""] for goods in found.goods]
        more = found.lines - len(named)
        goods = words(", ").join(named) + (f" +{number_text(more, language)}" if more > 0 else "")
        is_back = found.kind == "return"
        total = money_text(found.total * (-1 if is_back and found.total.minor > 0 else 1), language)
        at, cashier = instant_text(found.at, zone, language), names.get(found.cashier, found.cashier)
        sides = (nationality_text(found.nationality or "", words), name_of(DESTINATIONS, found.destination, words))
        visitor = words("Return") if is_back else " · ".join(side for side in sides if side)
        spoken = ", ".join((found.receipt, at, cashier, visitor, goods, pieces_text(found.pieces, words), total))
        return cls(found.receipt, at, cashier, visitor, goods, number_text(found.pieces, language), total, spoken)


class MarkedModel(PagedRows[MarkedText]):
    """The receipts of as many pages as were asked for."""


class MarkedHeader(ColumnHeader):
    """The names of the columns."""

    columns = _COLUMNS

    def retranslate(self, words: Words) -> None:
        """Name the columns."""
        self.name(
            words("Receipt"), words("When"), words("Cashier"), words("Visitor"), words("Goods"), words("Pieces"),
            words("Total"),
        )  # fmt: skip


def draw_marked(pen: Pen, row: MarkedText) -> None:
    """Draw one receipt."""
    receipt, at, cashier, visitor, goods, pieces, total = pen.spans(_COLUMNS)
    pen.text(receipt, row.receipt, bold=True)
    pen.text(at, row.at, token="muted")
    pen.text(cashier, row.cashier)
    pen.text(visitor, row.visitor)
    pen.text(goods, row.goods, token="muted")
    pen.text(pieces, row.pieces, align=RIGHT)
    pen.text(total, row.total, bold=True, align=RIGHT)
