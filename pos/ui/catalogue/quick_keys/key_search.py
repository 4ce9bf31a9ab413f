"""The search field of the page of the quick keys: goods by name or code."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.sales.search.search_popup import SearchPopup
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.search_box import SearchBox

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class KeySearch(QWidget):
    """`product` carries the id of the chosen product; `nothing` reports that there is no such product.

    Results are drawn over `page`.
    """

    product = Signal(int)
    nothing = Signal()

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.box = SearchBox(session.theme, "", "", key=session.actions.key_text("find_quick_key"))
        self.popup = SearchPopup(session, page)
        self.popup.chosen.connect(self._choose)
        self.popup.nothing.connect(lambda _text: self.nothing.emit())
        self.box.typed.connect(self._typed)
        self.box.submitted.connect(self.popup.confirm)
        self.box.field.installEventFilter(self)
        vbox(self.box, margins=0, parent=self)

    def retranslate(self, tr: Translator) -> None:
        """Show all texts in another language."""
        key = self._session.actions.key_text("find_quick_key")
        self.box.present(tr("Add a product"), tr("Scan or search a product to add it"), key)
        self.popup.retranslate(tr)

    def begin(self) -> None:
        """Focus the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.field.selectAll()

    def leave(self) -> bool:
        """Close the results and empty the field; False where there was nothing."""
        is_begun = bool(self.box.text()) or not self.popup.isHidden()
        self.popup.close_down()
        self.box.clear()
        return is_begun

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move in the results, not in the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        return step is not None and self.popup.step(step)

    def _choose(self, product_id: int) -> None:
        self.leave()
        self.product.emit(product_id)

    def _typed(self, text: str) -> None:
        self.popup.setFixedWidth(self.width())
        self.popup.move(self.mapTo(self._page, QPoint(0, self.height() + Space.XS)))
        self.popup.raise_()
        self.popup.type(text)
