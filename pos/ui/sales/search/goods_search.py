"""A search field for goods by name or code, scanned or typed, with its results over the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Space
from pos.ui.sales.search.search_popup import SearchPopup
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.fields.search_box import SearchBox

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class GoodsSearch(QWidget):
    """`product` carries the id of the chosen product; `nothing` reports that there is no such product.

    `action` is that of the key which leads to the field. Results are drawn over `page`, at least `least` pixels wide
    where the page has them.
    """

    product = Signal(int)
    nothing = Signal()

    def __init__(self, session: Session, page: QWidget, action: str, least: int = 0) -> None:
        super().__init__(page)
        self._session, self._page, self._action, self._least = session, page, action, least
        self.box = SearchBox(session.theme, "", "", key=session.actions.key_text(action))
        self.popup = SearchPopup(session, page)
        self.popup.chosen.connect(self.take)
        self.popup.nothing.connect(lambda _text: self.nothing.emit())
        self.box.typed.connect(self._typed)
        self.box.submitted.connect(self.submit)
        self.box.field.installEventFilter(self)
        vbox(self.box, margins=0, parent=self)

    def present(self, name: str, placeholder: str, tr: Translator) -> None:
        """Show all texts in another language."""
        self.box.present(name, placeholder, self._session.actions.key_text(self._action))
        self.popup.retranslate(tr)

    def begin(self) -> None:
        """Focus the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.field.selectAll()

    def close_down(self) -> None:
        """Close the results."""
        self.popup.close_down()

    def leave(self) -> bool:
        """Close the results and empty the field; False where there was nothing."""
        is_begun = bool(self.box.text()) or not self.popup.isHidden()
        self.popup.close_down()
        self.box.clear()
        return is_begun

    # ── for subclasses ───────────────────────────────────────────────────────────────────────────────────────

    def take(self, product: int) -> None:
        """A product was chosen."""
        self.leave()
        self.product.emit(product)

    def submit(self, text: str) -> None:
        """Enter was pressed in the field."""
        self.popup.confirm(text)

    def words_in(self, text: str) -> str:
        """What is to be searched for of a typed text."""
        return text

    def step(self, rows: int) -> bool:
        """Up and down move in the results; False where there are none, and the field has the key."""
        return self.popup.step(rows)

    # ── how ──────────────────────────────────────────────────────────────────────────────────────────────────

    def hideEvent(self, event: QHideEvent) -> None:
        """The results lie over the page: they go with the field."""
        super().hideEvent(event)
        self.popup.close_down()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        rows = _STEPS.get(Qt.Key(event.key()))
        return rows is not None and self.step(rows)

    def _typed(self, text: str) -> None:
        self.popup.setFixedWidth(max(self.width(), min(self._least, self._page.width())))
        corner = self.mapTo(self._page, QPoint(0, self.height() + Space.XS))
        self.popup.move(min(corner.x(), self._page.width() - self.popup.width()), corner.y())
        self.popup.raise_()
        self.popup.type(self.words_in(text))
