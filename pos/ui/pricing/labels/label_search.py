"""The search field of the label page: goods by name or code, or the number of a goods receipt."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.sales.search.goods_search import GoodsSearch
from pos.ui.session.session import Session

_RECEIPT = re.compile(r"R-?[0-9]{1,9}", re.IGNORECASE)
_PAPER = re.compile(r"R-[0-9]{6,9}", re.IGNORECASE)


def is_receipt_paper(scan: str) -> bool:
    """Whether it is the code on the paper of a goods receipt."""
    return _PAPER.fullmatch(scan.strip()) is not None


class LabelSearch(GoodsSearch):
    """`receipt` carries a number. A chosen product stays in the field until it is known that it has a label.

    `stepped`: up or down was pressed while no results are on show.
    """

    receipt = Signal(str)
    stepped = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(session, page, "find_label")

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        self.present(tr("Label goods"), tr("Scan, search, or a goods receipt (R-000012)"), tr)

    def type(self, text: str) -> None:
        """Go on with what is typed, from another place of the page."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.field.insert(text)

    def take(self, product: int) -> None:
        self.product.emit(product)

    def submit(self, text: str) -> None:
        if _RECEIPT.fullmatch(text.strip()):
            self.receipt.emit(text.strip())
        else:
            super().submit(text)

    def words_in(self, text: str) -> str:
        return "" if _RECEIPT.fullmatch(text.strip()) else text

    def step(self, rows: int) -> bool:
        if not super().step(rows):
            self.stepped.emit(rows)
        return True
