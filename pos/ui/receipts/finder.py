"""The receipts of the history, filtered by kind, cashier, time and till."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.application.ports.return_ports import FoundReceiptPage as FoundPage
from pos.application.ports.return_ports import ReceiptFilter
from pos.application.receipts.tables import history
from pos.application.tables.listing import Listing
from pos.application.text.names import HISTORY_KINDS
from pos.application.text.translator import N_, Translator
from pos.domain.staff.staff import Person
from pos.domain.visitors.document import read_scanned
from pos.ui.look.theme import Space
from pos.ui.receipts.receipt_finder import ReceiptFinder
from pos.ui.session.session import Session
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.tables.choices import Narrowing
from pos.ui.widgets.tables.periods import PERIODS, days_of

_NAMES = (N_("Type"), N_("Cashier"), N_("Period"), N_("Till"))


class HistoryFinder(ReceiptFinder):
    """`picked` is emitted when another receipt is chosen, or none."""

    picked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.kinds = Narrowing(N_("All receipts"), HISTORY_KINDS)
        self.people = Narrowing(N_("All staff"), {})
        self.periods = Narrowing(N_("All dates"), PERIODS)
        self.tills = Narrowing(N_("All tills"), {})
        self._boxes = (self.kinds, self.people, self.periods, self.tills)
        self._hints: list[tuple[str, KeyHint]] = []
        self.table.selectionModel().currentChanged.connect(lambda *_: self.picked.emit())
        self.box.submitted.connect(lambda _text: self._submit())
        for box in self._boxes:
            box.narrowed.connect(self.seek)
        self._lay_out()

    def offer(self, people: Mapping[str, str], tills: Sequence[str]) -> None:
        """Offer these people and tills as filters."""
        self.people.let_choose(people, self.translator)
        self.tills.let_choose({till: till for till in tills}, self.translator)
        self.tills.setVisible(len(tills) > 1)

    def narrow_nothing(self) -> None:
        """Clear the filters of kind, person, time and till."""
        for box in self._boxes:
            box.widen()

    def widen(self) -> None:
        """Show the latest of all receipts again."""
        self.narrow_nothing()
        self.box.clear()
        self.document = None
        self.seek()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self.box.present(tr("Receipt"), tr("Number, goods, amount, day or time"), "Enter")
        for box, name in zip(self._boxes, _NAMES, strict=True):
            box.retranslate(tr, tr(name))
        for action, hint in self._hints:
            hint.present(self.session.actions.key_text(action), self.session.actions.text(action, tr))
        super().retranslate(tr)

    def ask(self, text: str, document: str | None, person: Person, before: int | None) -> Callable[[], FoundPage]:
        session, find, filters = self.session, self.session.shop.find_receipts, self.filters

        def call() -> FoundPage:
            if document is None:
                return find.history(text, filters, person, before)
            return find.history("", filters, person, before, document=read_scanned(document, session.today))

        return call

    def listing(self) -> Listing:
        """The list shown, as a table."""
        session, document = self.session, None
        if self.document is not None:
            document = read_scanned(self.document, session.today)
        return history(session.shop.find_receipts, self.box.text(), self.filters, document)

    def may_ask(self, person: Person) -> bool:
        return person.may("reports")

    def answered(self) -> None:
        self.picked.emit()

    @property
    def filters(self) -> ReceiptFilter:
        """The filter of the boxes."""
        days = days_of(self.periods.key, self.session.today)
        return ReceiptFilter(self.kinds.key, self.people.key, self.tills.key, days)

    def _submit(self) -> None:
        """Enter: search at once, and focus the rows."""
        if self.wait.isActive():
            self.seek()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        boxes = Flow(*self._boxes)
        column = QVBoxLayout(self)
        self.lay_out(column)
        column.insertWidget(1, boxes)
        keys = QHBoxLayout()
        keys.setSpacing(Space.XS)
        names = ("history_kind", "history_cashier", "history_period", "history_till")
        for action, box in zip(names, self._boxes, strict=True):
            hint = KeyHint(self.session.theme, self.session.actions.key_text(action), "")
            hint.clicked.connect(box.step)
            self._hints.append((action, hint))
            keys.addWidget(hint)
        keys.addStretch(1)
        column.addLayout(keys)
        column.setContentsMargins(0, 0, 0, 0)
        for before, after in pairwise((self.box.field, *self._boxes, self.table)):  # the boxes are made last
            self.setTabOrder(before, after)
