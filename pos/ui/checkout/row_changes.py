"""The keys that change the selected row: quantity, discount, void."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QObject, Signal

from pos.application.figures import number_text, read_count, read_number
from pos.domain.cart import check_quantity
from pos.domain.errors import BadField, BadInput
from pos.domain.staff import Person
from pos.ui.checkout.basket_view import BasketView
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.inline_editor import Editing, InlineEditor
from pos.ui.session import Session


class RowChanges(QObject):
    """Opens the small field over the selected row and passes on what is typed. `wrong` tells a BadInput."""

    wrong = Signal(object)
    ended = Signal()

    def __init__(self, session: Session, counter: Counter, view: BasketView) -> None:
        super().__init__(view)
        self._session = session
        self._counter = counter
        self._view = view
        self._editor = InlineEditor(view)
        self._editor.entered.connect(self._enter)
        self._editor.closed.connect(self.ended)
        self._asked: tuple[int, Decimal | None] | None = None

    @property
    def editor(self) -> InlineEditor:
        """The field."""
        return self._editor

    def quantity(self) -> None:
        """Type another quantity for the selected row."""
        self._open(Editing.QUANTITY)

    def discount(self) -> None:
        """Type per cent off the selected row; nothing takes the discount away."""
        self._open(Editing.DISCOUNT)

    def void(self) -> None:
        """Take the selected row out."""
        row, person = self._view.selected(), self._session.person
        if row is not None and row.back:
            self._counter.keep(-1 - row.id)
        elif row is not None and person is not None:
            self._counter.void(row.id, person)

    def go_on(self, person: Person) -> bool:
        """Give the discount that was refused, by the right of `person`; False where none was."""
        asked, self._asked = self._asked, None
        if asked is None:
            return False
        self._counter.discount(*asked, person)
        return True

    def forget(self) -> None:
        """The discount asked for was given."""
        self._asked = None

    def leave(self) -> bool:
        """Esc: close the field; False where none is open."""
        if self._editor.isHidden():
            return False
        self._editor.leave()
        return True

    def _open(self, editing: Editing) -> None:
        row, view = self._view.selected(), self._counter.view
        line = next((one.line for one in view.lines if row is not None and one.id == row.id), None) if view else None
        if line is None:
            return
        words = self._session.words
        if editing is Editing.QUANTITY:
            text, name = str(line.quantity), words("Quantity")
        else:
            percent = line.discount.percent if line.discount is not None else None
            text = "" if percent is None else number_text(percent, words.language, 2, trimmed=True)
            name = words("Discount in per cent")
        self._editor.open(editing, line.id, text, name)

    def _enter(self, editing: str, line_id: int, text: str) -> None:
        language, person = self._session.words.language, self._session.person
        try:
            if editing == Editing.QUANTITY:
                quantity = read_count(text, language)
                check_quantity(quantity)
                self._editor.leave()
                self._counter.set_quantity(line_id, quantity)
            elif person is not None:
                percent = self._read_percent(text, language)
                self._editor.leave()
                self._asked = (line_id, percent)
                self._counter.discount(line_id, percent, person)
        except BadInput as error:
            self._editor.set_wrong(True)
            self.wrong.emit(error)

    @staticmethod
    def _read_percent(text: str, language: str) -> Decimal | None:
        if not text.strip():
            return None
        percent = read_number(text.strip().rstrip("%").strip(), language, digits=2, field="discount")
        if percent > 100:
            raise BadField("discount", "out_of_range", text.strip())
        return percent or None
