"""To be sent: opens the form of the parcel, passes its steps on, and keeps form and card as the sale is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from pos.application.sales.check_order import check_may_send
from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput, RuleBroken
from pos.domain.quota.rule import Regime
from pos.domain.sales.parcel import Parcel, ParcelTooLight, Recipient
from pos.ui.look.sounds import Sound
from pos.ui.receipts.parcel_words import parcel_text, to_whom
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.parcel.parcel_card import ParcelCard, ParcelView
from pos.ui.sales.parcel.parcel_form import ParcelForm
from pos.ui.sales.parcel.parcel_words import rules_text, unchecked_text
from pos.ui.session.session import Session


class ParcelSteps(QObject):
    """Connects form, card and controller. `show` puts the form beside the basket, or removes it; `refuse` says why
    nothing is sent.
    """

    def __init__(
        self,
        session: Session,
        counter: CheckoutController,
        card: ParcelCard,
        show: Callable[[QWidget, bool], None],
        refuse: Callable[[Exception], None],
    ) -> None:
        form = self.form = ParcelForm(session.theme)
        super().__init__(form)
        self._session = session
        self._counter = counter
        self._card = card
        self._show = show
        self._refuse = refuse
        self._key = ""
        """Whose parcel is typed: another sale has another."""
        self._service = ""
        """Who brought the last parcel: mostly it is the same again."""
        form.is_double = session.finishing.is_double
        form.entered.connect(self._send)
        form.wrong.connect(self.show_error)
        form.leaves.connect(counter.leave_to)
        form.removed.connect(self.carry)
        form.left.connect(self._close)
        card.removed.connect(self.carry)
        counter.refused.connect(lambda _error: form.refused())
        counter.presented.connect(self._follow)

    def retranslate(self, tr: Translator) -> None:
        """Say everything in another language."""
        self.form.retranslate(tr)
        if self._counter.view is not None:
            self._present(self._counter.view)

    def open(self) -> None:
        """Ask how the goods are sent, or say why they cannot be. What is being typed stays."""
        view, session = self._counter.view, self._session
        if view is None:
            return
        try:
            check_may_send(view, session.settings, session.shop.regimes())
        except RuleBroken as refused:
            self._refuse(refused)
            return
        if self.form.is_begun and not self.form.isHidden():
            self.form.ask_to_finish()
            return
        self._key = view.key
        self._show(self.form, True)
        days = session.settings.parcel_address_days
        self.form.open(view.parcel, view.recipient, self._service, days, session.translator)
        self._present(view)

    def carry(self) -> None:
        """The goods are carried out after all."""
        self._counter.change(Checkout.carry, then=lambda _view: self._close())

    def insist(self) -> bool:
        """Before payment: open the form where it is not said, or not any more, to whom the parcel goes."""
        view = self._counter.view
        if view is None or view.parcel is None or view.recipient is not None:
            return False
        self.open()
        self.form.show_error(lambda: self._missing(view), "recipient")
        self._session.sounds.play(Sound.NOTE)
        return True

    def weigh(self) -> None:
        """Open the form at the weight, which the goods are above by now."""
        self.open()
        view = self._counter.view
        if view is not None and view.too_light is not None:
            self.show_error(view.too_light)

    def show_error(self, error: Exception) -> None:
        """Show beside the fields what cannot be taken."""
        self._session.sounds.play(Sound.REFUSE)
        self.form.show_error(lambda: self._session.wording(error), getattr(error, "field", ""))

    def takes(self, error: Exception) -> bool:
        """Whether a refusal is about what is typed in the form on show."""
        about = isinstance(error, BadInput) and getattr(error, "field", "").startswith("parcel.")
        return not self.form.isHidden() and (about or isinstance(error, ParcelTooLight))

    def _send(self, parcel: Parcel, recipient: Recipient) -> None:
        before = self._counter.view

        def step(checkout: Checkout) -> CheckoutView:
            return checkout.send(parcel, recipient)

        if before is not None and (before.parcel, before.recipient) == (parcel, recipient):
            self._close()  # nothing is changed
            return
        self._counter.change(step, then=self._sent)

    def _sent(self, view: CheckoutView) -> None:
        self._service = "" if view.parcel is None else view.parcel.delivery_service
        self._close()

    def _close(self) -> None:
        if not self.form.isHidden():
            self._show(self.form, False)

    def _follow(self, view: CheckoutView) -> None:
        self._present(view)
        gone = view.key != self._key or not view.lines or len(view.visitors) > 1
        if gone:
            self._close()

    def _present(self, view: CheckoutView) -> None:
        tr = self._session.translator
        regime = self._rules(view)
        words = "" if regime is None else rules_text(regime, view.at.astimezone(regime.zone).date(), tr)
        unchecked = "" if regime is None else unchecked_text(regime, tr)
        self.form.follow(view.destination, "\n".join(part for part in (words, unchecked) if part))
        shown = None
        if view.parcel is not None:
            said = parcel_text(view.parcel, tr), to_whom(view.recipient)
            shown = ParcelView(*said, words, unchecked, self._missing(view))
        self._card.present(shown, self._session.actions.key_text("send"), tr)

    def _rules(self, view: CheckoutView) -> Regime | None:
        """The shop's rules for parcels to where the sale goes."""
        named = self._session.settings.parcel_regime_for(view.destination or "")
        return self._session.shop.regimes().get(named)

    def _missing(self, view: CheckoutView) -> str:
        tr = self._session.translator
        if view.recipient is None:
            return tr("Recipient and address were erased after their days. Enter them again before payment.")
        return "" if view.too_light is None else self._session.wording(view.too_light)
