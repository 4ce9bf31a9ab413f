"""Dated exchange rates: shown, and superseded from an instant on, never edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.money import Currency
from pos.domain.pricing.official_rates import RatesOlder
from pos.domain.pricing.rate_doubts import ClockBehind, RateDoubt, doubts_of
from pos.domain.pricing.rates import Rate, RateTable, check_rate
from pos.domain.staff.staff import Person


class ShowRates(UseCase):
    """The rates in force."""

    def __call__(self) -> RateTable:
        """The rates of this instant."""
        settings = self.settings()
        with self.store.reading() as work:
            return rates_of(work, settings, self.now())


@dataclass(frozen=True, slots=True)
class RateDraft:
    """A draft of a rate, valid from now without `since`; `where` is the prefix of the field in an error.

    Without `buy` and `sell` those of the rate before stay, and with `keeps_customs` its customs rate. `official` is
    the rate of the bank that it is made of.
    """

    currency: Currency
    buy: Decimal | None
    sell: Decimal | None
    customs: Decimal | None = None
    since: datetime | None = None
    where: str = ""
    keeps_customs: bool = False
    official: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RateSource:
    """The file of a central bank that rates come from: of which `day`, and for which use it was taken.

    `lacking` are the currencies of the shop that it says nothing about; they keep their rates. `host` is the computer
    of the web that it was fetched from, empty for a file of this one.
    """

    bank: str
    day: date
    file: str
    sha256: str
    use: str
    lacking: tuple[str, ...] = ()
    host: str = ""


@dataclass(frozen=True, slots=True)
class PlannedRate:
    """A rate to be recorded, and the one before it."""

    rate: Rate
    before: Rate | None
    official: Decimal | None = None


@dataclass(frozen=True, slots=True)
class RatePlan:
    """The rates to be recorded, in order of their instants, and the doubts to confirm first.

    `carried` are scheduled rates that are recorded once more, with the part of these rates that they do not change.
    """

    rates: tuple[PlannedRate, ...]
    doubts: tuple[RateDoubt, ...]
    source: RateSource | None = None
    carried: tuple[PlannedRate, ...] = ()

    @property
    def all(self) -> tuple[PlannedRate, ...]:
        """Everything that is recorded."""
        return (*self.rates, *self.carried)


class SetRate(UseCase):
    """Records rates from an instant on. Recorded rates are never edited: recorded sales keep theirs."""

    def __call__(
        self,
        person: Person,
        currency: Currency,
        buy: Decimal,
        sell: Decimal,
        customs: Decimal | None,
        since: datetime | None,
        *,
        anyway: bool = False,
    ) -> Rate:
        """Record one rate; see `all`."""
        return self.all(person, [RateDraft(currency, buy, sell, customs, since)], anyway=anyway)[0]

    def plan(self, person: Person, drafts: Sequence[RateDraft], source: RateSource | None = None) -> RatePlan:
        """The rates and doubts of `all`, without recording. Needs the permission `rates`. Raises BadField."""
        with authorized_read(self.store, person, "rates") as work:
            return _plan(work, drafts, source, self.settings(), self.now(), self.till)

    def all(
        self,
        person: Person,
        drafts: Sequence[RateDraft],
        *,
        anyway: bool = False,
        seen: RatePlan | None = None,
        source: RateSource | None = None,
    ) -> Sequence[Rate]:
        """Record the rates in one transaction. Needs the permission `rates`. Raises BadField.

        Raises the first RateDoubt that needs a confirmation, unless `anyway`, and MovedMeanwhile where other rates come
        before them than in the plan that the person has `seen`.
        """
        person.check("rates")
        settings, now = self.settings(), self.now()
        with authorized_write(self.store, person, "rates") as (work, person):
            plan = _plan(work, drafts, source, settings, now, self.till)
            if seen is not None and [one.before for one in seen.all] != [one.before for one in plan.all]:
                raise MovedMeanwhile
            if plan.doubts and not anyway:
                raise plan.doubts[0]
            for one in plan.all:
                work.rates.set(one.rate, person.name)
                work.journal.write(now, self.till, person.name, "set_rate", _journaled(one, source))
            work.commit()
        return [one.rate for one in plan.rates]


def _plan(
    work: UnitOfWork,
    drafts: Sequence[RateDraft],
    source: RateSource | None,
    settings: Settings,
    now: datetime,
    till: str,
) -> RatePlan:
    for one in drafts:
        _check(one, settings)
    in_order = sorted(drafts, key=lambda one: one.since or now)
    planned: list[PlannedRate] = []
    doubts: list[RateDoubt] = []
    current = work.rates.at(now)
    last = work.journal.last_at(till)
    if last is not None and last > now and any(one.since is None for one in drafts):
        doubts.append(ClockBehind(now, last))
    for one in in_order:
        code, since = one.currency.code, one.since or now
        before = work.rates.at(since).get(code)
        for earlier in planned:  # in the same file, so it may be newer than the recorded ones
            if earlier.rate.currency == one.currency:
                if earlier.rate.since == since:
                    raise BadField(f"{one.where}currency", "duplicate", code)
                before = earlier.rate if before is None or earlier.rate.since >= before.since else before
        rate = _following(before, one, since)
        planned.append(PlannedRate(rate, before, one.official))
        doubts += doubts_of(rate, before, current.get(code), settings.rate_jump_percent)
    if source is not None:
        doubts[:0] = _older(source, planned, settings)
    return RatePlan(tuple(planned), tuple(doubts), source, tuple(_carried(work, planned, now)))


def _carried(work: UnitOfWork, planned: Sequence[PlannedRate], now: datetime) -> Iterator[PlannedRate]:
    """Scheduled rates behind the planned ones, as far as they would set back what they were never meant to change.

    A rate has buy, sell and customs. One that was scheduled for customs alone repeats the others as they were then.
    """
    first = min((one.rate.since for one in planned), default=now)
    recorded = [one.rate for one in work.rates.recorded(first)]
    for one in planned:
        same = [other.rate.since for other in planned if other.rate.currency == one.rate.currency]
        until = min((since for since in same if since > one.rate.since), default=None)
        old, new = one.before, one.rate
        for later in recorded:
            is_behind = later.since > one.rate.since and (until is None or later.since < until)
            if old is None or later.currency != new.currency or not is_behind:
                continue
            carried = _merged(old, later, new)
            if carried == later:
                break
            yield PlannedRate(carried, later)
            old, new = later, carried


def _merged(old: Rate, later: Rate, new: Rate) -> Rate:
    """What was scheduled as a change of `old`, made the same change of `new`."""
    buys, sells = (new.buy, new.sell) if (later.buy, later.sell) == (old.buy, old.sell) else (later.buy, later.sell)
    customs = new.customs if later.customs == old.customs else later.customs
    return Rate(later.currency, buys, sells, customs, later.since)


def _following(before: Rate | None, draft: RateDraft, since: datetime) -> Rate:
    """The rate of a draft, with what it keeps of the one before."""
    customs = before.customs if before is not None and draft.keeps_customs else draft.customs
    if draft.buy is not None and draft.sell is not None:
        return Rate(draft.currency, draft.buy, draft.sell, customs, since)
    if before is None:
        raise BadField(f"{draft.where}buy", "missing")
    return Rate(draft.currency, before.buy, before.sell, customs, since)


def _older(source: RateSource, planned: Sequence[PlannedRate], settings: Settings) -> Iterator[RateDoubt]:
    """A file of a day before the rates in force, unless it changes none of them: a scheduler may take it twice."""
    changed = [
        one.before
        for one in planned
        if one.before is not None and replace(one.rate, since=one.before.since) != one.before
    ]
    newest = max((before.since for before in changed), default=None)
    if newest is not None and source.day < newest.astimezone(settings.zone).date():
        yield RatesOlder(source.bank, source.day, newest)


def _check(draft: RateDraft, settings: Settings) -> None:
    if draft.currency == settings.base:
        raise BadField(f"{draft.where}currency", "is_the_base", draft.currency.code)
    for field, value in (("buy", draft.buy), ("sell", draft.sell), ("customs", draft.customs)):
        if value is not None:
            check_rate(value, f"{draft.where}{field}")
    if draft.buy is not None and draft.sell is not None and draft.buy > draft.sell:
        raise BadField(f"{draft.where}buy", "above_sell", format(draft.buy, "f"))


def _journaled(planned: PlannedRate, source: RateSource | None) -> Mapping[str, object]:
    rate = planned.rate
    facts: dict[str, object] = {
        "currency": rate.currency.code,
        "buy": format(rate.buy, "f"),
        "sell": format(rate.sell, "f"),
        "customs": None if rate.customs is None else format(rate.customs, "f"),
        "since": rate.since.isoformat(),
    }
    if source is not None:
        facts |= {
            "how": source.use,
            "bank": source.bank,
            "day": source.day.isoformat(),
            "file": source.file,
            "sha256": source.sha256,
            "official": None if planned.official is None else format(planned.official, "f"),
        }
        if source.host:
            facts["host"] = source.host
    return facts
