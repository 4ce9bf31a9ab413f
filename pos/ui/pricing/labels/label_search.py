"""The search field of the label page: goods by name or code, or the number of a goods receipt."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.sales.search.search_popup import SearchPopup
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.search_box import SearchBox

_RECEIPT = re.compile(r"R-?[0-9]{1,9}", re.IGNORECASE)
_PAPER = re.compile(r"R-[0-9]{6,9}", re.IGNORECASE)
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


def is_receipt_paper(scan: str) -> bool:
    """Whether it is the code on the paper of a goods receipt."""
    return _PAPER.fullmatch(scan.strip()) is not None


class LabelSearch(QWidget):
    """`product` carries the id of the chosen product, `receipt` a number; `nothing` reports that there is no such
    product.

    `stepped`: up or down was pressed while no results are on show. Results are drawn over `page`.
    """

    product = Signal(int)
    receipt = Signal(str)
    nothing = Signal()
    stepped = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session = session
        self._page = page
        self.box = SearchBox(session.theme, "", "", key=session.actions.key_text("find_label"))
        self.popup = SearchPopup(session, page)
        self.popup.chosen.connect(self.product)
        self.popup.nothing.connect(lambda _text: self.nothing.emit())
        self.box.typed.connect(self._typed)
        self.box.submitted.connect(self._submit)
        self.box.field.installEventFilter(self)
        vbox(self.box, margins=0, parent=self)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        key = self._session.actions.key_text("find_label")
        self.box.present(tr("Label goods"), tr("Scan, search, or a goods receipt (R-000012)"), key)
        self.popup.retranslate(tr)

    def begin(self) -> None:
        """Focus the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.field.selectAll()

    def type(self, text: str) -> None:
        """Go on with what is typed, from another place of the page."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.field.insert(text)

    def clear(self) -> None:
        """Empty the field."""
        self.popup.close_down()
        self.box.clear()

    def close_down(self) -> None:
        """Close the results."""
        self.popup.close_down()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move in the results or the rows, not in the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            return False
        if not self.popup.step(step):
            self.stepped.emit(step)
        return True

    def _typed(self, text: str) -> None:
        self.popup.setFixedWidth(self.width())
        self.popup.move(self.mapTo(self._page, QPoint(0, self.height() + Space.XS)))
        self.popup.raise_()
        self.popup.type("" if _RECEIPT.fullmatch(text.strip()) else text)

    def _submit(self, text: str) -> None:
        if _RECEIPT.fullmatch(text.strip()):
            self.receipt.emit(text.strip())
        else:
            self.popup.confirm(text)
