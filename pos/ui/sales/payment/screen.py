"""The payment: tenders in any currency until nothing is left, then the sale is recorded, once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from pos.application.membership.refusals import CenterRefused
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import Payment
from pos.application.sales.take_payment import PaymentInProgress
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput, OutcomeUnknown, Refused, StoreUnavailable
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.payment_code import PaymentCode
from pos.domain.payment.pending_refund import PaymentRefunded
from pos.domain.payment.tender import METHODS
from pos.domain.payment.tender_doubts import DoubtfulEntry
from pos.domain.returns.goods_return import Refund, RefundChanged
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Person
from pos.ui.input.actions import CHECKOUT, PAID, PAYMENT, currency_actions, pay_action
from pos.ui.look.sounds import Sound
from pos.ui.page.screen import Screen
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.sales.current_sale.opening import PaymentOpening
from pos.ui.sales.current_sale.received_money import Given, given_in, waiting_text
from pos.ui.sales.payment import further_tenders
from pos.ui.sales.payment.change_column import ChangeColumn, State
from pos.ui.sales.payment.charged_tenders import ChargedTenders
from pos.ui.sales.payment.due_column import DueColumn
from pos.ui.sales.payment.entry_column import EntryColumn
from pos.ui.sales.payment.payment_columns import PaymentColumns
from pos.ui.session.commit_uncertainty import wording_now
from pos.ui.session.sale_news import PaymentShown
from pos.ui.session.session import Session
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.fields.key_positions import ENTERS

_SLOW_MS = 80
"""Milliseconds after which “Recording…” is shown: nearly always the change is on show before."""


class PaymentScreen(Screen):
    """Takes tenders for the Counter's sale. `kept`: left with something given. `changed`: something else is given; it
    is not painted yet.

    While a sale is being recorded nothing can be changed; what is scanned meanwhile waits for the next customer. When
    it is unknown whether it was recorded, only the same question can be asked again: the sale's key makes it harmless.
    Where the database was lost over it, it is asked by itself as soon as the database answers, before the next basket.
    """

    screen_id = PAYMENT
    rail = CHECKOUT
    takes_scans = True
    kept = Signal()
    changed = Signal()

    def __init__(self, session: Session, counter: CheckoutController, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._counter = counter
        self._opening: PaymentOpening | None = None
        self._payment: PaymentInProgress | None = None
        self._recovered: Given | None = None  # before the till stopped, until the payment goes on
        self._basket: CheckoutView | None = None
        self._key = ""
        self._held = ""
        """The key of the sale whose goods and allowance are held for its payment."""
        self._state = State.OPEN
        self._error: Exception | None = None
        self._refused_entry: Exception | None = None
        """What was said about the amount and the reference that are typed: over as soon as they are others."""
        self._is_entered = False
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._present)
        self.due = DueColumn(session.theme)
        self.entry = EntryColumn(session)
        self.change = ChangeColumn(session.theme, session.actions)
        self.charged = ChargedTenders(session, self, self.entry, self.change)
        self.charging, self.news = self.charged.steps, self.charged.news
        columns = PaymentColumns(self.due, self.entry, self.charged.place)
        vbox(self.news, Stretched(columns), spacing=0, margins=0, parent=self)
        self.key_handlers = self._key_handlers()
        self._connect()
        self.retranslate(session.translator)

    @property
    def payment(self) -> PaymentInProgress | None:
        """The payment of the sale at hand."""
        return self._payment

    @property
    def state(self) -> State:
        """Where the recording stands."""
        return self._state

    def open(self, opening: PaymentOpening) -> None:
        """Begin, or go on with what was given before for the same sale."""
        key = opening.view.key
        before = self._payment if key == self._key else None
        self._opening, self._payment, self._basket = opening, opening.payment(before, self._recovered), opening.view
        self._key, self._held, self._recovered = key, key, None
        self.entry.typed_at(before)
        self._without(opening.refunded)
        self.charged.open(opening)
        if not self._is_unknown():
            changed = self._error if isinstance(self._error, RefundChanged) else None  # it says why
            self._state = further_tenders.state_of(self._payment) if changed is None else State.REFUSED
            self._error = changed
        self.change.card.announce_again()
        if not self._is_overpaid():
            self._present()
        self.session.go(PAYMENT)
        self.charged.take_expected()

    def given(self) -> Given | None:
        """What was given for the basket in hand; None for nothing."""
        return self._recovered or given_in(self._payment, self._key)

    def recover(self, given: Given | None) -> None:
        """The basket in hand was in hand when the till stopped, and this was given for it."""
        self._recovered = given

    def give_back(self) -> None:
        """Everything that was handed over goes back to the customer."""
        given, self._recovered = self.given(), None
        if given is not None and not self._is_unknown():
            self.charging.give_back(given.tenders)
        if self._payment is not None and self._state is not State.UNCERTAIN:
            self._payment = replace(self._payment, tenders=(), approved=frozenset(), change_currency=None)
        self.changed.emit()

    def take_off(self, refunded: Collection[str]) -> None:
        """The tenders with these ids were given back: they pay for nothing any more."""
        if self._without(refunded):
            self._state, self._error = State.OPEN, None

    def _without(self, refunded: Collection[str]) -> bool:
        given = self.given()
        if self._is_unknown() or given is None or given.without(refunded) == given:
            return False
        self._recovered = self._recovered and self._recovered.without(refunded)
        self._payment = self._payment and self._payment.without(refunded)
        self.changed.emit()
        return True

    # ── what the window says ─────────────────────────────────────────────────────────────────────────────────

    def retranslate(self, tr: Translator) -> None:
        self.entry.retranslate(tr)
        self.charging.retranslate(tr)
        self._present()

    def entered(self) -> None:
        self.entry.go_on()
        self._is_entered = True
        self._publish()

    def left(self) -> None:
        """What is typed stays for the same sale and person: goods scanned in the middle of it are no answer to it."""
        self._is_entered = False
        self.news.clear()
        if isinstance(self._error, RefundChanged):  # it was on show, and is no word about what is opened next
            self._state, self._error = State.OPEN, None
        if self._payment is not None and self._payment.tenders and not self._is_unknown():
            self.kept.emit()
        self.session.sale_news.payment_left.emit()

    def _person_changed(self, person: Person | None) -> None:
        """The till is locked on any page: what is typed here is not for the next person."""
        if person is None:
            self.entry.forget()

    def scanned(self, text: str) -> None:
        """The goods still belong into the basket, and the payment can wait."""
        if self._counter.is_recording:
            self._counter.scan(text)
            return
        if self.charging.holds_up():
            return
        self._leave()
        if (quantity := self._counter.take_quantity()) is not None:
            self._counter.scan(text, quantity)

    def document_scanned(self, text: str) -> None:
        if not self._counter.is_recording:
            if self.charging.holds_up():
                return
            self._leave()
        self._counter.identify_scanned(text)

    def payment_code_scanned(self, code: PaymentCode, *, perhaps_document: bool) -> None:
        if not self._is_unknown():
            self.charged.scanned(code, perhaps_document=perhaps_document)
        else:
            self.session.sounds.play(Sound.UNREAD)

    def waiting(self) -> str:
        return waiting_text(self.given(), None if self._recovered else self._payment, self.translator)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter means the same wherever the focus is."""
        if event.key() in ENTERS:
            self.confirm()
            return
        super().keyPressEvent(event)

    # ── tenders ──────────────────────────────────────────────────────────────────────────────────────────────

    def confirm(self) -> None:
        """Enter: add the amount typed; with nothing typed and nothing left, record."""
        payment = self._payment
        if payment is None or self._state is State.RECORDING or self._is_held_up():
            return
        is_typed, counts = not self.entry.amount.is_empty(), self.session.finishing.counts()
        if self._state is State.UNCERTAIN or (not is_typed and payment.view().is_settled):
            if counts:
                self.record()
        elif is_typed:
            if counts or self._state is not State.ASKED:
                self._add(self.entry.amount.amount())
        else:
            self.session.sounds.play(Sound.NOTE)

    def pay_rest(self) -> None:
        """F12: what is typed, or exactly what is left in the chosen currency and method, and record."""
        payment = self._payment
        if payment is None or self._state is State.RECORDING or self._is_held_up():
            return
        if self._state in (State.OPEN, State.REFUSED, State.ASKED, State.APPROVING):
            if not self.entry.amount.is_empty():
                is_paid = payment.view().is_settled
                self._add(self.entry.amount.amount(), then=None if is_paid else self.finish_if_paid)
                return
            if not payment.view().is_settled:
                self._add(payment.remaining(), then=self.finish_if_paid)
                return
        self.finish_if_paid()

    def _finish(self) -> None:
        """The button: what is typed is added first, as Enter does, and shown before anything is recorded."""
        open_ = self._state in (State.OPEN, State.REFUSED, State.ASKED, State.APPROVING)
        if open_ and not self.entry.amount.is_empty():
            if not self._is_in_doubt():
                self._add(self.entry.amount.amount())
        else:
            self.record()

    def _is_held_up(self) -> bool:
        """Whether something has to be settled first: an open charge, a doubtful amount, too much by card or wallet."""
        return self.charging.holds_up() or self._is_in_doubt() or self._is_overpaid()

    def finish_if_paid(self) -> None:
        """A tender with which all is paid is not laid out for the moment until the change is on show."""
        if self._payment is not None and self._payment.view().is_settled:
            self.record()
        else:
            self._present()

    def record(self) -> None:
        """Record the sale with these tenders; pressed twice it is recorded once."""
        payment, person = self._payment, self.session.person
        if payment is None or person is None or self._state is State.RECORDING or not payment.view().is_settled:
            return
        if self.charging.is_open:
            return
        if self._state is State.APPROVING:
            payment = self._payment = further_tenders.with_approved(payment)
        if further_tenders.to_approve(payment) is not None and self._state is not State.UNCERTAIN:
            self._ask_approval()
        elif not self._is_overpaid():
            self._state, self._error = State.RECORDING, None
            back = None if self._opening is None else self._opening.money_back
            given = Payment(payment.tenders, payment.change_currency, payment.handing, back)
            self._counter.complete(given, person)
            self._slow.start()
        self.changed.emit()

    def _ask_approval(self) -> None:
        """What has not come by card or wallet is no payment: ask about one after the other, before recording."""
        self._state, self._error = State.APPROVING, None
        self.session.finishing.turned()
        self.session.sounds.play(Sound.NOTE)
        self._present()

    def _back(self) -> None:
        """Esc: cancel what a provider is asked for; what is asked about has not come by card or wallet; else drop what
        is typed; else back to the basket.
        """
        if self.charging.is_open:
            self.charging.undo()
        elif self._state is State.APPROVING:
            self.change_tenders(further_tenders.without_unapproved)
        elif self._state in (State.OPEN, State.REFUSED, State.ASKED) and self.entry.is_typed:
            self.entry.begin()
        else:
            self.entry.forget()
            self._leave()

    def _is_nothing_taken(self) -> bool:
        """Whether money only goes back: what is typed or tapped then is what is handed out, and no payment."""
        if self._refund is None or self._is_unknown():
            return False
        self.entry.begin()
        self.session.sounds.play(Sound.NOTE)
        return True

    def _add(self, amount: Money, then: Callable[[], None] | None = None) -> None:
        if self._is_nothing_taken() or self.charged.takes(amount):
            return
        reference, sure = self._reference(), further_tenders.is_same(self._error, amount)
        referenced = self.session.settings.referenced()
        self.change_tenders(
            lambda payment: further_tenders.with_typed(
                payment, amount, reference, due_before=self.entry.due_before, sure=sure, referenced=referenced
            ),
            done=self._added,
            then=then,
        )

    def _added(self) -> None:
        """Where all is paid now, the change is seen before Enter means *record*: pressed twice it only adds."""
        self.entry.begin()
        if self._payment is not None and self._payment.view().is_settled:
            self.session.finishing.turned()

    def _give_note(self, note: Money) -> None:
        """One more note: together with those of the same currency given just before."""
        if not self._is_nothing_taken():
            self.change_tenders(lambda payment: further_tenders.with_note(payment, note))

    def _give_exact(self) -> None:
        payment = self._payment
        if payment is not None and payment.remaining():
            self._add(payment.remaining())

    def _remove_tender(self, index: int) -> None:
        if self._payment is not None and not self._is_unknown() and not self.charging.is_open:
            self.charging.give_back(self._payment.tenders[index : index + 1])
        self.change_tenders(lambda payment: payment.without({payment.tenders[index].id}))

    def _choose_currency(self, currency: Currency) -> None:
        if self._pay_back(currency=currency):
            return
        amount = self.entry.amount
        meant = amount.amount() if amount.doubt is None and not amount.is_empty() else None
        self.change_tenders(lambda payment: payment.choosing(currency))
        if meant is not None:  # the same figure, in the currency in which it was given
            amount.set_amount(Money.rounded(meant.units, currency))
        amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _choose_method(self, method: str) -> None:
        if self._pay_back(method=method):
            return
        self.change_tenders(lambda payment: payment.by(method))
        self.entry.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pay_back(self, *, method: str | None = None, currency: Currency | None = None) -> bool:
        """Where goods that come back are worth more than the basket, the money for them goes so."""
        refund, person = self._refund, self.session.person
        if refund is None or person is None:
            return False
        if not self._is_unknown():
            self._counter.pay_back(method or refund.method, currency or refund.amount.currency, person)
        return True

    @property
    def _refund(self) -> Refund | None:
        """The first part of the money that only goes back; its way may be another than the chosen one."""
        return None if self._opening is None else self._opening.only_goes_back(self._payment)

    def _choose_change(self, currency: Currency) -> None:
        self.change_tenders(lambda payment: payment.giving_change_in(currency))

    def _next_change_currency(self) -> None:
        if not self.change.choose_next():
            self.session.sounds.play(Sound.NOTE)

    def _other_notes(self) -> None:
        self.change_tenders(PaymentInProgress.with_other_notes)

    def change_tenders(
        self,
        change: Callable[[PaymentInProgress], PaymentInProgress],
        done: Callable[[], None] | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Take a change; `then` comes in place of showing it."""
        if self._payment is None or self._state in (State.RECORDING, State.UNCERTAIN) or self.charging.holds_up():
            return
        try:
            self._payment = change(self._payment)
        except (BadInput, Refused) as error:
            asked = isinstance(error, DoubtfulEntry)
            self.session.sounds.play(Sound.UNKNOWN if asked else Sound.REFUSE)
            self._state, self._error = State.ASKED if asked else State.REFUSED, further_tenders.field_of(error)
            self._refused_entry = self._error
            self.session.finishing.turned()
            self._present()
            self.entry.amount.ask_again()
            return
        self._state, self._error = State.OPEN, None
        if done is not None:
            done()
        if not self._is_overpaid():
            is_open = further_tenders.state_of(self._payment) is State.OPEN
            (then or (self._present if is_open else self._ask_approval))()
        self.changed.emit()  # a sale is recorded beside it

    def _is_in_doubt(self) -> bool:
        """Whether the typed amount could be read in two ways (1,000); then a notice says so, and nothing is paid."""
        doubt = self.entry.amount.doubt
        if doubt is None or self._state in (State.RECORDING, State.UNCERTAIN):
            return False
        self._refused_entry = doubt
        return self._refuse(doubt)

    def _refuse(self, why: Exception) -> bool:
        """Say why nothing is taken."""
        self._state, self._error = State.REFUSED, why
        self.session.finishing.turned()
        self.session.sounds.play(Sound.REFUSE)
        self._present()
        return True

    def _unread(self) -> None:
        """A typed character is no figure: the field does not take it, and a sound says so."""
        if not self._is_in_doubt():
            self.session.sounds.play(Sound.UNREAD)

    def _is_overpaid(self) -> bool:
        """Whether cards and wallets have paid more than the basket costs by now; then a notice says so."""
        over = None if self._payment is None else further_tenders.overpaid(self._payment)
        return over is not None and not self._is_unknown() and self._refuse(over)

    def _typed_over(self) -> None:
        """Another figure or reference is typed than the one that was asked about or refused."""
        if self._state in (State.ASKED, State.REFUSED) and self._error is self._refused_entry:
            self._state, self._error = State.OPEN, None
            self._present()

    def _reference(self) -> str:
        payment = self._payment
        return "" if payment is None or payment.method == "cash" else self.entry.reference.text().strip()

    # ── what came of it ──────────────────────────────────────────────────────────────────────────────────────

    def _sold(self, _sale: Sale) -> None:
        self._slow.stop()
        self._state, self._error, self._payment = State.OPEN, None, None
        self._key = self._held = ""
        self.entry.forget()
        self.session.sounds.play(Sound.PAID)
        self.session.go(PAID)

    def _unsold(self, error: Exception) -> None:
        self._slow.stop()
        certain = not self._counter.is_recording
        if certain and isinstance(error, CenterRefused):
            self._back_to_basket(error)
            return
        self._state, self._error = (State.REFUSED if certain else State.UNCERTAIN), error
        if isinstance(error, PaymentRefunded) and self._without(error.tenders):
            self.session.finishing.turned()  # what is left to pay is seen first
        self.session.sounds.play(Sound.REFUSE if certain else Sound.UNKNOWN)
        self._present()
        self.entry.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        self.report_elsewhere(error)
        if isinstance(error, RefundChanged) and self.session.person is not None:  # it is opened again, and shows it
            self.session.finishing.turned()
            self._counter.open_payment(self.session.person)

    def _back_to_basket(self, error: CenterRefused) -> None:
        """What the visitors may still carry is another by now: it is seen first. What was given stays given."""
        self._state, self._error = State.OPEN, None
        self._release()
        self.session.finishing.turned()
        self.session.go(CHECKOUT)
        self._counter.refused.emit(error)

    def _basket_changed(self, view: CheckoutView) -> None:
        """The basket was emptied by a new sale, or changed after the cashier went back: what was given stays given."""
        if view.key != self._held:
            self._release()
        if view.key != self._key:
            self.charging.forget()
            self._payment, self._key, self._state, self._error = None, "", State.OPEN, None
            self.entry.forget()
        if self._recovered is not None and view.key != self._recovered.key:
            self._recovered = None

    def _look_again(self) -> None:
        """The store answers again: what is unknown is resolved before anything else."""
        if self._state is State.UNCERTAIN:
            self.record()

    def _leave(self) -> None:
        if self._state is State.RECORDING or (
            self._state is State.UNCERTAIN and isinstance(self._error, OutcomeUnknown | StoreUnavailable)
        ):
            return  # nothing else can be done meanwhile, and the till finds out by itself
        if self._state is State.UNCERTAIN:
            self._counter.find_out(self.record, self._was_not_recorded)
        else:
            self._release()
            self.session.go(CHECKOUT)

    def _page_shown(self, screen_id: str) -> None:
        """Back at the basket, by whichever way, the payment was left; help, or a page on the way, does not end it."""
        if screen_id == CHECKOUT and not self._is_unknown():
            self._release()

    def _release(self) -> None:
        """Goods and allowance for which no one pays are free for the next sale."""
        if self._held and not self.charging.is_open:
            self._counter.release(self._held)
            self._held = ""

    def _was_not_recorded(self) -> None:
        """The store has answered: the basket can be changed and paid again."""
        self._state, self._error = State.OPEN, None
        self._present()
        if self.session.is_awaited:
            self._leave()

    def _is_unknown(self) -> bool:
        """Whether the sale is being recorded, or may be: its money is neither taken nor to be given back."""
        return self._state in (State.RECORDING, State.UNCERTAIN)

    def _present(self) -> None:
        payment, opening, basket = self._payment, self._opening, self._basket
        if payment is None or opening is None or basket is None:
            return
        tr, view = self.translator, payment.view()
        asked = further_tenders.to_approve(payment)
        locked = self._state in (State.RECORDING, State.UNCERTAIN) or self.charging.is_open
        refusal = further_tenders.refused_text(self._error, payment.tenders, self._wording, tr)
        self.charged.show_charge()
        self.due.present(view, basket, opening, tr, locked=locked)
        refund = self._refund
        way = view if refund is None else replace(view, method=refund.method, currency=refund.amount.currency)
        self.entry.present(way, payment.rates, tr, locked=locked, takes=refund is None)
        self.entry.present_providers(() if refund is not None else self.charged.offered(payment), tr)
        self.change.present(
            view, payment.rates, tr, self._state, refusal, opening.money_back, asked, beyond=opening.beyond,
            by_provider=opening.by_provider, is_away=self.session.is_away,
        )  # fmt: skip
        self._publish()

    def _wording(self, error: Exception) -> str:
        return wording_now(error, self.session.wording, self.translator, is_away=self.session.is_away)

    def _publish(self) -> None:
        """Let those who look on know where the payment stands."""
        payment, opening = self._payment, self._opening
        if self._is_entered and payment is not None and opening is not None:
            self.session.sale_news.paying.emit(PaymentShown(payment, opening.money_back, self.charging.charge))

    def _key_handlers(self) -> dict[str, Callable[[], None]]:
        handlers = currency_actions(pay_action, self._choose_currency)
        handlers |= {method: partial(self._choose_method, method) for method in METHODS}
        handlers |= {"other_notes": self._other_notes, "change_currency": self._next_change_currency}
        handlers |= self.charging.key_handlers()
        return {**handlers, "pay_rest": self.pay_rest, "back": self._back}

    def _connect(self) -> None:
        self.session.person_changed.connect(self._person_changed)
        self.due.removed.connect(self._remove_tender)
        self.entry.currency_chosen.connect(self._choose_currency)
        self.entry.method_chosen.connect(self._choose_method)
        self.entry.given.connect(self._give_note)
        self.entry.exact.connect(self._give_exact)
        self.entry.confirmed.connect(self.confirm)
        self.entry.amount.changed.connect(lambda _amount: self._typed_over())
        self.entry.reference.textEdited.connect(lambda _text: self._typed_over())
        self.entry.amount.refused.connect(lambda _why: self._unread())
        self.entry.all_of_it.connect(lambda: self.pay_rest() if self.session.finishing.counts() else None)
        self.change.record.connect(self._finish)
        self.change.change_chosen.connect(self._choose_change)
        self.change.other_notes.connect(self._other_notes)
        self.charging.changed.connect(self._present)
        self._counter.payable.connect(self.open)
        self._counter.presented.connect(self._basket_changed)
        self._counter.sold.connect(self._sold)
        self._counter.unsold.connect(self._unsold)
        self.session.page_shown.connect(self._page_shown)
        self.session.came_back.connect(self._look_again)
        self.session.away_changed.connect(lambda _away: self._present())
