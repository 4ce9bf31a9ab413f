"""The made-up past of a shop: weeks or years of sales, returns, deliveries, rates and counted drawers.

The steps of the shop themselves do everything, at an instant of the past; only sales are written in bulk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from sqlalchemy import Connection

from db.seed.border_demo import BorderDemo
from db.seed.demo_assortment import DemoAssortment
from db.seed.demo_cashier import DemoCashier
from db.seed.demo_pickups import PICKED_UP, DemoStream
from db.seed.demo_workshop import DemoWorkshop
from db.seed.past_days import baskets_a_day, instants
from db.seed.past_work import PastStore, PastWork
from db.seed.sale_replay import SaleReplay, frozen_rates
from db.seed.trade_visitors import DemoVisitors
from pos.application.access.shift_at_till import open_shift_of
from pos.application.maintenance.seal_books import SealBooks
from pos.application.ports.store import Secrets
from pos.application.pricing.rates_in_force import rates_of
from pos.application.pricing.set_rates import RateDraft, SetRate
from pos.application.purchasing.book_delivery import BookDelivery, DeliveredLine, Delivery
from pos.application.purchasing.delivery_note import DeliveryNote
from pos.application.quota.evaluate_quota import rates_text
from pos.application.returns.return_goods import ReturnGoods
from pos.application.returns.return_order import ReturnLine, ReturnOrder
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.shifts.close_shift import CloseShift
from pos.application.shifts.move_cash import MoveCash
from pos.application.shifts.open_shift import OpenShift
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.banknotes import Notes
from pos.domain.pricing.rates import Rate
from pos.domain.quota.rule import Regime
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Person

_RETURNED = 0.06
_OFF_BY_A_COIN = 0.07
_STAY = 6
"""How many of the notes that are removed from a drawer in the evening stay."""

_WHY = ("Wrong goods", "Changed mind", "Changed mind", "Faulty")
_DAYS_AHEAD = 12
_LEFT_DAYS = 4
_NEGLECTED = 0.16
"""The share of the articles that are not reordered towards the end: they run low."""

_PIECES_A_BASKET = 4.2
_COST_PERCENT = 60
_TRIES = 3
BASKETS_A_DAY = 57
"""Of a shop with three tills, one of which opens at weekends only."""


@dataclass(frozen=True, slots=True)
class PastPlan:
    """The demand: so many baskets over so many days at so many tills, the same ones for the same seed."""

    regimes: Callable[[], Mapping[str, Regime]]
    days: int
    baskets: int
    tills: int = 3
    at_weekends: int = 1
    """How many of the tills open from Friday to Sunday only."""
    seed: int = 1
    thought_over: float = 0.1
    """The share of baskets that go through every step of a sale; others repeat sales of the same days."""
    rates_hold: int = 1
    """The number of days for which the manager keeps the rates."""
    has_stream: bool = False
    """Whether the shop sells in a live stream on its last day; what is picked up of that comes to the baskets."""
    progress: Callable[[Connection, date, int], None] | None = None
    """Called after each day with the number sold until then; a long past commits here."""

    def random(self, what: str) -> Random:
        """A random generator for one part of it, independent of the other parts."""
        return Random(f"{what} {self.seed}")


def past_of(regimes: Callable[[], Mapping[str, Regime]], days: int) -> PastPlan | None:
    """The past of a new demo shop."""
    return PastPlan(regimes, days, days * BASKETS_A_DAY, has_stream=True) if days else None


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff in the past of the shop."""

    cashiers: Sequence[Person]
    manager: Person
    clerk: Person
    helper: Person
    """The person who unpacks deliveries with the clerk."""


class PastTrade:
    """The past of one shop, whose goods, people and settings are there already."""

    def __init__(
        self,
        connection: Connection,
        secrets: Secrets,
        settings: Settings,
        past: PastPlan,
        staff: Staff,
        demo: BorderDemo,
        workshop: DemoWorkshop | None = None,
    ) -> None:
        self._workshop = workshop
        self._connection, self._store = connection, PastStore(connection, secrets.chain)
        self._secrets, self._settings, self._past, self._staff = secrets, settings, past, staff
        self._demo, self._random = demo, past.random("days")
        self._encores: list[SaleReplay] = []
        self._at = datetime(2000, 1, 1, tzinfo=UTC)

    def make(self, wares: DemoAssortment, tills: Sequence[str], rates: Iterable[Sequence[Rate]], last: date) -> None:
        """Simulate the days that end with `last`; `rates` are those of each of them."""
        counts = baskets_a_day(last, self._past.days, self._past.baskets, tills, self._past.at_weekends, self._random)
        visitors = DemoVisitors(self._demo, self._past.random("visitors"), self._secrets)
        supply = _Supply(wares, self._past, self._random)
        sold = 0
        before: Sequence[Rate] | None = None
        for (day, of_tills), of_day in zip(counts, rates, strict=True):
            self._be(day, 8, 30)
            if of_day != before:
                self.set_rates(self._at, tills[0], of_day)
            before = of_day
            self._receive(day, tills[0], supply, left=(last - day).days)
            self._be(day, 8, 48)
            if self._workshop is not None:
                is_first = (last - day).days == self._past.days - 1
                self._workshop.morning(self._context(tills[0]), (last - day).days, is_first=is_first)
            who = {till: self._cashier(day, index) for index, till in enumerate(tills) if of_tills[till]}
            for till in who:
                self._be(day, 8, 50)
                self._sign_in(who[till])
                OpenShift(self._context(till))(who[till], self._demo.float_)
            sales = list(self._sales(day, of_tills, who, wares, visitors))
            self._return(day, who, sales)
            if day == last and self._past.has_stream:
                self._stream(day, tills[0], who[tills[0]], visitors)
            for till in who:
                self._close(day, till, who[till])
            self._be(day, 20, 40)
            if self._workshop is not None:
                self._workshop.evening(self._context(tills[0]), (last - day).days)
            sold += sum(of_tills.values())
            if self._past.progress is not None:
                self._past.progress(self._connection, day, sold)

    def _context(self, till: str) -> Context:
        """The context of the use cases at a till. What comes back gives the allowance back by the rules of its sale."""
        return Context(
            store=self._store, now=self._now, settings=lambda: self._settings, till=till, regimes=self._past.regimes,
            secrets=self._secrets, translators={},
        )  # fmt: skip

    def _now(self) -> datetime:
        return self._at

    def _be(self, day: date, hour: int, minute: int) -> None:
        self._at = datetime.combine(day, time(hour, minute), self._settings.zone)

    def _sign_in(self, person: Person) -> None:
        with self._store.begin() as work:
            work.people.signed_in(person, self._at)
            work.commit()

    def _cashier(self, day: date, index: int) -> Person:
        """Each cashier has a till of their own, and they change places on Mondays."""
        return self._staff.cashiers[(index + day.isocalendar().week) % len(self._staff.cashiers)]

    def set_rates(self, at: datetime, till: str, rates: Sequence[Rate]) -> None:
        """Set rates at an instant, as the manager."""
        self._at = at
        self._sign_in(self._staff.manager)
        drafts = [RateDraft(rate.currency, rate.buy, rate.sell, rate.customs) for rate in rates]
        SetRate(self._context(till)).all(self._staff.manager, drafts, anyway=True)

    def _receive(self, day: date, till: str, supply: _Supply, left: int) -> None:
        """Deliveries of low goods come on Mondays and Thursdays, from each supplier with a delivery note of its own."""
        if day.weekday() not in (0, 3):
            return
        self._be(day, 8, 40)
        for person in (self._staff.clerk, self._staff.helper):
            self._sign_in(person)
        book = BookDelivery(self._context(till))
        with self._store.reading() as work:
            deliveries = supply.deliveries(work.stock.on_hand, left)
            names = {one.id: one.name for one in work.suppliers.all()}
        for number, supplier in enumerate(sorted(deliveries), 1):
            self._at += timedelta(minutes=1)
            delivery_note = DeliveryNote(names.get(supplier, ""), delivery_note=f"{day:%y%m%d}-{number}")
            book(Delivery(deliveries[supplier], delivery_note=delivery_note), self._staff.clerk)

    def _sales(
        self,
        day: date,
        of_tills: Mapping[str, int],
        who: Mapping[str, Person],
        wares: DemoAssortment,
        visitors: DemoVisitors,
    ) -> Iterator[Sale]:
        times = [
            (at, till)
            for till, count in of_tills.items()
            for at in instants(day, count, self._settings.zone, self._random)
        ]
        regimes = self._past.regimes()
        with self._store.selling() as work:
            rates = rates_of(work, self._settings, datetime.combine(day, time(9), self._settings.zone))
            counter = DemoCashier(
                self._store, work, self._settings, regimes, self._secrets, self._random, wares, visitors, self._demo,
                rates, self._staff.manager,
            )  # fmt: skip
            quota_rates = rates_text(rates)
            frozen = frozen_rates(rates, quota_rates)
            self._encores = [one for one in self._encores if one.holds(rates, quota_rates)]
            shifts = {till: open_shift_of(work, till) for till in who}
            for at, till in sorted(times):
                known = self._known_sale(work, shifts[till])
                if known is not None:
                    visitor, key = visitors.stranger(known.nation, day), f"{self._random.getrandbits(128):032x}"
                    known.again(work, self._secrets, shifts[till], visitor, key, at, frozen, day)
                    continue
                sold = counter.sell(till, who[till], at)
                again = SaleReplay.of(sold, work.journal.last)
                if again is not None:
                    self._encores.append(again)
                yield sold

    def _known_sale(self, work: PastWork, shift: Shift) -> SaleReplay | None:
        """A sale to be repeated; None where the next one goes through every step."""
        if self._random.random() < self._past.thought_over or not self._encores:
            return None
        for _ in range(_TRIES):
            one = self._random.choice(self._encores)
            if one.may_be(work, shift):
                return one
        return None

    def _return(self, day: date, who: Mapping[str, Person], sales: Sequence[Sale]) -> None:
        for number, sale in enumerate(sales):
            if self._random.random() >= _RETURNED:
                continue
            self._be(day, 20, 5)
            self._at += timedelta(seconds=number * 600 // len(sales))
            line, paid = self._random.choice(sale.lines), sale.paid[0].tender
            order = ReturnOrder(
                f"{self._random.getrandbits(128):032x}",
                sale.receipt,
                (ReturnLine(line.line, 1, self._random.choice(("shelf", "shelf", "shelf", "quarantine"))),),
                paid.method,
                paid.amount.currency,
                self._random.choice(_WHY),
                who[sale.till].name,
            )
            back = ReturnGoods(self._context(sale.till))
            try:
                back(order, self._secrets.request(order.key.encode()))
            except RuleBroken:
                continue  # above the cashier's own limit: the customer keeps it

    def _stream(self, day: date, till: str, cashier: Person, visitors: DemoVisitors) -> None:
        """The shop sells in a live stream on its last day: some of the orders are picked up the same evening."""
        self._be(day, 20, 16)
        nation = max(self._demo.nations, key=lambda one: one.many)
        to = max(nation.leaves, key=lambda side: nation.leaves[side])
        strangers = [visitors.stranger(nation.code, day) for _ in PICKED_UP]
        stream = DemoStream(self._connection, self._secrets, self._settings, self._past.regimes, self._demo, till)
        stream.make(cashier, self._at, strangers, to)

    def _close(self, day: date, till: str, person: Person) -> None:
        """The large notes go to the safe, then the drawer is counted: now and then a coin is missing."""
        self._be(day, 20, 20)
        with self._store.reading() as work:
            shift = work.shifts.open_at(till)
            assert shift is not None, "it was opened in the morning"
            held = {code: dict(notes) for code, notes in work.shifts.drawer(shift).items()}
        for code, note in self._demo.drop.items():
            many = held.get(code, {}).get(note, 0) - _STAY
            if many > 0:
                amount = Money(note * many, CURRENCIES[code])
                MoveCash(self._context(till))(person, "drop", amount, "evening takings", {note: many})
                held[code][note] -= many
        count: dict[str, Notes] = {
            code: {note: many for note, many in notes.items() if many > 0} for code, notes in held.items()
        }
        if self._random.random() < _OFF_BY_A_COIN and self._demo.missing is not None:
            currency, piece = self._demo.missing
            counted = count.get(currency.code, {})
            if counted.get(piece, 0) > 1:
                count[currency.code] = {**counted, piece: counted[piece] - 1}
        self._at += timedelta(minutes=10)
        seal = SealBooks(self._context(till))
        z = CloseShift(self._context(till), seal)(person, count).report
        assert z.z_number is not None, "a close gives it"
        with self._store.begin() as work:
            work.outbox.z_printed(till, z.z_number)
            work.commit()


class _Supply:
    """The shop's reorders and their quantities."""

    def __init__(self, wares: DemoAssortment, past: PastPlan, random: Random) -> None:
        a_day = past.baskets / past.days * _PIECES_A_BASKET
        self._a_day = {product: share * a_day for product, share in wares.share().items()}
        self._goods = wares.goods
        self._neglected = {one.id for one in wares.goods if one.id not in wares.kept and random.random() < _NEGLECTED}
        self._kept = wares.kept

    def deliveries(self, on_hand: Callable[[int], int], left: int) -> dict[int, list[DeliveredLine]]:
        """The lines of what comes today, by supplier; `left` days are still to pass."""
        lines: dict[int, list[DeliveredLine]] = {}
        for one in self._goods:
            a_day, there = self._a_day[one.id], on_hand(one.id)
            least = max(a_day * _LEFT_DAYS, 24 if one.id in self._kept else 2)
            if there >= least or (one.id in self._neglected and left < _DAYS_AHEAD):
                continue
            assert one.price is not None, "only complete goods are sold"
            pieces = max(round(a_day * _DAYS_AHEAD + least) - there, 3)
            cost = Money(one.price.minor * _COST_PERCENT // 100, one.price.currency)
            lines.setdefault(one.supplier or 0, []).append(DeliveredLine(one.code, pieces, cost=cost))
        return lines
