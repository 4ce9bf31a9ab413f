"""The form for purchases from elsewhere at the checkout: opened for a visitor, kept up to date, with its errors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.domain.errors import BadInput
from pos.ui.look.sounds import Sound
from pos.ui.quota.party_words import called
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.party.declared_form import DeclaredForm
from pos.ui.session.session import Session


class DeclaredSteps(QObject):
    """Connects the form and the controller. `show` puts the form beside the basket."""

    def __init__(
        self, session: Session, counter: CheckoutController, form: DeclaredForm, show: Callable[[QWidget], None]
    ) -> None:
        super().__init__(form)
        self._session = session
        self._counter = counter
        self._form = form
        self._show = show
        self._key = ""
        """Whose form it is: another sale gives the same letter to another visitor."""
        form.declared.connect(counter.declare)
        form.wrong.connect(self.show_error)
        counter.refused.connect(lambda _error: form.refused())

    def open(self, label: str) -> None:
        """Ask what the visitor with this label bought elsewhere."""
        view = self._counter.view
        visitor = next((v.visitor for v in view.visitors if v.visitor.label == label), None) if view else None
        if visitor is not None:
            self._key = visitor.key
            self._show(self._form)
            currency = self._session.settings.price.code
            self._form.open(label, called(visitor), currency, visitor.declared, self._session.translator)

    def follow(self, view: CheckoutView) -> bool:
        """Show everything declared; False if the form's visitor has left the sale."""
        of_letter = (v.visitor for v in view.visitors if v.visitor.label == self._form.label)
        visitor = next((one for one in of_letter if self._key in one.keys), None)
        if visitor is not None:
            self._form.follow(visitor.declared)
        return visitor is not None

    def takes(self, error: Exception) -> bool:
        """Whether a refusal is about what is typed in the form on show."""
        return isinstance(error, BadInput) and not self._form.isHidden()

    def show_error(self, error: Exception) -> None:
        """Show beside the fields what cannot be declared."""
        self._session.sounds.play(Sound.REFUSE)
        self._form.show_error(lambda: self._session.wording(error), getattr(error, "field", ""))
