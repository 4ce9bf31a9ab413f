"""The search field of the recipe form: goods by name or code, scanned or typed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.translator import Translator
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Space
from pos.ui.sales.search.search_popup import SearchPopup
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.layouts import vbox
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.search_box import SearchBox

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}


class GoodsSearch(QWidget):
    """`product` carries the id of the chosen product. Results are drawn over `page`."""

    product = Signal(int)

    def __init__(self, session: Session, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._page = session, page
        self.box = SearchBox(session.theme, "", "", key=session.actions.key_text("workshop_find"))
        self.popup = SearchPopup(session, page)
        self.popup.chosen.connect(self._take)
        self.popup.nothing.connect(lambda _text: self._nothing())
        self.box.typed.connect(self._typed)
        self.box.submitted.connect(self.popup.confirm)
        self.box.field.installEventFilter(self)
        vbox(self.box, margins=0, parent=self)

    def present(self, name: str, placeholder: str, tr: Translator) -> None:
        """Show all texts in another language."""
        self.box.present(name, placeholder, self._session.actions.key_text("workshop_find"))
        self.popup.retranslate(tr)

    def begin(self) -> None:
        """Focus the field."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.box.field.selectAll()

    def clear(self) -> None:
        """Empty the field."""
        self.popup.close_down()
        self.box.clear()

    def hideEvent(self, event: QHideEvent) -> None:
        """The results lie over the page: they go with the field."""
        super().hideEvent(event)
        self.popup.close_down()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up and down move in the results, not in the field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        step = _STEPS.get(Qt.Key(event.key()))
        return step is not None and self.popup.step(step)

    def _typed(self, text: str) -> None:
        self.popup.setFixedWidth(max(self.width(), min(440, self._page.width())))
        corner = self.mapTo(self._page, QPoint(0, self.height() + Space.XS))
        self.popup.move(min(corner.x(), self._page.width() - self.popup.width()), corner.y())
        self.popup.raise_()
        self.popup.type(text)

    def _take(self, product: int) -> None:
        self.clear()
        self.product.emit(product)

    def _nothing(self) -> None:
        self._session.sounds.play(Sound.UNREAD)
        self._session.notify(
            "workshop.none", lambda: Notice(Tone.NEARLY, self._session.translator("Nothing found"), seconds=8)
        )
