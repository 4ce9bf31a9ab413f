"""A document typed at the checkout: the form opened for it, what is wrong shown there, a visitor taken out by it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.mrz import BadDocument
from pos.ui.checkout.counter import Counter
from pos.ui.checkout.visitor_form import VisitorForm
from pos.ui.session import Session
from pos.ui.sounds import Sound


class DocumentSteps(QObject):
    """Stands between the form and the counter. `show` puts the form beside the basket, or takes it away.

    `dismissed` tells that the sale goes on without the chosen visitor.
    """

    dismissed = Signal()

    def __init__(self, session: Session, counter: Counter, form: VisitorForm, show: Callable[[bool], None]) -> None:
        super().__init__(form)
        self._session = session
        self._counter = counter
        self._form = form
        self._show = show
        form.typed.connect(counter.identify_typed)
        form.dismissed.connect(self._dismiss)
        form.asked.connect(self._ask)
        form.counts = session.finishing.counts

    def open(self) -> None:
        """Ask for a document; one visitor who stands there alone can be taken out there too."""
        self._show(True)
        view = self._counter.view
        self._form.open(alone=view is not None and len(view.visitors) == 1)

    def tell_wrong(self, error: BadDocument) -> None:
        """Say beside the fields what cannot be taken."""
        self._session.sounds.play(Sound.REFUSE)
        self._form.tell_wrong(self._session.wording(error), error.field)

    def _ask(self) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.finishing.turned()

    def _dismiss(self) -> None:
        self.dismissed.emit()
        self._show(False)
