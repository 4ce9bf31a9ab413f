"""The field for scans and searches with the quantity that waits for the next scan, and what the search finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.pricing.promotion import Offers
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE
from pos.ui.look.theme import Size, Space
from pos.ui.sales.search.search_popup import SearchPopup, is_figures
from pos.ui.sales.search.typed_text import Meaning, read_typed_text
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox
from pos.ui.widgets.fields.search_box import SearchBox
from pos.ui.widgets.spoken.announcements import announce

_AWAY = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)
"""Why the field loses the focus for a moment: it comes back."""
_OF_A_SEARCH = frozenset({"search", "back"})
"""The actions of the page that a search itself wants."""
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -7, Qt.Key.Key_PageDown: 7}


class ScanRow(QWidget):
    """Reads what is typed: `coded`, `documented` and `chosen` say what it was, with the quantity typed before.

    The quantity is taken once: by the next scan, wherever it comes from (`take_quantity`). `stepped` passes arrows on
    that no open search wants, `confirmed` is an Enter with nothing typed.
    """

    coded = Signal(str, int)
    documented = Signal(str)
    chosen = Signal(int, int)
    nothing = Signal(str)
    too_many = Signal(str)
    stepped = Signal(int)
    confirmed = Signal()
    keys_asked = Signal()
    """The quick keys are to be shown over a long basket, or no longer."""

    def __init__(self, session: Session, page: QWidget, *, offers: Callable[[], Offers | None] = lambda: None) -> None:
        """`page` is what the popup lies on: it must reach further down than this row. `offers` are the sale's."""
        super().__init__(page)
        self._session = session
        self._quantity = 1
        self.insists: Callable[[], bool] = lambda: False
        """Puts the cursor into a field that waits for figures; False where there is none."""
        self._box = SearchBox(session.theme, "", "", key=session.actions.key_text("search"))
        self._chip = IconButton(session.theme, icon="x", kind=ButtonKind.TINTED, height=Size.FIELD)
        self._chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._chip.clicked.connect(self.drop_quantity)
        self._chip.hide()
        self._keys = IconButton(session.theme, icon="layout-grid", height=Size.FIELD)
        self._keys.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._keys.clicked.connect(self.keys_asked)
        self._keys.hide()
        self._popup = SearchPopup(session, page, offers=offers)
        self._popup.chosen.connect(self._choose)
        self._popup.nothing.connect(self._found_nothing)
        self._box.typed.connect(self._typed)
        self._box.submitted.connect(self._submit)
        self._box.field.installEventFilter(self)
        hbox(
            Stretched(self._box),
            self._chip,
            self._keys,
            spacing=Space.S,
            margins=(Space.L, Space.M, Space.L, Space.S),
            parent=self,
        )
        self.setFocusProxy(self._box)

    @property
    def box(self) -> SearchBox:
        """The field."""
        return self._box

    @property
    def chip(self) -> IconButton:
        """The quantity that waits."""
        return self._chip

    @property
    def keys(self) -> IconButton:
        """The button that shows the quick keys over a long basket."""
        return self._keys

    def offer_keys(self, *, is_offered: bool) -> None:
        """Show the button of the quick keys where the basket has taken their room."""
        self._keys.setVisible(is_offered)

    @property
    def popup(self) -> SearchPopup:
        """What the search finds."""
        return self._popup

    @property
    def waiting(self) -> int | None:
        """The quantity that waits for the next scan; None while that means one piece, as ever."""
        return None if self._quantity == 1 else self._quantity

    @property
    def is_begun(self) -> bool:
        """Whether a code or a document is typed that is not entered yet; words are only a search."""
        return read_typed_text(self._box.text()).meaning in (Meaning.CODE, Meaning.DOCUMENT)

    def ask_to_finish(self) -> None:
        """Put the cursor behind what is typed."""
        self._box.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_quantity(self) -> int:
        """How many the next scan means; from then on one again."""
        quantity = self._quantity
        self.drop_quantity()
        return quantity

    def scanned(self) -> int | None:
        """A scan comes: how many it means. A quantity typed just before is meant for it, a search is over.

        None for a quantity that cannot be: nothing is taken, for one piece is not what was asked for.
        """
        typed = read_typed_text(self._box.text())
        meant = typed.quantity if typed.meaning is Meaning.QUANTITY else None
        self.forget()
        if meant is not None and not self._keep(meant):
            self.drop_quantity()
            return None
        return self.take_quantity()

    def pressed(self) -> int | None:
        """A quick key is pressed: how many it means, as a scan would. A code or a document that is typed stays."""
        is_quantity = read_typed_text(self._box.text()).meaning is Meaning.QUANTITY
        return self.scanned() if is_quantity else self.take_quantity()

    def drop_quantity(self) -> None:
        """One piece for the next scan."""
        self._quantity = 1
        self._chip.hide()

    def leave(self) -> bool:
        """Esc: close the search, else drop the quantity, else empty the field; False where there was nothing."""
        if not self._popup.isHidden():
            self._popup.close_down()
        elif self._quantity != 1:
            self.drop_quantity()
        elif self._box.text():
            self._box.clear()
            self._popup.close_down()
        else:
            return False
        return True

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language; what is typed stays."""
        key = self._session.actions.key_text("search")
        self._box.present(tr("Scan or search"), tr("Scan, search, or type 5 * and scan"), key)
        self._popup.retranslate(tr)
        self._keys.present("", name=tr("Quick keys"))
        self._name_chip(tr)

    def reposition_popup(self) -> None:
        """Lie below the field, as wide as it."""
        page = self._popup.parentWidget()
        if page is not None:
            at = self._box.mapTo(page, QPoint(0, self._box.height() + Space.XS))
            self._popup.setFixedWidth(self._box.width())
            self._popup.move(at)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The field has no use for up and down, the rows have.

        Another field ends a search: what the search found would lie over it, and its Enter would sell goods.
        """
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent) and event.reason() not in _AWAY:
            self.end_search()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                if not self._popup.step(step):
                    self.stepped.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _typed(self, text: str) -> None:
        typed = read_typed_text(text)
        self.reposition_popup()
        self._popup.type(typed.text if typed.meaning in (Meaning.WORDS, Meaning.CODE) else "")

    def _submit(self, text: str) -> None:
        typed = read_typed_text(text)
        if typed.quantity is not None and not self._keep(typed.quantity):
            return
        if typed.meaning is Meaning.WORDS:
            if is_figures(typed.text) and self.insists():
                self._popup.close_down()
                return
            self.reposition_popup()
            self._popup.confirm(typed.text)
            return
        if typed.meaning is Meaning.CODE and self._popup.is_stepped(typed.text):
            self._popup.confirm(typed.text)  # the digits only look like a whole code, and the row was chosen
            return
        self.forget()
        if typed.meaning is Meaning.CODE:
            self.coded.emit(typed.text, self.take_quantity())
        elif typed.meaning is Meaning.DOCUMENT:
            self.documented.emit(typed.text)
        elif typed.meaning is Meaning.NOTHING:
            self.confirmed.emit()

    def _choose(self, product_id: int) -> None:
        typed = read_typed_text(self._box.text())
        if typed.quantity is not None and not self._keep(typed.quantity):
            return
        self.forget()
        self.chosen.emit(product_id, self.take_quantity())

    def _found_nothing(self, text: str) -> None:
        """What was sought in vain is selected: the next quantity or code takes its place."""
        self._box.field.selectAll()
        self.nothing.emit(text)

    def _keep(self, quantity: int) -> bool:
        if not 1 <= quantity <= MOST_OF_ONE_LINE:
            self.too_many.emit(str(quantity))
            return False
        self._quantity = quantity
        self._name_chip(self._session.translator)
        self._chip.setVisible(quantity != 1)
        announce(self, self._chip.accessibleName() if quantity != 1 else "")
        return True

    def ended_by(self, handlers: Mapping[str, Callable[[], None]]) -> dict[str, Callable[[], None]]:
        """The key handlers, which end a search first: what it found would lie over what they change and ask."""

        def ending(step: Callable[[], None]) -> None:
            self.end_search()
            step()

        return {name: step if name in _OF_A_SEARCH else partial(ending, step) for name, step in handlers.items()}

    def end_search(self) -> None:
        """Close what a search has found, and drop its words; a code or a quantity stays."""
        if read_typed_text(self._box.text()).meaning is Meaning.WORDS:
            self._box.clear()
        self._popup.close_down()

    def forget(self) -> None:
        """Drop what is typed, and what was found for it."""
        self._box.clear()
        self._popup.close_down()

    def reset(self) -> None:
        """Drop what is typed and the quantity that waits: both were meant for the sale before."""
        self.forget()
        self.drop_quantity()

    def _name_chip(self, tr: Translator) -> None:
        figure = number_text(self._quantity, tr.language)
        self._chip.present(f"{figure} ×", name=tr("Next scan: {n} pieces. Press to cancel", n=figure))
