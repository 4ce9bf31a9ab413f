"""The sale in progress as the window knows it: steps run on the store's thread, answers arrive on the window's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.quota.quota_advice import QuotaAdvice
from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.approved_basket import approvals_at, check_payable, order_of, together
from pos.application.sales.checkout import BasketChanged, Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import Payment
from pos.application.sales.required_approvals import pricing_approvals
from pos.domain.catalogue.piece import AsksWeight
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Currency, Money
from pos.domain.pricing.discount import Discount
from pos.domain.quota.parties import PartyEvaluation
from pos.domain.sales.cart import Cart
from pos.domain.sales.goods_for_sale import IncompleteProduct
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person
from pos.domain.visitors.declared import Declared
from pos.domain.visitors.document import read_scanned, read_typed
from pos.ui.sales.current_sale.advice_search import CounselSearch, split_of
from pos.ui.sales.current_sale.log_blocked_basket import noting_stopped
from pos.ui.sales.current_sale.opening import PaymentOpening
from pos.ui.session.commit_uncertainty import CommitUncertainty
from pos.ui.session.session import Session

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ProductCompletion:
    """What a user fills in about a product; None leaves a field as it is."""

    category: str | None
    price: Money | None
    attributes: Attributes


class CheckoutController(QObject):
    """One till's sale in progress. Every step is queued in the order asked and answered by a signal.

    A view older than the one shown is dropped. The Checkout itself lives on the worker thread only: even creating it
    reads the store.
    """

    presented = Signal(object)
    """A CheckoutView, newer than any before."""
    added = Signal(object)
    """The CheckoutView after an accepted scan or choice; `presented` came just before."""
    started = Signal(object)
    """The CheckoutView of a new sale."""
    identified = Signal(object)
    """The CheckoutView with a new visitor, or with a visitor who was chosen by a document shown before."""
    advised = Signal(object)
    """The QuotaAdvice for the shown view, if it had to be searched for; it comes a moment after `presented`."""
    shared = Signal(object)
    """The PartyEvaluation by which the basket was just split."""
    incomplete = Signal(object, int)
    """A FoundProduct that cannot be sold because data is missing, and the scanned quantity."""
    weighing = Signal(object, int)
    """The same of goods by weight that were not weighed."""
    refused = Signal(object)
    """The exception; nothing has changed."""
    payable = Signal(object)
    """A PaymentOpening: the payment may begin."""
    sold = Signal(object)
    """The Sale, recorded."""
    unsold = Signal(object)
    """The exception: nothing was recorded, or the outcome is unknown."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shop = session.shop
        self._checkout: Checkout | None = None
        self._recording = self._sold = False
        self._doubt = CommitUncertainty()
        self._held: list[Callable[[], None]] = []
        self._approval: Approval | None = None
        self._paying: Approval | None = None
        self._search = CounselSearch(session, self._advise)
        self.view: CheckoutView | None = None
        self.counsel: QuotaAdvice | None = None
        """The advice for `view`; None while it is being searched for."""

    @property
    def is_recording(self) -> bool:
        """Whether a sale is being recorded, or is recorded and its customer is still there."""
        return self._recording

    @property
    def is_sold(self) -> bool:
        """Whether the shown basket is sold and its customer is still there."""
        return self._sold

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def show(self) -> None:
        """Ask for the sale as it stands."""
        self._step(Checkout.view)

    def start_new(self) -> None:
        """Start the next customer's sale. What was scanned while the last sale was recorded comes first."""
        self._recording = self._sold = False
        self._approval = self._paying = None
        self._step(Checkout.start_new, self.started.emit)
        self._release()

    def scan(self, code: str, quantity: int = 1) -> None:
        """Add a product by its code, scanned or typed; held for the next customer while a sale is recorded."""
        if self._recording:
            self._held.append(lambda: self.scan(code, quantity))
            return
        self._add(lambda checkout: checkout.scan(code, quantity), quantity)

    def add(self, product_id: int, quantity: int = 1, grams: int | None = None) -> None:
        """A product chosen by hand, perhaps weighed."""
        self._add(lambda checkout: checkout.add(product_id, quantity, grams), quantity)

    def set_quantity(self, line_id: int, quantity: int) -> None:
        """Set another quantity in a row."""
        self._step(lambda checkout: checkout.set_quantity(line_id, quantity))

    def discount(self, line_id: int, given: Discount | None, person: Person) -> None:
        """Give a discount on a row; None removes the discount."""
        self._step(lambda checkout: checkout.discount(line_id, given, person))

    def change(self, call: Callable[[Checkout], CheckoutView]) -> None:
        """Take a step of the checkout that answers with its view alone."""
        self._step(call)

    def void(self, line_id: int, person: Person, then: Callable[[CheckoutView], None] | None = None) -> None:
        """Remove a row; `then` gets the view without it."""
        self._step(lambda checkout: checkout.void(line_id, person), then)

    def bring_back(self, hand: ReturnDraft, reason: str) -> None:
        """Add returned goods of a receipt, which pay for this sale; a recorded sale is left first."""
        if self._sold:
            self.start_new()
        self._step(lambda checkout: checkout.bring_back(hand, reason))

    def clear(self, person: Person, then: Callable[[CheckoutView], None]) -> None:
        """Discard this basket for the next customer; it can be undone."""
        self._step(lambda checkout: checkout.clear(person), then)

    def keep(self, index: int) -> None:
        """Keep the goods of a return row with the customer."""
        self._step(lambda checkout: checkout.exchange(lambda back: back.without_row(index)))

    def pay_back(self, method: str, currency: Currency, person: Person) -> None:
        """Set the method of the refund; the payment is opened again."""
        self._step(lambda checkout: checkout.exchange(lambda back: back.paying_back(method, currency)))
        self.open_payment(person)

    def undo(self) -> None:
        """Undo one step."""
        self._step(Checkout.undo)

    def leave_to(self, destination: str) -> None:
        """Switch the visitor's destination."""
        self._step(lambda checkout: checkout.leave_to(destination))

    def choose(self, label: str) -> None:
        """Make this visitor the one for the next scans."""
        self._step(lambda checkout: checkout.choose(label))

    def give(self, line_id: int, label: str, pieces: int | None = None) -> None:
        """Move a row, or some of its pieces, to another visitor."""
        self._step(lambda checkout: checkout.give(line_id, label, pieces))

    def follow_advice(self, person: Person, then: Callable[[CheckoutView, CheckoutView], None]) -> None:
        """Remove the goods that the shown advice names; if it names none, sharing again is enough.

        `then` gets the view before and the one after goods were removed.
        """
        advice, before = self.counsel, self.view
        if advice is None or advice.leave is None or before is None:
            return
        if advice.leave:
            rows, within = dict(advice.leave), advice.within
            self._step(lambda checkout: checkout.leave_behind(rows, person, within), lambda view: then(before, view))
        else:
            self.split()

    def split(self) -> None:
        """Share the basket over the visitors: as the screen shows, else by a search outside the store's thread."""
        question = self.view.question if self.view is not None else None
        if question is None or len(question.standings) < 2 or not question.cart.lines:
            return

        def share(best: PartyEvaluation) -> None:
            self._step(
                lambda checkout: checkout.share_out(question, question.shares_of(best)),
                lambda _view: self.shared.emit(best),
                again,
            )

        def again(error: Exception) -> None:
            if not isinstance(error, BasketChanged):
                self._refuse(error)
                return
            self.split()

        self._session.think(split_of(question, self.counsel), share, self._refuse)

    def declare(self, label: str, declared: tuple[Declared, ...]) -> None:
        """Record what a visitor declares to have bought elsewhere."""
        self._step(lambda checkout: checkout.declare(label, declared))

    def read_again(self) -> None:
        """Read the visitors again, with what became known elsewhere."""
        self._step(Checkout.read_again)

    def dismiss_visitor(self, label: str) -> None:
        """Continue the sale without this visitor."""
        self._step(lambda checkout: checkout.dismiss_visitor(label))

    def identify_scanned(self, text: str) -> None:
        """Add the visitor of a scanned document; held for the next customer while a sale is recorded."""
        if self._recording:
            self._held.append(lambda: self.identify_scanned(text))
            return
        self._identify(lambda checkout, today: checkout.identify(read_scanned(text, today)))

    def identify_typed(self, kind: str, number: str, country: str, birth_date: str) -> None:
        """Add the visitor of a typed document."""
        self._identify(
            lambda checkout, today: checkout.identify(read_typed(kind, number, country, birth_date or None, today))
        )

    def fill_in(self, product_id: int, filling: ProductCompletion, person: Person, quantity: int) -> None:
        """Complete a product, then add `quantity` of it; rows of it are evaluated by the new data."""

        def call(checkout: Checkout) -> CheckoutView:
            self._shop.fill_in(product_id, person, filling.category, filling.price, filling.attributes)
            view = checkout.refresh(product_id)
            return checkout.add(product_id, quantity) if quantity else view

        self._add(call, quantity)

    def open_payment(self, person: Person) -> None:
        """Check whether the basket can be paid: emits `payable`, or `refused` before any money changes hands."""
        now = self._shop.now()
        approval = self._approval if self._approval is not None and self._approval.holds(now) else None

        def call() -> PaymentOpening:
            checkout, settings = self._at_hand(), self._shop.settings()
            with noting_stopped(self._shop, lambda: order_of(checkout, person, approval)):
                view = check_payable(checkout, settings, person, approval)
                self._shop.hold_sale(order_of(checkout, person, approval), approval)
            exchange = view.back.order()
            return PaymentOpening(
                view,
                checkout.rates,
                settings.cash(),
                self._shop.now(),
                settings.stale_after,
                settings.zone,
                self._shop.read_shift.drawer(),
                () if exchange is None else self._shop.propose_exchange(exchange, view.total),
            )

        def done(opening: PaymentOpening) -> None:
            # No money is taken for an approval that expires during the count: its time starts again here.
            self._paying = None if approval is None else replace(approval, at=now)
            self._show(opening.view)
            self.payable.emit(opening)

        self._search.rest_during(call, done, self._refuse)

    def release(self, key: str) -> None:
        """Release the reserved goods and allowance: the payment was left."""
        self._session.run(lambda: self._shop.hold_sale.release(key), lambda _done: None)

    def exchange(
        self, call: Callable[[Checkout], tuple[T, CheckoutView]], then: Callable[[T, CheckoutView], None]
    ) -> None:
        """Take a step after which another sale is the current one, and which returns more than its view."""

        def done(came: tuple[T, CheckoutView]) -> None:
            self._approval = None
            self._show(came[1])
            then(*came)

        self._session.run(lambda: call(self._at_hand()), done, self._refuse)

    def look(self, call: Callable[[Checkout], None], failed: Callable[[Exception], None]) -> None:
        """Read the sale in progress on the store's thread without changing it."""
        self._session.run(lambda: call(self._at_hand()), lambda _done: None, failed)

    def complete(self, payment: Payment, person: Person) -> None:
        """Record the sale: emits `sold` or `unsold`. The sale's own key makes a second call harmless."""
        self._recording = True
        self._search.stop()
        approval = self._paying

        def call() -> Sale:
            order = order_of(self._at_hand(), person, approval)
            return self._shop.complete_sale.from_counter(order, payment, approval)

        def done(sale: Sale) -> None:
            self._sold = True
            self.sold.emit(sale)

        def failed(error: Exception) -> None:
            self._recording = not self._doubt.after(error)
            self.unsold.emit(error)
            if not self._recording:
                self._release()

        # When the cashier is no longer allowed to complete the sale, card money already taken is still recorded.
        self._session.run(call, done, failed, asks_itself=True)

    def take_approval(self, approval: Approval) -> None:
        """Add an approval for this sale; earlier approvals by the same person stay valid."""
        self._approval = together(self._approval, approval)

    def needs(self, person: Person, change: Callable[[Cart], Cart] | None = None) -> Collection[ApprovalRequirement]:
        """On the worker thread: the approvals that the shown basket needs for `person`.

        With a `change`, only those for its discounts and prices.
        """
        view = self.view
        if view is None:
            return ()
        if change is not None:
            return pricing_approvals(change(self._at_hand().order(person).cart), person)
        return approvals_at(self._at_hand(), view, person)

    def give_up(self) -> None:
        """Leave a recording with an unknown outcome: the basket continues with the same key."""
        self._recording = False
        self._release()

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def _at_hand(self) -> Checkout:
        """On the worker thread: the checkout, created at the first step."""
        if self._checkout is None:
            self._checkout = self._shop.new_checkout()
        return self._checkout

    def _step(
        self,
        call: Callable[[Checkout], CheckoutView],
        then: Callable[[CheckoutView], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:

        def done(view: CheckoutView) -> None:
            self._show(view)
            if then is not None:
                then(view)

        self._search.rest_during(lambda: call(self._at_hand()), done, failed or self._refuse)

    def _add(self, call: Callable[[Checkout], CheckoutView], quantity: int) -> None:
        def failed(error: Exception) -> None:
            if not isinstance(error, (IncompleteProduct, AsksWeight)):
                self._refuse(error)
                return
            asked, code = (self.weighing if isinstance(error, AsksWeight) else self.incomplete), error.code
            show = self._shop.find.show
            self._session.run(lambda: show(code), lambda product: asked.emit(product, quantity), self._refuse)

        self._step(call, self.added.emit, failed)

    def _identify(self, call: Callable[[Checkout, date], CheckoutView]) -> None:
        def step(checkout: Checkout) -> CheckoutView:
            today = self._shop.now().astimezone(self._shop.settings().zone).date()
            return call(checkout, today)

        self._step(step, self.identified.emit)

    def _release(self) -> None:
        self._doubt.end()
        held, self._held = self._held, []
        for scan in held:
            scan()

    def _show(self, view: CheckoutView) -> None:
        if self.view is None or view.sequence > self.view.sequence:
            self.view, self.counsel, self._session.sale = view, self._search.ask(view), view
            self.presented.emit(view)

    def _advise(self, advice: QuotaAdvice) -> None:
        self.counsel = advice
        self.advised.emit(advice)

    def _refuse(self, error: Exception) -> None:
        self.refused.emit(error)
