"""Change many prices in one step: preview, set together from an instant, withdraw together until then."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.catalogue_ports import Changed
from pos.application.ports.pricing_ports import Among, DatedPrice, PricedGood
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.set_price import RIGHT, detail
from pos.application.settings.context import UseCase
from pos.domain.catalogue.category import is_scope
from pos.domain.catalogue.product_card import price_text
from pos.domain.errors import BadField, BadInput, MovedMeanwhile, Refused
from pos.domain.money import CURRENCIES, Money
from pos.domain.pricing.price_change import PriceChange, margin_of
from pos.domain.pricing.unlikely_price import is_unlikely_price
from pos.domain.staff.staff import Person

MOST = 10_000
"""Most prices in one step: it takes a second or two, and no till waits longer for the store."""

_PAGE = 500
_MOST_FOUND = 5_000
_HIGHEST = 999_999_999
_PENDING = "_price_changes"


@dataclass(eq=False)
class NothingToReprice(Refused):
    """No price would change."""

    fact = "nothing_to_reprice"


@dataclass(eq=False)
class TooManyPrices(Refused):
    """More goods than one step allows."""

    fact = "too_many_prices"

    most: int


@dataclass(eq=False)
class NoPriceLeft(Refused):
    """The reduction leaves no price above zero."""

    fact = "no_price_left"

    code: str
    price: Money


@dataclass(eq=False)
class NoSuchPriceChange(BadInput):
    """No pending price change has this number."""

    fact = "no_such_price_change"

    change: int


@dataclass(frozen=True, slots=True)
class RepriceRequest:
    """The goods, the operation on their prices, and the start (None: now)."""

    among: Among
    change: PriceChange
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Repriced:
    """A product with its present and its new price."""

    good: PricedGood
    new: Money

    @property
    def is_below_cost(self) -> bool:
        """Whether the new price is below the average cost; False for an unknown cost."""
        return self.good.cost is not None and self.new.minor < self.good.cost.minor

    @property
    def is_unlikely(self) -> bool:
        """Whether the new price looks like a slip: ten times the old one, or a tenth of it."""
        return is_unlikely_price(self.good.price, self.new)

    @property
    def margins(self) -> tuple[Fraction | None, Fraction | None]:
        """Margins of the old and the new price, in per cent."""
        return margin_of(self.good.price, self.good.cost), margin_of(self.new, self.good.cost)


@dataclass(frozen=True, slots=True)
class RepricedPage:
    """A page of price changes, and the product after which the next begins (None after the last)."""

    rows: tuple[Repriced, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class RepricedTally:
    """Number of changed prices, of those below cost, and of impossible ones; MOST + 1 means more than MOST.

    `mark` distinguishes these prices, old and new, from others. `unlikely` is the number of those that look like a
    slip, and `example` the first of them.
    """

    goods: int
    below_cost: int
    impossible: int
    mark: str = ""
    unlikely: int = 0
    example: Repriced | None = None


@dataclass(frozen=True, slots=True)
class PriceChangeMade:
    """A price change of `goods` products, set `at`; it can be withdrawn until `since`.

    `replaced` are the scheduled prices whose place it took; they come back when it is withdrawn.
    """

    no: int
    goods: int
    since: datetime
    at: datetime
    person: str
    replaced: tuple[tuple[int, DatedPrice], ...] = ()


class ChangePrices(UseCase):
    """Changes prices in bulk. Needs the permission `price`. Open baskets keep their prices, labels become due."""

    def page(self, person: Person, request: RepriceRequest, after: int = 0, limit: int = 100) -> RepricedPage:
        """A page of the preview. Raises BadField, NotAllowed."""
        at = self._from(request)
        with authorized_read(self.store, person, RIGHT) as work:
            rows: list[Repriced] = []
            for one in _changing(work, request, at, after):
                rows.append(one)
                if len(rows) == limit:
                    return RepricedPage(tuple(rows), one.good.id)
            return RepricedPage(tuple(rows), None)

    def tally(self, person: Person, request: RepriceRequest) -> RepricedTally:
        """Count the price changes. Raises BadField, NotAllowed."""
        at, goods, below, impossible, mark = self._from(request), 0, 0, 0, _Mark()
        unlikely, example = 0, None
        with authorized_read(self.store, person, RIGHT) as work:
            for one in _changing(work, request, at):
                goods += 1
                mark.take(one)
                below += one.is_below_cost
                impossible += not _is_price(one.new)
                if one.is_unlikely:
                    unlikely, example = unlikely + 1, example or one
                if goods > MOST:
                    break
        return RepricedTally(goods, below, impossible, mark.text(), unlikely, example)

    def __call__(self, person: Person, request: RepriceRequest, seen: RepricedTally | None = None) -> PriceChangeMade:
        """Set all prices in one transaction, with one journal entry. `seen` is the count that the person has seen.

        Raises NothingToReprice, TooManyPrices, NoPriceLeft, MovedMeanwhile, BadField, NotAllowed.
        """
        person.check(RIGHT)
        with authorized_write(self.store, person, RIGHT) as (work, person):
            now = self.now()
            at = self._from(request, now)
            rows: list[Repriced] = []
            mark = _Mark()
            for one in _changing(work, request, at):
                mark.take(one)
                if not _is_price(one.new):
                    raise NoPriceLeft(one.good.code, one.good.price)
                rows.append(one)
                if len(rows) > MOST:
                    raise TooManyPrices(MOST)
            if seen is not None and seen.mark != mark.text():
                raise MovedMeanwhile
            if not rows:
                raise NothingToReprice
            pending, last = _pending(work)
            before = dict(work.priced.set_together(at)) if at > now else {}
            replaced = tuple((one.good.id, before[one.good.id]) for one in rows if one.good.id in before)
            made = PriceChangeMade(last + 1, len(rows), at, now, person.name, replaced)
            dated = [(one.good.id, DatedPrice(one.new, at, person.name, now)) for one in rows]
            work.prices.set_many(dated)
            changes = [_changed(one, at, now, before.get(one.good.id)) for one in rows]
            work.history.write(changes, now, person.name)
            work.journal.write(now, self.till, person.name, "set_prices", _journaled(made, request, rows))
            _keep(work, [one for one in pending if one.since > now] + ([made] if at > now else []), made.no)
            work.commit()
        return made

    def pending(self, person: Person) -> Sequence[PriceChangeMade]:
        """Pending changes, the earliest first, each with the number of its prices that are still to come.

        A change whose prices were all replaced from the same instant is not listed. Raises NotAllowed.
        """
        now = self.now()
        with authorized_read(self.store, person, RIGHT) as work:
            to_come = [one for one in _pending(work)[0] if one.since > now]
            left = [replace(one, goods=len(work.priced.set_together(one.since, one.at))) for one in to_come]
        return sorted((one for one in left if one.goods), key=lambda one: (one.since, one.no))

    def withdraw(self, person: Person, no: int) -> PriceChangeMade:
        """Withdraw a pending change, returned with the number of prices withdrawn; prices set by hand since then stay,
        and those whose place it took are scheduled again.

        Raises NoSuchPriceChange, NotAllowed.
        """
        person.check(RIGHT)
        with authorized_write(self.store, person, RIGHT) as (work, person):
            now = self.now()
            pending, last = _pending(work)
            made = next((one for one in pending if one.no == no and one.since > now), None)
            if made is None:
                raise NoSuchPriceChange(no)
            together = work.priced.set_together(made.since, made.at)
            for key, _ in together:
                work.prices.withdraw(key, made.since)
            here = {key for key, _ in together}
            back = {key: replace(dated, person=person.name) for key, dated in made.replaced if key in here}
            work.prices.set_many(list(back.items()))
            gone = [Changed(key, "price_to_come", detail(dated), detail(back[key]) if key in back else None)
                    for key, dated in together]  # fmt: skip
            work.history.write(gone, now, person.name)
            details = {"change": no, "since": made.since.isoformat(), "count": len(gone),
                       "products": [key for key, _ in together]}  # fmt: skip
            work.journal.write(now, self.till, person.name, "withdraw_prices", details)
            if back:
                work.journal.write(now, self.till, person.name, "set_prices", _journaled_again(made, back))
            _keep(work, [_without(one, made) for one in pending if one.no != no], last)
            work.commit()
        return replace(made, goods=len(gone))

    def _from(self, request: RepriceRequest, now: datetime | None = None) -> datetime:
        now, currency, among = now or self.now(), self.settings().price, request.among
        if request.since is not None and request.since < now:
            raise BadField("from", "in_the_past", request.since.isoformat())
        if not is_scope(among.scope):
            raise BadField("category", "unknown", among.scope[:40])
        for field, money in (("amount", request.change.amount), ("low", among.low), ("high", among.high)):
            if money is not None and money.currency != currency:
                raise BadField(field, "not_one_of", money.currency.code)
        return request.since or now


class _Mark:
    """A short text that differs where one price, old or new, differs."""

    def __init__(self) -> None:
        self._hash = sha256()

    def take(self, one: Repriced) -> None:
        self._hash.update(f"{one.good.id} {one.good.price} {one.new}\n".encode())

    def text(self) -> str:
        return self._hash.hexdigest()[:16]


def _is_price(money: Money) -> bool:
    return money.minor > 0 and money.units <= _HIGHEST


def _changing(work: UnitOfWork, request: RepriceRequest, at: datetime, after: int = 0) -> Iterator[Repriced]:
    """The price changes in the order of product ids."""
    among = request.among
    if among.supplier:
        supplier = work.suppliers.by_name(among.supplier)
        if supplier is None:
            raise BadField("supplier", "unknown", among.supplier[:80])
        among = replace(among, supplier=supplier.name)
    ids = work.products.find_named_ids(among.words, _MOST_FOUND) if among.words.strip() else None
    while goods := work.priced.page(among, ids, at, after, _PAGE):
        for good in goods:
            new = request.change.of(good.price)
            if new != good.price:
                yield Repriced(good, new)
        after = goods[-1].id


def _changed(one: Repriced, since: datetime, now: datetime, replaced: DatedPrice | None) -> Changed:
    if since == now:
        return Changed(one.good.id, "price", price_text(one.good.price), price_text(one.new))
    before = None if replaced is None else detail(replaced)
    return Changed(one.good.id, "price_to_come", before, f"{price_text(one.new)} {since.isoformat()}")


def _journaled(made: PriceChangeMade, request: RepriceRequest, rows: Sequence[Repriced]) -> dict[str, object]:
    among, change = request.among, request.change
    said = {
        "percent": None if change.percent is None else format(change.percent, "f"),
        "amount": None if change.amount is None else str(change.amount),
        "ending": change.ending or None,
        "category": None if among.scope == "*" else among.scope,
        "supplier": among.supplier or None,
        "words": among.words or None,
        "low": None if among.low is None else str(among.low),
        "high": None if among.high is None else str(among.high),
    }
    return {
        "change": made.no,
        "since": made.since.isoformat(),
        "count": made.goods,
        "currency": rows[0].new.currency.code,
        **{name: value for name, value in said.items() if value is not None},
        "prices": [[one.good.id, str(one.new)] for one in rows],
    }


def _journaled_again(made: PriceChangeMade, back: Mapping[int, DatedPrice]) -> dict[str, object]:
    """The scheduled prices whose place the withdrawn change had taken."""
    return {
        "since": made.since.isoformat(),
        "count": len(back),
        "currency": next(iter(back.values())).price.currency.code,
        "prices": [[key, str(dated.price)] for key, dated in back.items()],
    }


def _without(later: PriceChangeMade, gone: PriceChangeMade) -> PriceChangeMade:
    """A pending change after `gone` was withdrawn.

    It had replaced prices of `gone`. Now it replaces the prices that `gone` had replaced.
    """
    if later.since != gone.since:
        return later
    before, kept = dict(gone.replaced), []
    for key, dated in later.replaced:
        if dated.set_at != gone.at:
            kept.append((key, dated))
        elif key in before:
            kept.append((key, before[key]))
    return replace(later, replaced=tuple(kept))


def _pending(work: UnitOfWork) -> tuple[list[PriceChangeMade], int]:
    """The changes pending when the last one was made, and the last number assigned."""
    text = work.settings.all().get(_PENDING)
    if text is None:
        return [], 0
    kept = json.loads(text)
    read = datetime.fromisoformat
    made = []
    for one in kept["to_come"]:
        since = read(one["since"])
        replaced = tuple(
            (key, DatedPrice(Money(minor, CURRENCIES[code]), since, person, read(at)))
            for key, minor, code, person, at in one.get("replaced", ())
        )
        made.append(PriceChangeMade(one["no"], one["goods"], since, read(one["at"]), one["person"], replaced))
    return made, int(kept["last"])


def _keep(work: UnitOfWork, to_come: Sequence[PriceChangeMade], last: int) -> None:
    details = {"last": last, "to_come": [_kept(one) for one in to_come]}
    work.settings.set(_PENDING, json.dumps(details))


def _kept(made: PriceChangeMade) -> dict[str, object]:
    return {
        "no": made.no,
        "goods": made.goods,
        "since": made.since.isoformat(),
        "at": made.at.isoformat(),
        "person": made.person,
        "replaced": [
            [key, dated.price.minor, dated.price.currency.code, dated.person, dated.set_at.isoformat()]
            for key, dated in made.replaced
        ],
    }
