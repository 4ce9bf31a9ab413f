"""The sale in progress: scan, change, void, undo, identify → one CheckoutView after each step."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from pos.application.identify_visitor import visitor_of
from pos.application.judge_quota import Ledgers, RowQuota, Standings, judge, ledgers_of, standings_of
from pos.application.ports import Clock, Secrets, Store
from pos.application.settings import Settings
from pos.domain.barcode import read_code
from pos.domain.cart import Cart, Line, check_quantity
from pos.domain.discount import Discount
from pos.domain.document import Document
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money
from pos.domain.product import Product
from pos.domain.quota.assess import Assessment
from pos.domain.quota.judge import Judgement
from pos.domain.quota.rule import Regime
from pos.domain.rates import NoRate, RateTable
from pos.domain.staff import DISCOUNT_LIMIT, NotAllowed, Person
from pos.domain.stock import OutOfStock
from pos.domain.tender import ALL_CURRENCIES
from pos.domain.visitor import DESTINATIONS, Visitor


@dataclass(eq=False)
class UnknownCode(BadInput):
    """No product of this shop bears the code."""

    code: str
    field: str = "code"


@dataclass(eq=False)
class IncompleteProduct(Refused):
    """The product cannot be sold until somebody fills in the `missing` fields (`category`, `price`)."""

    code: str
    missing: tuple[str, ...]


@dataclass(eq=False)
class NothingToUndo(Refused):
    """The basket has no earlier state."""


@dataclass(frozen=True, slots=True)
class LineView:
    """One row of the basket. `judged` is what the quota says of it, None without a visitor."""

    line: Line
    judged: RowQuota | None

    @property
    def id(self) -> int:
        """The id by which the row is changed."""
        return self.line.id


@dataclass(frozen=True, slots=True)
class VisitorView:
    """A visitor as the panel shows him: age in full years today, warnings, visits known to this shop today."""

    visitor: Visitor
    age: int | None
    expired: bool
    visits_today: int


@dataclass(frozen=True, slots=True)
class CheckoutView:
    """Everything the screen shows of the sale in progress; an older `sequence` is to be dropped."""

    sequence: int
    key: str
    lines: tuple[LineView, ...]
    last: int | None
    total: Money
    others: tuple[Money, ...]
    """The total in the other currencies of the counter, at cash steps; without those that have no rate."""
    pieces: int
    visitors: tuple[VisitorView, ...]
    destination: str | None
    regime: Regime | None
    quota: Mapping[str, Assessment]
    """By visitor label; empty without a visitor, a destination or a regime."""
    judged: Mapping[str, Judgement]
    """The same with the estimate of the duty and the advice what to leave behind."""
    can_undo: bool


@dataclass(frozen=True, slots=True)
class Order:
    """What is to become a sale: handed to CompleteSale. `key` makes it idempotent."""

    key: str
    till: str
    cashier: str
    cart: Cart
    visitors: tuple[Visitor, ...]
    destination: str | None
    regime: str | None
    rates: RateTable
    over_quota: str = "refuse"
    """What becomes of a basket over the allowance: `refuse`, or `duty` to sell it as dutiable."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """One state of the basket, as undo returns to it."""

    cart: Cart
    visitors: tuple[Visitor, ...] = ()
    destination: str | None = None


@dataclass(slots=True)
class _Known:
    """What was read for the visitor at hand: his ledger, his visits of today, and where he stands on `day`."""

    ledgers: Ledgers = field(default_factory=dict)
    visits: Mapping[str, int] = field(default_factory=dict)
    standings: Standings = field(default_factory=dict)
    day: date | None = None


class Checkout:
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
    ) -> None:
        self._store = store
        self._now = now
        self._secrets = secrets
        self._settings = settings
        self._regimes = regimes
        self._till = till
        self._sequence = 0
        self._start()

    def _start(self) -> None:
        self._key = uuid.uuid4().hex
        self._options = self._settings()  # once for a sale: it ends by the rules under which it began
        self._before: list[_Moment] = []
        self._moment = _Moment(Cart(self._options.price))
        self._known = _Known()
        self._rates = self._rates_now()

    def _rates_now(self) -> RateTable:
        with self._store.reading() as work:
            return RateTable(self._options.base, self._options.price, work.rates.at(self._now()))

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def start_new(self) -> CheckoutView:
        """The next customer: an empty basket with a key of its own and the rates of now."""
        self._start()
        return self.view()

    def scan(self, text: str, quantity: int = 1) -> CheckoutView:
        """One scan: a further piece of the article with this code. Raises UnknownCode, BadCheckDigit, …"""
        code = read_code(text)
        with self._store.reading() as work:
            product = work.products.by_code(code.canonical)
            if product is None:
                raise UnknownCode(code.canonical)
            return self._add(product, quantity, work.stock.on_hand(product.id))

    def add(self, product_id: int, quantity: int = 1) -> CheckoutView:
        """A product chosen from the search or a quick key."""
        with self._store.reading() as work:
            product = work.products.by_id(product_id)
            if product is None:
                raise UnknownCode(str(product_id))
            return self._add(product, quantity, work.stock.on_hand(product.id))

    def _add(self, product: Product, quantity: int, on_hand: int) -> CheckoutView:
        check_quantity(quantity)
        check_complete(product)
        self._check_stock(product, self._moment.cart.quantity_of(product.id) + quantity, on_hand)
        return self._become(cart=self._moment.cart.adding(product, quantity, self._carrier()))

    def set_quantity(self, line_id: int, quantity: int) -> CheckoutView:
        """Another quantity in one row."""
        cart = self._moment.cart.with_quantity(line_id, quantity)
        product = cart.line(line_id).product
        with self._store.reading() as work:
            self._check_stock(product, cart.quantity_of(product.id), work.stock.on_hand(product.id))
        return self._become(cart=cart)

    def discount(self, line_id: int, percent: Decimal | None, person: Person) -> CheckoutView:
        """A percentage off one row (None takes it away), up to what the person's role may give."""
        given = Discount(percent=percent) if percent else None
        cart = self._moment.cart.with_discount(line_id, given)
        if percent is not None and percent > DISCOUNT_LIMIT[person.role]:
            raise NotAllowed("discount", person.name)
        return self._become(cart=cart)

    def void(self, line_id: int, person: Person) -> CheckoutView:
        """Take one row out; the journal records who did it."""
        line = self._moment.cart.line(line_id)
        details = {"code": line.product.code, "quantity": line.quantity, "amount": str(line.amount)}
        with self._store.begin() as work:
            work.journal.write(self._now(), self._till, person.name, "void", details)
            work.commit()
        return self._become(cart=self._moment.cart.without(line_id))

    def refresh(self, product_id: int) -> CheckoutView:
        """The rows of a product with what was filled in since; their prices stay those of the scan."""
        with self._store.reading() as work:
            product = work.products.by_id(product_id)
        if product is None:
            raise UnknownCode(str(product_id))
        return self._become(cart=self._moment.cart.knowing(product))

    def undo(self) -> CheckoutView:
        """The basket as it was before the last step."""
        if not self._before:
            raise NothingToUndo
        moment = self._before[-1]
        self._known = self._ledgers_for(moment)
        self._moment = moment
        self._before.pop()
        return self.view()

    def identify(self, document: Document, residence: str | None = None, entries: Sequence[date] = ()) -> CheckoutView:
        """The visitor of this sale, by document. An expired document warns and sells.

        Without a destination the side the document comes from is assumed; the cashier can switch it.
        """
        visitor = visitor_of(document, "A", self._secrets, residence, entries)
        destination = self._moment.destination or visitor.residence
        return self._become(cart=self._moment.cart.with_carrier("A"), visitors=(visitor,), destination=destination)

    def dismiss_visitor(self) -> CheckoutView:
        """The sale without its visitor."""
        lines = tuple(replace(line, carrier=None) for line in self._moment.cart.lines)
        return self._become(cart=replace(self._moment.cart, lines=lines), visitors=())

    def leave_to(self, destination: str) -> CheckoutView:
        """Switch the side to which the visitor leaves; the basket is judged again at once."""
        if destination not in DESTINATIONS:
            raise BadField("destination", "unknown", destination[:40])
        return self._become(destination=destination)

    def order(self, person: Person) -> Order:
        """The basket as an order for CompleteSale; the rates are those that the screen shows."""
        moment = self._moment
        moment.cart.check_not_empty()
        return Order(
            key=self._key,
            till=self._till,
            cashier=person.name,
            cart=moment.cart,
            visitors=moment.visitors,
            destination=moment.destination,
            regime=self._regime_id(moment),
            rates=self._rates,
        )

    # ── what the screen shows ────────────────────────────────────────────────────────────────────────────────

    def view(self) -> CheckoutView:
        """The sale in progress as it stands."""
        self._sequence += 1
        moment = self._moment
        now = self._now()
        rows, judged = self._judge(now)
        today = now.astimezone(self._options.zone).date()
        return CheckoutView(
            sequence=self._sequence,
            key=self._key,
            lines=tuple(LineView(line, rows.get(line.id)) for line in moment.cart.lines),
            last=moment.cart.last,
            total=moment.cart.total,
            others=other_currencies(moment.cart.total, self._rates, self._options),
            pieces=moment.cart.pieces,
            visitors=tuple(
                VisitorView(v, v.age_on(today), v.expired_on(today), self._known.visits.get(v.label, 0))
                for v in moment.visitors
            ),
            destination=moment.destination,
            regime=self._regime(moment),
            quota={label: judgement.assessment for label, judgement in judged.items()},
            judged=judged,
            can_undo=bool(self._before),
        )

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
    ) -> CheckoutView:
        before = self._moment
        after = _Moment(
            before.cart if cart is None else cart,
            before.visitors if visitors is None else visitors,
            before.destination if destination is None else destination,
        )
        if visitors is not None or destination is not None:
            self._known = self._ledgers_for(after)  # read before anything changes: a lost store changes nothing
        self._moment = after
        self._before.append(before)
        return self.view()

    def _carrier(self) -> str | None:
        return self._moment.visitors[0].label if self._moment.visitors else None

    def _check_stock(self, product: Product, wanted: int, on_hand: int) -> None:
        if wanted > on_hand:
            raise OutOfStock(product.code, wanted, on_hand)

    def _regime_id(self, moment: _Moment) -> str | None:
        return self._settings().regime_for(moment.destination) if moment.destination else None

    def _regime(self, moment: _Moment) -> Regime | None:
        regime = self._regime_id(moment)
        return self._regimes().get(regime) if regime else None

    def _ledgers_for(self, moment: _Moment) -> _Known:
        regime = self._regime(moment)
        if regime is None or not moment.visitors:
            return _Known()
        now = self._now()
        with self._store.reading() as work:
            ledgers = ledgers_of(work, moment.visitors, regime, now)
        zone = self._settings().zone
        today = now.astimezone(zone).date()
        visits = {
            label: len({line.at for line in ledger if line.at.astimezone(zone).date() == today})
            for label, ledger in ledgers.items()
        }
        return _Known(ledgers, visits)

    def _judge(self, now: datetime) -> tuple[Mapping[int, RowQuota], Mapping[str, Judgement]]:
        regime = self._regime(self._moment)
        if regime is None or not self._moment.visitors:
            return {}, {}
        return judge(self._standings(regime, now), self._moment.cart)

    def _standings(self, regime: Regime, now: datetime) -> Standings:
        """Where the visitors stand; weighed anew only when the regime's day has changed since."""
        known, day = self._known, now.astimezone(regime.zone).date()
        if known.day != day:
            visitors, ledgers = self._moment.visitors, known.ledgers
            known.standings = standings_of(regime, visitors, ledgers, now, self._rates)
            known.day = day
        return known.standings


def check_complete(product: Product) -> None:
    """Refuse a product without a category or a price: `other` and 0.00 are never assumed."""
    if product.missing:
        raise IncompleteProduct(product.code, product.missing)


def other_currencies(total: Money, rates: RateTable, settings: Settings) -> tuple[Money, ...]:
    """A total in the counter's other currencies, at their cash steps; a currency without a rate is left out."""
    cash = settings.cash()
    shown = []
    for currency in ALL_CURRENCIES:
        if currency == total.currency:
            continue
        try:
            shown.append(cash.asked(total.units / rates.taking(currency), currency))
        except NoRate:
            continue
    return tuple(shown)
