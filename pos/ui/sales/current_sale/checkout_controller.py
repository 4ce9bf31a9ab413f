"""The sale in progress as the window knows it: its steps run on the store's thread, its signals on the window's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import date, tzinfo
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.membership.refusals import CenterRefused
from pos.application.quota.quota_advice import QuotaAdvice
from pos.application.returns.return_draft import ReturnDraft
from pos.application.sales.approved_basket import approvals_at, check_payable, order_of, together
from pos.application.sales.checkout import BasketChanged, Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.required_approvals import pricing_approvals
from pos.domain.catalogue.piece import AsksWeight
from pos.domain.catalogue.product import Product
from pos.domain.errors import MovedMeanwhile
from pos.domain.money import Currency
from pos.domain.quota.party_split import PartyEvaluation
from pos.domain.sales.cart import Cart, NoSuchLine
from pos.domain.sales.goods_for_sale import IncompleteProduct
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approvable, Approval, ApprovalRequirement, Person
from pos.domain.visitors.declared_purchases import Declared
from pos.domain.visitors.document import read_scanned, read_typed
from pos.domain.visitors.visitor import Visitor
from pos.ui.input.actions import CHECKOUT, PAYMENT, SEARCH
from pos.ui.look.sounds import Sound
from pos.ui.sales.current_sale.advice_search import AdviceSearch, split_of
from pos.ui.sales.current_sale.goods_saved_first import GoodsSavedFirst
from pos.ui.sales.current_sale.log_blocked_basket import noting_stopped
from pos.ui.sales.current_sale.opening import PaymentOpening
from pos.ui.sales.current_sale.product_completion import ProductCompletion
from pos.ui.session.commit_uncertainty import CommitUncertainty
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session

T = TypeVar("T")
Failed = Callable[[Exception], None]
Done = Callable[[], None]
Step = Callable[[Checkout], CheckoutView]
Then = Callable[[CheckoutView], None]
_ignore: Callable[[object], None] = lambda _answer: None  # noqa: E731 # a default of two parameters
_OF_VISITORS = frozenset({CHECKOUT, SEARCH})


class CheckoutController(QObject):
    """One till's sale in progress. Every step is queued in the order asked and answered by a signal.

    A view older than the one on show is dropped. The Checkout itself lives on the worker thread alone: even making it
    reads the store.
    """

    presented = Signal(object)
    """A CheckoutView, newer than any before."""
    added = Signal(object)
    """The CheckoutView after a scan or a choice that was taken; `presented` came just before."""
    started = Signal(object)
    """The CheckoutView of a new sale."""
    identified = Signal(object)
    """The CheckoutView with a new visitor, or with one chosen again whose document was shown before."""
    advised = Signal(object)
    """The QuotaAdvice for the view on show, where it had to be searched for; it comes a moment after `presented`."""
    shared = Signal(object)
    """The PartyEvaluation by which the basket was just split."""
    incomplete = Signal(object, int, object)
    """A FoundProduct that lacks what it needs to be sold, how many were scanned, and the text or id that named it."""
    weighing = Signal(object, int, object)
    """The same of goods by weight that were not weighed."""
    refused = Signal(object)
    """The exception; nothing has changed."""
    payable = Signal(object)
    """A PaymentOpening: the payment may begin."""
    sold = Signal(object)
    """The Sale, recorded."""
    unsold = Signal(object)
    """The exception after which nothing was recorded, or it is unknown what."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shop = session.shop
        self._checkout: Checkout | None = None
        self._recording = self._sold = self._exchanging = False
        self._doubt = CommitUncertainty()
        self._unanswered: SaleOrder | None = None
        self._held: list[Callable[[], None]] = []
        self._approval: Approval | None = None
        self._paying: Approval | None = None
        self._search = AdviceSearch(session, self._advise)
        self._steps_asked = 0
        self.on_the_way = OnTheWay(session)
        """Goods and visitors that were scanned and are still looked up."""
        self._is_refused = False
        """On the worker thread: whether the last scan was refused."""
        self.is_held_up: Callable[[], bool] = lambda: False
        """Asks what must be answered before goods or visitors come or go; False where there is nothing to ask."""
        self.take_quantity: Callable[[], int | None] = lambda: 1
        """Takes how many pieces a scan means that comes while another page is on show; None for what cannot be."""
        self.may_open: Callable[[], bool] = lambda: True
        """Whether a payment that was asked for may open now: not over what the cashier has begun since."""
        self.before_payment: Callable[[SaleOrder, tzinfo], None] = lambda _order, _zone: None
        """On the worker thread, with the basket whose payment opens now."""
        self.view: CheckoutView | None = None
        self.quantity = 1
        """How many pieces were asked for of the goods that were refused last."""
        self.advice: QuotaAdvice | None = None
        """What was found out about `view`; None while it is being looked for."""
        session.page_shown.connect(self._follow_visitors)

    @property
    def is_recording(self) -> bool:
        """Whether a sale is being recorded, or is recorded and its customer still stands there."""
        return self._recording

    @property
    def is_sold(self) -> bool:
        """Whether the basket on show is sold, and its customer still stands there."""
        return self._sold

    def leads_to_payment(self) -> bool:
        """Whether the sale in hand is being recorded, or may be; then its payment is shown, and no step is taken."""
        if not self._recording or self._sold:
            return False
        if self._session.screen_id != PAYMENT:
            self._session.sounds.play(Sound.NOTE)
            self._session.go(PAYMENT)
        return True

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def show(self) -> None:
        """Ask for the sale as it stands."""
        self._step(Checkout.view)

    def follow_day(self) -> None:
        """Judge the sale on show by the day that has begun since; it is no step of the cashier's."""
        view, session = self.view, self._session
        if view is not None and view.is_of_another_day(self._shop.now(), session.settings.zone):
            self.judge_again()

    def _follow_visitors(self, screen_id: str) -> None:
        """On a page that says what is left for the visitors: they may have bought, returned or left meanwhile."""
        if screen_id in _OF_VISITORS and self.view is not None and self.view.visitors:
            self.judge_again()

    def judge_again(self) -> None:
        """By what became known elsewhere since; it is no step of the cashier's."""
        if not self._recording:
            self._search.rest_during(lambda: self._at_hand().read_again(), self._show, _ignore)

    def start_new(self) -> None:
        """The next customer, also where the cashier may sell no more. What was scanned meanwhile comes first."""
        self._recording = self._sold = False
        self._approval = self._paying = None
        self._step(Checkout.start_new, self.started.emit, asks_itself=True)
        self._doubt.end()
        self.take_held()

    def scan(self, code: str, quantity: int = 1) -> None:
        """A product's code from a scanner or typed; held while a sale is recorded: see `take_held`."""
        if self._recording:
            self._held.append(lambda: self.scan(code, quantity))
            self.leads_to_payment()
            return
        self._add(lambda checkout: checkout.scan(code, quantity), quantity, goods=code)

    def add(self, product_id: int, quantity: int = 1, grams: int | None = None) -> None:
        """A product chosen by hand, perhaps weighed."""
        self._add(lambda checkout: checkout.add(product_id, quantity, grams), quantity, goods=product_id)

    def change(
        self, call: Step, of: Visitor | None = None, failed: Failed | None = None, then: Then | None = None
    ) -> None:
        """A step on the sale on show, or on a visitor `of` it, that answers with its view alone.

        It changes nothing where the next sale has begun meanwhile: rows and visitors have the same numbers and letters
        there. `failed` is given a refusal before it is shown, `then` the view of a step that was done.
        """
        key, done = self._key_on_show(), list[bool]()

        def step(checkout: Checkout) -> CheckoutView:
            if key not in (None, checkout.key) or not (of is None or checkout.has(of)):
                return checkout.view()
            before, view = checkout.last_step, call(checkout)
            done.append(view.last_step != before)
            return view

        def answered(view: CheckoutView) -> None:
            if then is not None and any(done):
                then(view)

        def refused(error: Exception) -> None:
            if failed is not None and key == self._key_on_show():
                failed(error)
            self._refuse(error)

        self._step(step, answered, refused)

    def step(self, call: Step, then: Then | None = None, failed: Failed | None = None) -> None:
        """A step on the sale in hand by then: the scan just before may have begun it."""
        self._step(call, then, failed)

    def void(self, line_id: int, person: Person, then: Then | None = None) -> None:
        """Take a row out; `then` is given the view without it."""
        key = self._key_on_show()

        def step(checkout: Checkout) -> CheckoutView:
            if key not in (None, checkout.key):
                raise NoSuchLine(line_id)
            return checkout.void(line_id, person)

        self._step(step, then)

    def bring_back(self, hand: ReturnDraft, reason: str) -> bool:
        """Goods of a receipt come back with this sale and pay for it; a sale that is made already makes room.

        False where something must be answered first, and nothing was taken.
        """
        if self.is_held_up():
            return False
        if self._sold:
            self.start_new()
        self._step(lambda checkout: checkout.bring_back(hand, reason))
        return True

    def clear(self, person: Person, then: Callable[[CheckoutView, CheckoutView], None]) -> None:
        """The next customer without this basket; it can be undone. `then` is given the views before and after it."""
        before: list[CheckoutView] = []

        def step(checkout: Checkout) -> CheckoutView:
            before.append(checkout.view())
            return checkout.clear(person)

        self._step(step, lambda after: then(before[0], after))

    def keep(self, index: int) -> None:
        """The goods in a row that was to come back stay with the customer: those on show at this index now."""
        rows = () if self.view is None else self.view.back.rows()
        if index < len(rows):
            one, line = rows[index]
            self.change(lambda checkout: checkout.exchange(lambda back: back.without(one.receipt, line.of_line)))

    def pay_back(self, method: str, currency: Currency, person: Person) -> None:
        """The way in which money goes back; the payment is opened again."""
        self._step(lambda checkout: checkout.exchange(lambda back: back.paying_back(method, currency)))
        self.open_payment(person)

    def undo(self) -> None:
        """One step back: behind a scan it is that one, and nothing where that is refused."""
        is_behind = bool(self.on_the_way)
        self._step(lambda checkout: checkout.view() if is_behind and self._is_refused else checkout.undo())

    def undo_step(self, number: int) -> None:
        """One step back, while the last one has this number."""
        self._step(lambda checkout: checkout.undo(number))

    def leave_to(self, destination: str) -> None:
        """Switch the side to which the visitor leaves."""
        self._step(lambda checkout: checkout.leave_to(destination))

    def choose(self, label: str, then: Then | None = None) -> None:
        """The next scans go to this visitor; `then` is given the view in which they are chosen."""
        self._step(lambda checkout: checkout.choose(label), then)

    def give(self, line_id: int, label: str, pieces: int | None = None) -> None:
        """Move a row, or some of its pieces, to another visitor."""
        self.change(lambda checkout: checkout.give(line_id, label, pieces), self._visitor(label))

    def follow_advice(self, person: Person, then: Callable[[CheckoutView, CheckoutView], None]) -> None:
        """Leave behind what the advice on show names; where it names nothing, a new split is enough.

        `then` is given the view before and the one after something was left.
        """
        advice, before = self.advice, self.view
        if advice is None or advice.leave is None or before is None or before.advice_request is None:
            return
        if not advice.leave:
            self.split()
            return
        rows, within, request = dict(advice.leave), advice.within, before.advice_request

        def step(checkout: Checkout) -> CheckoutView:
            checkout.check_same(request)
            return checkout.leave_behind(rows, person, within)

        def failed(error: Exception) -> None:
            if not isinstance(error, BasketChanged):  # pressed twice, or too late: there is other advice by now
                self._refuse(error)

        self._step(step, lambda view: then(before, view), failed)

    def split(self) -> None:
        """Share the basket over the visitors: as the screen says, else by a search beside the store's thread."""
        request, key = self.view.advice_request if self.view is not None else None, self._key_on_show()
        if request is None or len(request.positions) < 2 or not request.cart.lines:
            return

        def done(best: PartyEvaluation) -> None:
            self._step(
                lambda checkout: checkout.share_out(request, request.shares_of(best)),
                lambda _view: self.shared.emit(best),
                again,
            )

        def again(error: Exception) -> None:
            if not isinstance(error, BasketChanged):
                self._refuse(error)
            elif key == self._key_on_show():  # else the next basket, for which no one has asked
                self.split()

        self._session.think(split_of(request, self.advice), *self._session.under_way.counted(done, self._refuse))

    def declare(self, label: str, change: Callable[[tuple[Declared, ...]], tuple[Declared, ...]]) -> None:
        """Change what a visitor says to have bought elsewhere."""
        self.change(lambda checkout: checkout.declare(label, change), self._visitor(label))

    def dismiss_visitor(self, label: str, then: Then | None = None) -> None:
        """Go on without this visitor."""
        self.change(lambda checkout: checkout.dismiss_visitor(label), self._visitor(label), then=then)

    def identify_scanned(self, text: str) -> None:
        """A document that a scanner has read; held while a sale is recorded."""
        if self._recording:
            self._held.append(lambda: self.identify_scanned(text))
            self.leads_to_payment()
            return
        self._identify(lambda checkout, today: checkout.identify(read_scanned(text, today)))

    def identify_typed(self, kind: str, number: str, country: str, birth_date: str) -> None:
        """A document typed by hand."""
        self._identify(
            lambda checkout, today: checkout.identify(read_typed(kind, number, country, birth_date or None, today))
        )

    def fill_in(
        self, seen: Product, filling: ProductCompletion, person: Person, quantity: int, saved: Done, not_saved: Done
    ) -> None:
        """Complete a product, then add `quantity` of it; rows that hold it already are judged by what is known now.

        What another person has filled in since it was `seen` stands, and is looked up. It is `saved` also where its
        goods cannot be added; where it is `not_saved` what was typed is still to be entered.
        """

        def save() -> int:
            return self._shop.fill_in(seen.id, person, filling.category, filling.price, filling.attributes, seen).id

        self.add_saved(GoodsSavedFirst(save, quantity), saved, not_saved, seen.id)

    def add_saved(self, goods: GoodsSavedFirst, saved: Done, not_saved: Done, known: int = 0) -> None:
        """As `fill_in`; `known` is the product's id if it was one before."""

        def failed(error: Exception) -> None:
            has_moved = isinstance(error, MovedMeanwhile)
            if goods.is_saved:
                self.show()  # its rows are judged by it already
            elif has_moved:
                self._step(lambda checkout: checkout.refresh(known))
            if goods.is_saved or has_moved:
                saved()
            else:
                not_saved()

        self._add(goods.add_to, goods.quantity, lambda _view: saved(), failed)

    def open_payment(self, person: Person) -> None:
        """Look whether the basket can be paid: `payable`, or `refused` before any money changes hands.

        Neither where the cashier has gone on meanwhile: the payment is of the basket that they saw.
        """
        if self.leads_to_payment():
            return
        now, steps = self._shop.now(), self._steps_asked
        approval = self._approval if self._approval is not None and self._approval.holds(now) else None

        as_refused: list[CheckoutView] = []

        def call() -> PaymentOpening:
            checkout, settings = self._at_hand(), self._shop.settings()
            try:
                with noting_stopped(self._shop, lambda: order_of(checkout, person, approval)):
                    view = check_payable(checkout, SaleConditions(now, settings, person, approval))
                    self._shop.hold_sale(order_of(checkout, person, approval), approval)
            except (Approvable, CenterRefused):
                as_refused.append(checkout.read_again())
                raise
            self.before_payment(checkout.unchecked_order(person.name), settings.zone)
            return PaymentOpening.of(view, checkout.rates, self._shop, settings)

        def done(opening: PaymentOpening) -> None:
            # No money is taken for an approval that lapses while it is counted: it holds again from here.
            self._paying = None if approval is None else replace(approval, at=now)
            here = self._session.person
            is_same = here is not None and here.name == person.name and steps == self._steps_asked
            if is_same:  # else what came since stands: a refusal with its question, or a newer basket
                self._show(opening.view)
            if is_same and self.may_open():
                self.payable.emit(opening)
            else:
                self.release(opening.view.key)

        def failed(error: Exception) -> None:
            for view in as_refused:
                self._show(view)  # judged by what other tills, the day and the rules have made of it since it was shown
            self._refuse(error)

        self._search.rest_during(call, done, failed)

    def release(self, key: str) -> None:
        """The payment was left: what it held is free again."""
        self._session.run(lambda: self._shop.hold_sale.release(key), lambda _done: None)

    def exchange(
        self, call: Callable[[Checkout], tuple[T, CheckoutView]], then: Callable[[T, CheckoutView], None]
    ) -> None:
        """A step after which another sale is in hand, and which has more to report than its view.

        Asked again before it is answered it is the same act: the second would act on the next sale.
        """
        if self._exchanging or self.leads_to_payment():
            return
        self._exchanging = True
        self._steps_asked += 1

        def done(came: tuple[T, CheckoutView]) -> None:
            self._exchanging = False
            self._approval = None
            self._show(came[1])
            then(*came)

        def failed(error: Exception) -> None:
            self._exchanging = False
            self._refuse(error)

        self._search.rest_during(lambda: call(self._at_hand()), done, failed)

    def look(self, call: Callable[[Checkout], None], failed: Callable[[Exception], None]) -> None:
        """Look at the sale in progress on the store's thread, also while the database is away; nothing changes."""
        self._session.keep_file(lambda: call(self._at_hand()), failed)

    def complete(self, payment: Payment, person: Person) -> None:
        """Record the sale: `sold` or `unsold`. The sale's own key makes a second asking harmless.

        Where the outcome is unknown the same order is asked about again, also by another person.
        """
        self._recording = True
        self._search.stop()
        approval, asked = self._paying, self._unanswered if self._doubt.is_open else None

        def call() -> Sale:
            order = self._unanswered = asked or order_of(self._at_hand(), person, approval)
            return self._shop.complete_sale.from_counter(order, payment, approval)

        def done(sale: Sale) -> None:
            self._sold = True
            self.sold.emit(sale)

        def failed(error: Exception) -> None:
            self._recording = not self._doubt.after(error)
            self.unsold.emit(error)
            self._take_held_on_show()

        # A sale that its cashier may not make any more still writes down what was taken by card for it.
        self._session.run(call, done, failed, asks_itself=True)

    def take_approval(self, approval: Approval) -> None:
        """Add an approval to this sale; earlier ones of the same person still count."""
        self._approval = together(self._approval, approval)

    def needs(self, person: Person, change: Callable[[Cart], Cart] | None = None) -> Collection[ApprovalRequirement]:
        """On the worker thread: what of the basket on show has to be approved for `person`.

        With a `change` of it only what its discounts and prices need then.
        """
        view = self.view
        if view is None:
            return ()
        if change is not None:
            return pricing_approvals(change(self._at_hand().unchecked_order(person.name).cart), person)
        conditions = SaleConditions(self._shop.now(), self._shop.settings(), person)
        return approvals_at(self._at_hand(), view, conditions)

    def find_out(self, recorded: Callable[[], None], not_recorded: Callable[[], None]) -> None:
        """Ask the store whether a sale with an unknown outcome is recorded; where it is not, the basket goes on."""
        key, sold_as = "" if self.view is None else self.view.key, self._shop.parked_sales.sold_as

        def done(sale: Sale | None) -> None:
            if sale is not None:
                recorded()
            elif self._recording:
                self._recording = False
                self._doubt.end()
                not_recorded()
                self._take_held_on_show()

        self._session.run(lambda: sold_as(key), done, self._session.report)

    def take_held(self) -> None:
        """What was scanned while a sale was recorded: for the next customer, or this one if nothing was recorded."""
        if not self._recording:
            held, self._held = self._held, []
            for scan in held:
                scan()

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _take_held_on_show(self) -> None:
        """The cashier has gone back to the basket before it was known that nothing is recorded."""
        if self._session.screen_id == CHECKOUT:
            self.take_held()

    def _key_on_show(self) -> str | None:
        return None if self.view is None else self.view.key

    def _visitor(self, label: str) -> Visitor | None:
        visitors = () if self.view is None else self.view.visitors
        return next((one.visitor for one in visitors if one.visitor.label == label), None)

    def _at_hand(self) -> Checkout:
        """On the worker thread: the checkout, made at the first step."""
        if self._checkout is None:
            self._checkout = self._shop.new_checkout()
        return self._checkout

    def _step(
        self, call: Step, then: Then | None = None, failed: Failed | None = None, *, asks_itself: bool = False
    ) -> None:
        if self.leads_to_payment():
            return
        self._steps_asked += 1

        def done(view: CheckoutView) -> None:
            self._show(view)
            if then is not None:
                then(view)

        self._search.rest_during(lambda: call(self._at_hand()), done, failed or self._refuse, asks_itself=asks_itself)

    def _add(
        self, call: Step, quantity: int, done: Then = _ignore, failed: Failed = _ignore, goods: str | int = ""
    ) -> None:
        def added(view: CheckoutView) -> None:
            done(view)
            self.added.emit(view)

        def not_added(error: Exception) -> None:
            failed(error)
            if not isinstance(error, (IncompleteProduct, AsksWeight)):
                self.quantity = quantity
                self._refuse(error)
                return
            self._steps_asked += 1  # as in a refusal
            asked, code = (self.weighing if isinstance(error, AsksWeight) else self.incomplete), error.code
            show, offers = self._shop.find.show, None if self.view is None else self.view.offers
            answer = self.on_the_way.counted(lambda one: asked.emit(one, quantity, goods), self._refuse)
            self._search.rest_during(lambda: show(code, offers), *answer)

        if self.is_held_up() or self.leads_to_payment():
            return
        self._step(self._tried(call), *self.on_the_way.counted(added, not_added))

    def _tried(self, call: Step) -> Step:
        def step(checkout: Checkout) -> CheckoutView:
            self._is_refused = True
            view = call(checkout)
            self._is_refused = False
            return view

        return step

    def _identify(self, call: Callable[[Checkout, date], CheckoutView]) -> None:
        def step(checkout: Checkout) -> CheckoutView:
            today = self._shop.now().astimezone(self._shop.settings().zone).date()
            return call(checkout, today)

        if self.is_held_up() or self.leads_to_payment():
            return
        self._step(self._tried(step), *self.on_the_way.counted(self.identified.emit, self._refuse))

    def _show(self, view: CheckoutView) -> None:
        if self.view is None or view.sequence > self.view.sequence:
            self.view, self.advice, self._session.sale = view, self._search.ask(view), view
            self.presented.emit(view)
            self.on_the_way.follow()

    def _advise(self, advice: QuotaAdvice) -> None:
        self.advice = advice
        self.advised.emit(advice)

    def _refuse(self, error: Exception) -> None:
        self._steps_asked += 1  # a payment asked for since then was not of the basket without it
        self.refused.emit(error)
