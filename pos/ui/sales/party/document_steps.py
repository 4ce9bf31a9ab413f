"""A document typed at the checkout: the form for it, its errors, and the removal of a visitor."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.visitors.mrz import BadDocument
from pos.ui.look.sounds import Sound
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.party.visitor_form import VisitorForm
from pos.ui.session.session import Session


class DocumentSteps(QObject):
    """Connects the form and the controller. `show` puts the form beside the basket, or removes it.

    `dismissed` means that the sale goes on without the chosen visitor.
    """

    dismissed = Signal()

    def __init__(
        self, session: Session, counter: CheckoutController, form: VisitorForm, show: Callable[[bool], None]
    ) -> None:
        super().__init__(form)
        self._session = session
        self._counter = counter
        self._form = form
        self._show = show
        form.typed.connect(counter.identify_typed)
        form.dismissed.connect(self._dismiss)
        form.asked.connect(self._ask)
        form.counts, form.answers = session.finishing.counts, session.finishing.answers

    def open(self) -> None:
        """Ask for a document; the form also offers to remove the only visitor. One that is being typed stays."""
        if self._form.isVisible() and self._form.is_begun:
            self._form.ask_to_finish()
            return
        self._show(True)
        view = self._counter.view
        self._form.open(alone=view is not None and len(view.visitors) == 1)

    def show_error(self, error: BadDocument) -> None:
        """Show the error beside the fields."""
        self._session.sounds.play(Sound.REFUSE)
        self._form.show_error(lambda: self._session.wording(error), error.field)

    def _ask(self) -> None:
        self._session.sounds.play(Sound.REFUSE)
        self._session.finishing.turned()

    def _dismiss(self) -> None:
        self.dismissed.emit()
        self._show(False)
