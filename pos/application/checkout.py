"""The sale in progress: scan, change, void, undo, identify → one CheckoutView after each step."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pos.application.at_work import at_work
from pos.application.basket_text import Basket
from pos.application.checkout_view import CheckoutView, LineView, VisitorView, other_currencies
from pos.application.coming_back import NOTHING_BACK, ComingBack
from pos.application.counsel import Question, Shares
from pos.application.identify_visitor import visitor_of
from pos.application.order import Order
from pos.application.ports import Clock, Secrets, Store
from pos.application.rates_in_force import rates_of
from pos.application.row_steps import RowSteps, voided
from pos.application.scan_ports import ReadScan
from pos.application.settings import Settings
from pos.application.visitor_ports import KnownVisitor
from pos.application.visitors_at_hand import VisitorsAtHand
from pos.domain.cart import Cart
from pos.domain.declared import Declared
from pos.domain.document import Document
from pos.domain.errors import BadField, Refused
from pos.domain.hold import BasketInHand
from pos.domain.promotion import Offers
from pos.domain.quota.rule import Regime
from pos.domain.rates import RateTable
from pos.domain.staff import Person
from pos.domain.visitor import DESTINATIONS, MOST_VISITORS, NoSuchVisitor, PartyFull, Visitor, free_label


@dataclass(eq=False)
class NothingToUndo(Refused):
    """The basket has no earlier state."""


@dataclass(eq=False)
class BasketChanged(Refused):
    """The split was worked out for a basket that is another one by now."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """One state of the basket, as undo returns to it."""

    cart: Cart
    visitors: tuple[Visitor, ...] = ()
    destination: str | None = None
    back: ComingBack = NOTHING_BACK


class Checkout(RowSteps):
    """The basket at one till. Every step returns the new view, or raises and changes nothing.

    Not safe for two threads: the window calls it from the store's worker thread alone.
    """

    def __init__(
        self,
        store: Store,
        now: Clock,
        secrets: Secrets,
        settings: Callable[[], Settings],
        regimes: Callable[[], Mapping[str, Regime]],
        till: str,
        read_scan: ReadScan,
    ) -> None:
        self._store = store
        self._now = now
        self._secrets = secrets
        self._settings = settings
        self._regimes = regimes
        self._till = till
        self._read_scan = read_scan
        self._sequence = 0
        self._start()

    def _start(self) -> None:
        self._key = uuid.uuid4().hex
        self._begin_anew()

    def _begin_anew(self) -> None:
        self._options = self._settings()  # once for a sale: it ends by the rules under which it began
        self._before: list[_Moment] = []
        now = self._now()
        with self._store.reading() as work:
            self._rates = rates_of(work, self._options, now)
            offers = Offers(work.promotions.at(now))
        self._moment = _Moment(Cart(self._options.price, offers=offers))
        self._at_hand = VisitorsAtHand()
        self._chosen: str | None = None

    def _begin(self) -> None:
        moment = self._moment
        if not self._before and not moment.cart.lines and not moment.visitors:  # also not one that was taken up
            self._begin_anew()

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def start_new(self) -> CheckoutView:
        """The next customer: an empty basket with a key of its own and the rates of now."""
        self._start()
        return self.view()

    def exchange(self, change: Callable[[ComingBack], ComingBack]) -> CheckoutView:
        """Change what comes back with this sale: it pays for the basket, and its allowance is free for it."""
        self._begin()
        return self._become(back=change(self._moment.back))

    def undo(self) -> CheckoutView:
        """The basket as it was before the last step."""
        if not self._before:
            raise NothingToUndo
        moment = self._before[-1]
        self._at_hand = self._read(moment)
        self._moment = moment
        self._before.pop()
        return self.view()

    # ── visitors ─────────────────────────────────────────────────────────────────────────────────────────────

    def identify(self, document: Document, residence: str | None = None, entries: Sequence[date] = ()) -> CheckoutView:
        """A visitor of this sale, by document: the first, or a companion, to whom the next scans go; or PartyFull.

        The paper of somebody who is here already only chooses him again. An expired document warns and sells. Without
        a destination the side the document comes from is assumed; the cashier can switch it.
        """
        shown = visitor_of(document, "", self._secrets, residence, entries)
        self._begin()
        with self._store.reading() as work:
            known = work.visitors.known(shown.key)
        here = self._label_of(shown, known)
        if here is not None:
            self._at_hand = self._read(self._moment, anew=True)
            self._chosen = here
            return replace(self.view(), again=here)
        before = self._moment.visitors
        if len(before) >= MOST_VISITORS:
            raise PartyFull(MOST_VISITORS)
        told = tuple(entries) or (known.entries if known is not None else ())
        visitor = replace(shown, label=free_label([v.label for v in before]), entries=told)
        self._become(
            cart=self._moment.cart.with_carrier(visitor.label),
            visitors=(*before, visitor),
            destination=self._moment.destination or visitor.residence,
        )
        self._chosen = visitor.label
        return self.view()

    def choose(self, label: str) -> CheckoutView:
        """The next scans go to this visitor. It is no step to undo."""
        self._visitor(label)
        self._chosen = label
        return self.view()

    def dismiss_visitor(self, label: str) -> CheckoutView:
        """The sale without this visitor; what he carried goes to the first of the others, or to nobody."""
        self._visitor(label)
        others = tuple(v for v in self._moment.visitors if v.label != label)
        heir = others[0].label if others else None
        shares = {x.id: ((heir, x.quantity),) for x in self._moment.cart.lines if x.carrier == label}
        return self._become(cart=self._moment.cart.shared(shares), visitors=others)

    def give(self, line_id: int, label: str, pieces: int | None = None) -> CheckoutView:
        """Move a row, or some of its pieces, to another visitor by hand."""
        self._visitor(label)
        return self._become(cart=self._moment.cart.carried_by(line_id, label, pieces))

    def split(self) -> CheckoutView:
        """Share the basket over the visitors so that the worst verdict, then the duty, is least."""
        question = self.view().question
        return self.view() if question is None else self.share_out(question, question.shares_of(question.best()))

    def share_out(self, question: Question, shares: Shares) -> CheckoutView:
        """Give the rows as worked out for `question`; raises BasketChanged where its basket is another one by now."""
        if question.cart is not self._moment.cart or list(question.standings) != [
            v.label for v in self._moment.visitors
        ]:
            raise BasketChanged
        return self._become(cart=question.cart.shared(shares))

    def leave_behind(self, rows: Mapping[int, int], person: Person, within: Shares | None = None) -> CheckoutView:
        """Take pieces out of rows (by id) as the advice says: one step; the journal names each row.

        A party's advice holds for one split of the rest: that `within` which it stays, where that is known.
        """
        cart = self._moment.cart
        with self._store.begin() as work:
            who = at_work(work, person, "sell").name
            for line_id, pieces in rows.items():
                line = cart.line(line_id)
                if not 1 <= pieces <= line.quantity:
                    raise BadField("quantity", "out_of_range", str(pieces))
                left = cart.with_quantity(line_id, line.quantity - pieces) if pieces < line.quantity else None
                cart = cart.without(line_id) if left is None else left
                work.journal.write(self._now(), self._till, who, "void", voided(line, pieces))
            work.commit()
        standings = self._at_hand.standings(self._now(), self._rates)
        if len(standings) > 1 and cart.lines:
            rest = Question(self._sequence, standings, cart)
            known = within is not None and _shares_all(within, cart)
            cart = cart.shared(within if within is not None and known else rest.shares_of(rest.best()))
        return self._become(cart=cart)

    def tell_entries(self, label: str, entries: Sequence[date]) -> CheckoutView:
        """The days on which a visitor says to have entered."""
        return self._with(replace(self._visitor(label), entries=tuple(entries)))

    def declare(self, label: str, declared: Sequence[Declared]) -> CheckoutView:
        """What a visitor says to have bought elsewhere, in place of what he said before; recorded with the sale."""
        return self._with(replace(self._visitor(label), declared=tuple(declared)))

    def leave_to(self, destination: str) -> CheckoutView:
        """Switch the side to which the visitors leave; the basket is judged again at once."""
        if destination not in DESTINATIONS:
            raise BadField("destination", "unknown", destination[:40])
        return self._become(destination=destination)

    def read_again(self) -> CheckoutView:
        """The visitors with what became known elsewhere: a purchase at another till, a departure, a linked paper."""
        self._at_hand = self._read(self._moment, anew=True)
        return self.view()

    def order(self, person: Person) -> Order:
        """The basket as an order for CompleteSale; the rates are those that the screen shows."""
        self._moment.cart.check_not_empty()
        return self.put_away(person.name)

    def put_away(self, cashier: str) -> Order:
        """The basket as it stands, perhaps empty, to be written aside."""
        moment = self._moment
        return Order(
            key=self._key,
            till=self._till,
            cashier=cashier,
            cart=moment.cart,
            visitors=moment.visitors,
            destination=moment.destination,
            regime=self._regime_id(moment),
            rates=self._rates,
            exchange=moment.back.order(),
        )

    def check_free(self) -> None:
        """Refuse to take a basket up while there are goods in the one in hand."""
        if self._moment.cart.lines or self._moment.back.receipts:
            raise BasketInHand

    def take_up(self, basket: Basket) -> CheckoutView:
        """Go on with a basket that was put away, under its own key; nothing of it can be undone."""
        self.check_free()
        self._start()
        self._key = basket.key
        cart = replace(basket.cart, offers=self._moment.cart.offers).priced()
        moment = _Moment(cart, basket.visitors, basket.destination)
        self._at_hand = self._read(moment)
        self._moment = moment
        return self.view()

    def payable(self) -> CheckoutView:
        """The sale by what is known now, before money is taken; BadField for one person by two papers linked since."""
        view = self.read_again()
        self._at_hand.check_apart()
        return view

    # ── what the screen shows ────────────────────────────────────────────────────────────────────────────────

    def view(self) -> CheckoutView:
        """The sale in progress as it stands."""
        self._sequence += 1
        moment, now, hand = self._moment, self._now(), self._at_hand
        standings = hand.standings(now, self._rates)
        rows, quota = hand.assess(moment.cart, now, self._rates)
        today, total = now.astimezone(self._options.zone).date(), moment.cart.total
        return CheckoutView(
            sequence=self._sequence,
            key=self._key,
            lines=tuple([LineView(line, rows.get(line.id)) for line in moment.cart.lines]),
            last=moment.cart.last,
            total=total,
            others=other_currencies(moment.back.due(total), self._rates, self._options),
            pieces=moment.cart.pieces,
            visitors=tuple(self._shown(visitor, today) for visitor in moment.visitors),
            chosen=self._carrier,
            destination=moment.destination,
            regime=hand.regime,
            quota=quota,
            question=Question(self._sequence, standings, moment.cart) if standings else None,
            can_undo=bool(self._before),
            basket=moment.cart.basket,
            basket_off=moment.cart.basket_off,
            note=moment.cart.note,
            back=moment.back,
        )

    def _shown(self, visitor: Visitor, today: date) -> VisitorView:
        carried = {x.product.category or "" for x in self._moment.cart.lines if x.carrier == visitor.label}
        return self._at_hand.shown(visitor, carried, today, self._options.zone)

    @property
    def _cart(self) -> Cart:
        return self._moment.cart

    @property
    def _back(self) -> ComingBack:
        return self._moment.back

    @property
    def rates(self) -> RateTable:
        """The rates of this sale."""
        return self._rates

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _become(
        self,
        cart: Cart | None = None,
        visitors: tuple[Visitor, ...] | None = None,
        destination: str | None = None,
        back: ComingBack | None = None,
    ) -> CheckoutView:
        before = self._moment
        after = _Moment(
            before.cart if cart is None else cart,
            before.visitors if visitors is None else visitors,
            before.destination if destination is None else destination,
            before.back if back is None else back,
        )
        if visitors is not None or destination is not None or back is not None:
            self._at_hand = self._read(after)  # read before anything changes: a lost store changes nothing
        self._moment = after
        self._before.append(before)
        return self.view()

    def _with(self, visitor: Visitor) -> CheckoutView:
        changed = tuple(visitor if v.label == visitor.label else v for v in self._moment.visitors)
        return self._become(visitors=changed)

    @property
    def _carrier(self) -> str | None:
        """Whom the next scan goes to: the one chosen, while he is here."""
        labels = [v.label for v in self._moment.visitors]
        return self._chosen if self._chosen in labels else next(iter(labels), None)

    def _visitor(self, label: str) -> Visitor:
        for visitor in self._moment.visitors:
            if visitor.label == label:
                return visitor
        raise NoSuchVisitor(label[:4])

    def _label_of(self, shown: Visitor, known: KnownVisitor | None) -> str | None:
        """The label of a visitor who is here already, by this paper or by another one that is linked as his."""
        for visitor in self._moment.visitors:
            other = self._at_hand.known.get(visitor.label)
            same_person = known is not None and other is not None and known.locked.person == other.locked.person
            if visitor.key == shown.key or same_person:
                return visitor.label
        return None

    def _regime_id(self, moment: _Moment) -> str | None:
        return self._settings().regime_for(moment.destination) if moment.destination else None

    def _read(self, moment: _Moment, *, anew: bool = False) -> VisitorsAtHand:
        if not moment.visitors:
            return VisitorsAtHand()
        with self._store.reading() as work:
            regime = self._regimes().get(self._regime_id(moment) or "")
            return self._at_hand.with_visitors(
                work, moment.visitors, regime, self._now(), self._key, moment.back, anew=anew
            )


def _shares_all(shares: Shares, cart: Cart) -> bool:
    """Whether these are shares of this very basket."""
    return all(sum(pieces for _, pieces in shares.get(line.id, ())) == line.quantity for line in cart.lines)
