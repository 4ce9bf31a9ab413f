"""The sale in progress: scan, change, void, undo, identify → one CheckoutView after each step."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from pos.application.access.authorize import authorize
from pos.application.center.requests import VisitorLedger
from pos.application.membership.center_answer import NO_CENTER, CenterAnswer
from pos.application.membership.membership import Membership
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import assess_each, goods_of, judged_weight
from pos.application.quota.open_questions import (
    BIRTH_DATE,
    CENTER,
    DESTINATION,
    ENTRIES,
    WEIGHT,
    as_open,
    limits_of_the_frequent,
    rules_in_doubt,
    with_most_left,
)
from pos.application.quota.quota_advice import AdviceRequest, Shares
from pos.application.returns.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.sales.basket_json import SavedBasket
from pos.application.sales.cart_line_operations import CartLineOperations
from pos.application.sales.check_order import check_may_send
from pos.application.sales.checkout_view import CheckoutView, LineView, VisitorView
from pos.application.sales.order import SaleOrder
from pos.application.sales.sale_state import Moment, check_sent, weight_doubt
from pos.application.sales.sale_visitors import SaleVisitors
from pos.application.sales.visitor_operations import VisitorOperations
from pos.application.sales.voided_rows import VoidedRow, record_void, withdraw_void
from pos.application.settings.context import Context
from pos.application.visitors.record_entry_dates import withdraw_entry_dates
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, Refused
from pos.domain.money import CURRENCIES
from pos.domain.payment.cash_amount import other_currencies
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pricing.promotion import Offers
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.assess import Assessment
from pos.domain.quota.measure import NoQuotaRate
from pos.domain.quota.rule import Regime, Rule, Verdict
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import Parcel, Recipient, check_weight
from pos.domain.sales.parking import BasketNotEmpty
from pos.domain.staff.staff import Person
from pos.domain.visitors.destination import WayOut
from pos.domain.visitors.visitor import Visitor


@dataclass(eq=False)
class NothingToUndo(Refused):
    """The basket has no earlier state."""

    fact = "nothing_to_undo"


@dataclass(eq=False)
class BasketChanged(Refused):
    """The split was worked out for a basket that is another one by now."""

    fact = "basket_changed"


@dataclass(frozen=True, slots=True)
class _Step:
    """A step that undo takes back: the sale `before` it, the rows that it voided, and its number.

    `chosen` is the visitor to whom the scans went before it.
    """

    before: Moment
    voids: tuple[VoidedRow, ...]
    number: int
    chosen: str | None


class Checkout(CartLineOperations, VisitorOperations):
    """The basket at one till. Every step returns the new view, or raises and changes nothing.

    Not safe for two threads: the window calls it from the store's worker thread alone.
    """

    def __init__(self, context: Context, read_scan: ReadScan, membership: Membership | None = None) -> None:
        self._membership = membership
        self._store, self._now, self._till = context.store, context.now, context.till
        self._settings, self._regimes, self._secrets = context.settings, context.regimes, context.secrets
        self._read_scan = read_scan
        self._sequence = 0
        self._numbers = count(1)
        self._start()

    def _start(self) -> None:
        self._key = uuid.uuid4().hex
        self._restart()

    def _restart(self) -> None:
        self._steps: list[_Step] = []
        self._cleared = False
        offers = self._take_terms()
        self._moment = Moment(Cart(self._options.price, offers=offers))
        self._sale_visitors = SaleVisitors()
        self._chosen: str | None = None

    def _take_terms(self) -> Offers:
        """Read settings, rates and promotions: once for a sale, which ends by the terms under which it began."""
        self._options, now = self._settings(), self._now()
        with self._store.reading() as work:
            self._rates = rates_of(work, self._options, now)
            return Offers(work.promotions.at(now))

    def _begin(self) -> None:
        """Goods or a visitor come: an empty sale begins by the terms of now, also one of which all was taken out."""
        moment = self._moment
        if _is_begun(moment):
            return
        if self._cleared:
            self._start()
        elif self._steps:
            offers = self._take_terms()
            self._moment = replace(moment, cart=replace(moment.cart, offers=offers))
        else:
            self._restart()

    @contextmanager
    def _beginning(self, *, keeps: bool = True) -> Iterator[None]:
        before = self._moment, self._sale_visitors, self._chosen, self._steps, self._cleared
        terms = self._key, self._options, self._rates
        is_kept = False
        try:
            self._begin()
            yield
            is_kept = keeps
        finally:
            if not is_kept:
                self._moment, self._sale_visitors, self._chosen, self._steps, self._cleared = before
                self._key, self._options, self._rates = terms

    @property
    def key(self) -> str:
        return self._key

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def start_new(self) -> CheckoutView:
        """The next customer: an empty basket with a key of its own and the rates of now."""
        self._start()
        return self.view()

    def clear(self, person: Person) -> CheckoutView:
        """The next customer without this basket: no goods, no visitors and no side, until undo or the next scan.

        The journal names each row, as of one that is voided.
        """
        moment = self._moment
        empty = Moment(Cart(moment.cart.currency, offers=moment.cart.offers))
        if moment == empty:  # asked for twice: that is one step to undo
            return self.view()
        rows: list[VoidedRow] = []
        if moment.cart.lines:
            with self._store.begin() as work:
                who, at = authorize(work, person, "sell").name, self._now()
                rows = [record_void(work, line, line.quantity, who, at, self._till) for line in moment.cart.lines]
                work.commit()
        view = self._go(empty, voids=tuple(rows))
        self._cleared = True
        return view

    def exchange(self, change: Callable[[ExchangeReturns], ExchangeReturns]) -> CheckoutView:
        """Change what comes back with this sale: it pays for the basket, and its allowance is free for it."""
        with self._beginning():
            back = change(self._moment.back)
            return self.view() if back == self._moment.back else self._go(replace(self._moment, back=back))

    def send(self, parcel: Parcel, recipient: Recipient) -> CheckoutView:
        """Send the goods instead of having them carried; asked again, by another service, weight or recipient.

        From here on the sale is judged by the rules for parcels of its destination. Raises EmptyCart, ParcelBuyer,
        NoParcelRegime, NotAParcelRegime, UnknownRegime, ParcelTooLight and BadField.
        """
        moment = self._moment
        check_may_send(self.view(), self._settings(), self._regimes())
        check_weight(parcel, [goods_of(line) for line in moment.cart.lines])
        after = replace(moment, parcel=parcel, recipient=recipient)
        return self.view() if after == moment else self._go(after)

    def carry(self) -> CheckoutView:
        """Have the goods carried out after all; the sale is judged by the rules for travellers again."""
        moment = self._moment
        return self.view() if moment.parcel is None else self._go(replace(moment, parcel=None, recipient=None))

    def undo(self, step: int | None = None) -> CheckoutView:
        """The basket as it was before the last step. An answer that is taken back is asked for again.

        With the number of a `step` nothing is taken back unless that is still the last one.
        """
        if step is not None and step != self.last_step:
            return self.view()
        if not self._steps:
            raise NothingToUndo
        moment, rows = self._steps[-1].before, self._steps[-1].voids
        withdrawn = [
            answer
            for answer in self._moment.answered_entries.values()
            if answer not in moment.answered_entries.values()
        ]
        if withdrawn or rows:
            with self._store.begin() as work:
                for answer in withdrawn:
                    regime = next(iter(sorted(self._regimes())), "")
                    withdraw_entry_dates(work, answer, self._now(), self._till, self._secrets, regime)
                for row in rows:
                    withdraw_void(work, row, self._now(), self._till)
                work.commit()
        self._sale_visitors = self._read(moment, refresh=bool(withdrawn))
        self._moment = moment
        self._cleared = False
        step_back = self._steps.pop()
        if all(visitor.label != self._chosen for visitor in moment.visitors):
            self._chosen = step_back.chosen
        return self.view()

    # ── visitors ─────────────────────────────────────────────────────────────────────────────────────────────

    def split(self) -> CheckoutView:
        """Share the basket over the visitors so that the worst verdict, then the duty, is least."""
        request = self.view().advice_request
        return self.view() if request is None else self.share_out(request, request.shares_of(request.best()))

    def share_out(self, request: AdviceRequest, shares: Shares) -> CheckoutView:
        """Give the rows as worked out for `request`; raises BasketChanged where its basket is another one by now."""
        self.check_same(request)
        cart = request.cart.shared(shares)
        return self._go(replace(self._moment, cart=cart, strangers=frozenset(), together=True))

    def check_same(self, request: AdviceRequest) -> None:
        """Raises BasketChanged where the basket or the visitors of `request` are others by now."""
        labels = [visitor.label for visitor in self._moment.visitors]
        if request.cart is not self._moment.cart or list(request.positions) != labels:
            raise BasketChanged

    def leave_behind(self, rows: Mapping[int, int], person: Person, within: Shares | None = None) -> CheckoutView:
        """Take pieces out of rows (by id) as the advice says: one step; the journal names each row.

        A party's advice holds for one split of the rest: that `within` which it stays, where that is known. A rest that
        is within as it is carried keeps its carriers.
        """
        cart, removed = self._moment.cart, list[VoidedRow]()
        with self._store.begin() as work:
            who = authorize(work, person, "sell").name
            for line_id, pieces in rows.items():
                line = cart.line(line_id)
                if not 1 <= pieces <= line.quantity:
                    raise BadField("quantity", "out_of_range", str(pieces))
                left = cart.with_quantity(line_id, line.quantity - pieces) if pieces < line.quantity else None
                cart = cart.without(line_id) if left is None else left
                removed.append(record_void(work, line, pieces, who, self._now(), self._till))
            work.commit()
        now = self._now()
        positions = self._sale_visitors.positions(now, self._rates)
        if len(positions) > 1 and cart.lines:  # never of a parcel, which has one buyer
            verdicts = [one.verdict for one in assess_each(positions, cart)[1].values()]
            if max(verdicts) > Verdict.NOTE:  # else all keep what they carry
                rest = AdviceRequest(self._sequence, positions, cart)
                known = within is not None and _shares_all(within, cart)
                cart = cart.shared(within if within is not None and known else rest.shares_of(rest.best()))
        return self._become(cart=cart, voids=tuple(removed))

    def read_again(self) -> CheckoutView:
        """The visitors with what became known elsewhere: a purchase at another till, a departure, a linked document.

        Likewise the first rate of a currency in which this sale could not be paid.
        """
        if not all(map(self._rates.knows, CURRENCIES.values())):
            self._learns_rates()
        self._sale_visitors = self._read(self._moment, refresh=True)
        return self.view()

    def hear_center(self) -> CheckoutView:
        """The visitors by what the center has answered since they were read."""
        self._sale_visitors = self._read(self._moment)
        return self.view()

    def order(self, person: Person) -> SaleOrder:
        """The basket as an order for CompleteSale; the rates are those that the screen shows."""
        self._moment.cart.check_not_empty()
        return self.unchecked_order(person.name)

    def order_unseen(self, person: Person) -> SaleOrder:
        """The same, with why the center did not answer about this sale: for what has to be approved."""
        unseen = "" if self._membership is None else self._membership.sales.unseen(self._key)
        return replace(self.order(person), unseen=unseen)

    def unchecked_order(self, cashier: str) -> SaleOrder:
        """The basket as it stands, perhaps empty, to be autosaved."""
        moment = self._moment
        return SaleOrder(
            key=self._key,
            till=self._till,
            cashier=cashier,
            cart=moment.cart,
            visitors=moment.visitors,
            destination=moment.destination,
            regime=self._regime_id(moment),
            rates=self._rates,
            exchange=moment.back.order(),
            agreed=moment.way.agreed if moment.way.pressed else None,
            parcel=moment.parcel,
            recipient=moment.recipient,
            pickups=moment.pickups,
        )

    def check_free(self) -> None:
        """Refuse to resume a basket while there are goods in the one in hand."""
        if self._moment.cart.lines or self._moment.back.receipts:
            raise BasketNotEmpty

    def resume(self, basket: SavedBasket, back: ExchangeReturns = NO_RETURNS) -> CheckoutView:
        """Go on with a saved basket, under its own key; nothing of it can be undone.

        `back` are the goods that pay for it.
        """
        self.check_free()
        self._start()
        self._key = basket.key
        cart = replace(basket.cart, offers=self._moment.cart.offers).priced()
        way = WayOut.kept(basket.destination, basket.visitors, basket.agreed)
        moment = Moment(
            cart,
            basket.visitors,
            way,
            back,
            together=len(basket.visitors) > 1,
            parcel=basket.parcel,
            recipient=basket.recipient,
            opened=basket.pickups,
        ).without_leftovers()
        self._sale_visitors = self._read(moment)
        self._moment = moment
        return self.view()

    def payable(self) -> CheckoutView:
        """The sale by what is known now, before money is taken; BadField for one person by two
        documents linked since.
        """
        view = self.read_again()
        self._sale_visitors.check_apart()
        return view

    # ── what the screen shows ────────────────────────────────────────────────────────────────────────────────

    def view(self) -> CheckoutView:
        """The sale in progress as it stands."""
        self._sequence += 1
        moment, now, hand = self._moment, self._now(), self._sale_visitors
        positions = hand.positions(now, self._rates)
        rows, quota = hand.assess(moment.cart, now, self._rates, moment.parcel)
        too_light = weight_doubt(moment)
        today, total = now.astimezone(self._options.zone).date(), moment.cart.total
        visitors = [self._shown(visitor, today) for visitor in moment.visitors]
        unasked = [
            v.label
            for v in moment.visitors
            if v.key not in moment.answered_entries and hand.entries_unknown(v.label, today)
        ]
        frequent = hand.frequent_positions(unasked, now, self._rates)
        asking = {v.visitor.label for v in visitors if v.asks_entries}
        in_doubt = {label: position for label, position in frequent.items() if label in asking}
        visitors, verdicts = self._as_open(visitors, quota, hand.if_frequent(moment.cart, in_doubt))
        shown = {
            label: with_most_left(verdict, limits_of_the_frequent(positions[label], frequent[label]))
            if label in frequent
            else verdict
            for label, verdict in verdicts.items()
        }
        asked = {v.visitor.label: (*v.open, CENTER) if v.center.is_open else v.open for v in visitors}
        open_for = {label: about for label, about in asked.items() if about}
        return CheckoutView(
            sequence=self._sequence,
            key=self._key,
            at=now,
            lines=tuple([LineView(line, rows.get(line.id)) for line in moment.cart.lines]),
            last=moment.cart.last,
            total=total,
            others=other_currencies(moment.back.due(total), self._rates, self._options.cash()),
            pieces=moment.cart.pieces,
            visitors=tuple(visitors),
            chosen=self._carrier,
            destination=moment.destination,
            regime=hand.regime,
            quota=quota,
            shown=shown,
            advice_request=None
            if not positions
            else AdviceRequest(
                self._sequence, positions, moment.cart, frequent, open_for, judged_weight(moment.cart, moment.parcel)
            ),
            can_undo=bool(self._steps),
            last_step=self.last_step,
            basket=moment.cart.basket,
            basket_off=moment.cart.basket_off,
            note=moment.cart.note,
            back=moment.back,
            strangers=self._strangers(),
            offers=moment.cart.offers if _is_begun(moment) else None,
            parcel=moment.parcel,
            recipient=moment.recipient,
            too_light=too_light,
            pickups=moment.pickups,
        )

    def _shown(self, visitor: Visitor, today: date) -> VisitorView:
        carried = {x.product.category or "" for x in self._moment.cart.lines if x.carrier == visitor.label}
        entries_answered = visitor.key in self._moment.answered_entries
        hand, zone = self._sale_visitors, self._options.zone
        shown = hand.shown(visitor, carried, today, zone, entries_answered=entries_answered)
        return shown if self._membership is None else replace(shown, center=self._answer_of(visitor))

    def _as_open(
        self, visitors: list[VisitorView], quota: Mapping[str, Assessment], if_frequent: Mapping[str, Assessment]
    ) -> tuple[list[VisitorView], Mapping[str, Assessment]]:
        """The visitors with the questions that are open about them, and their verdicts as these let them be shown."""
        moment, shown, views = self._moment, dict[str, Assessment](), list[VisitorView]()
        doubted, is_too_light = moment.way.doubted(moment.visitors, self._strangers()), weight_doubt(moment) is not None
        for one in visitors:
            label = one.visitor.label
            plain = quota.get(label)
            about = [DESTINATION] if label in doubted or (moment.destination is None and one is visitors[0]) else []
            rules: tuple[Rule, ...] = ()
            if plain is not None:
                rules = rules_in_doubt(plain, if_frequent[label]) if label in if_frequent else ()
                about += [ENTRIES] if rules else []
                unborn = any(unknown.attribute == BIRTH_DATE for unknown in plain.unknown)
                about += [BIRTH_DATE] if unborn and one.visitor.key not in moment.without_birth_date else []
                about += [WEIGHT] if is_too_light else []
                shown[label] = as_open(plain, [*about, CENTER] if one.center.is_open else about, rules)
            earlier = () if plain is None else self._sale_visitors.unknown_earlier(label, plain)
            views.append(replace(one, open=tuple(about), unknown_earlier=earlier) if about or earlier else one)
        return views, shown

    @property
    def last_step(self) -> int:
        return self._steps[-1].number if self._steps else 0

    @property
    def _cart(self) -> Cart:
        return self._moment.cart

    @property
    def _opened(self) -> tuple[CustomerOrder, ...]:
        return self._moment.opened

    def _open(self, order: CustomerOrder, cart: Cart) -> CheckoutView:
        others = tuple(one for one in self._moment.opened if one.code != order.code)
        after = replace(self._moment, cart=cart, opened=(*others, order))
        return self.view() if after == self._moment else self._go(after)

    def _without_orders(self, codes: Collection[str], products: Mapping[int, Product]) -> None:
        self._moment = self._moment.without_orders(codes, products)
        self._steps = [replace(step, before=step.before.without_orders(codes, products)) for step in self._steps]

    @property
    def _back(self) -> ExchangeReturns:
        return self._moment.back

    @property
    def regimes(self) -> Mapping[str, Regime]:
        return self._regimes()

    @property
    def rates(self) -> RateTable:
        return self._rates

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _become(self, cart: Cart | None = None, voids: tuple[VoidedRow, ...] = ()) -> CheckoutView:
        return self._go(self._moment if cart is None else replace(self._moment, cart=cart), voids=voids)

    def _go(self, after: Moment, chosen: str | None = None, voids: tuple[VoidedRow, ...] = ()) -> CheckoutView:
        before, after = self._moment, after.without_leftovers()
        if after.parcel is not None:
            check_sent(after)
        kept = before, self._sale_visitors, self._chosen, self._cleared
        if _read_for(after) != _read_for(before):
            self._sale_visitors = self._read(after)  # read before anything changes: a lost store changes nothing
        self._moment = after
        self._steps.append(_Step(before, voids, next(self._numbers), self._chosen))
        self._chosen = chosen or self._chosen
        self._cleared = False
        try:
            return self._judged()
        except NoQuotaRate:
            self._moment, self._sale_visitors, self._chosen, self._cleared = kept
            self._steps.pop()
            raise

    def _judged(self) -> CheckoutView:
        """The view of a step. A rate that was missing when the sale began may have been set since."""
        try:
            return self.view()
        except NoQuotaRate:
            if not self._learns_rates():
                raise
            return self.view()

    def _learns_rates(self) -> bool:
        """Whether currencies without a rate have one by now; the rates by which the sale began stay."""
        with self._store.reading() as work:
            now = rates_of(work, self._options, self._now()).rates
        new = {code: rate for code, rate in now.items() if code not in self._rates.rates}
        self._rates = replace(self._rates, rates={**self._rates.rates, **new})
        return bool(new)

    @property
    def _carrier(self) -> str | None:
        """Whom the next scan goes to: the chosen visitor, as long as they are in the sale."""
        labels = [v.label for v in self._moment.visitors]
        return self._chosen if self._chosen in labels else next(iter(labels), None)

    def _regime_id(self, moment: Moment) -> str | None:
        if not moment.destination:
            return None
        settings = self._settings()
        if moment.parcel is not None:
            return settings.parcel_regime_for(moment.destination) or None
        return settings.regime_for(moment.destination)

    def _read(self, moment: Moment, *, refresh: bool = False) -> SaleVisitors:
        if not moment.visitors:
            return SaleVisitors()
        with self._store.reading() as work:
            regimes = self._regimes()
            regime = regimes.get(self._regime_id(moment) or "")
            return self._sale_visitors.with_visitors(
                work,
                moment.visitors,
                regime,
                regimes,
                self._now(),
                self._key,
                moment.back,
                answers=self._answers(moment.visitors),
                refresh=refresh,
            )

    def _answers(self, visitors: Sequence[Visitor]) -> Mapping[str, VisitorLedger]:
        """The ledgers at the center by which these visitors are judged, by label."""
        return {} if self._membership is None else self._membership.sales.ledgers(self._key, visitors)

    def _answer_of(self, visitor: Visitor) -> CenterAnswer:
        if self._membership is None or not self._membership.is_member:
            return NO_CENTER
        return self._membership.sales.answer_of(self._key, visitor)


def _shares_all(shares: Shares, cart: Cart) -> bool:
    """Whether these are shares of this very basket."""
    return all(sum(pieces for _, pieces in shares.get(line.id, ())) == line.quantity for line in cart.lines)


def _read_for(moment: Moment) -> object:
    """What decides which purchases count."""
    return moment.visitors, moment.destination, moment.back, moment.parcel is None


def _is_begun(moment: Moment) -> bool:
    return bool(moment.cart.lines or moment.visitors or moment.back.receipts)
