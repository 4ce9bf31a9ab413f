"""A payment provider's file of a day, laid beside what the shop has moved through it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, total
from pos.domain.outside_partners.attempt import AttemptKind, AttemptState, PartnerAttempt
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.reconciliation import Difference, DifferenceKind, StatementRow, acts, differences_of
from pos.domain.staff.staff import Person

ReadStatement = Callable[[str, Path], Sequence[StatementRow]]
"""A provider's name and the file: its rows, with times by the provider's clock.

Raises NotAStatement, StatementOfAnother, and BadField naming the row, or the file where it cannot be read.
"""
_BESIDE = timedelta(days=1)
"""A payment about midnight may stand in the provider's file of the day before or after."""
_SOON = timedelta(hours=1)
"""No customer takes longer to pay; what is settled later was only learnt late."""


class Verdict(Enum):
    """What a reconciliation comes to."""

    AGREED = "agreed"
    """All rows are the same on both sides, and nothing of the days is open."""
    UNSETTLED = "unsettled"
    """The same, but the shop does not know yet what became of some attempts of the days."""
    DIFFERENT = "different"
    NOTHING_HERE = "nothing_here"
    """The shop has nothing of what stands in the file: it may be the file of another account."""


@dataclass(frozen=True, slots=True)
class ProviderStatement:
    """A provider's file as it was read. Its days begin and end by the provider's clock, in the time zone `zone`."""

    provider: str
    first: date
    last: date
    rows: tuple[StatementRow, ...]
    zone: tzinfo

    def since(self, beside: timedelta = timedelta(0)) -> datetime:
        """When the first day begins, or so much earlier."""
        return datetime.combine(self.first, time(0), self.zone) - beside

    def until(self, beside: timedelta = timedelta(0)) -> datetime:
        """When the last day ends, or so much later."""
        return datetime.combine(self.last + timedelta(days=1), time(0), self.zone) + beside


@dataclass(frozen=True, slots=True)
class ProviderReconciliation:
    """What the provider and the shop have of the days `first` to `last`.

    `unsettled` are attempts of these days of which the shop does not know the outcome. `known` are those that the shop
    does not count although it knows the number of a row that only the provider has, by that number.
    `is_over`: the last day has ended, so that nothing more comes into its file.
    """

    provider: str
    first: date
    last: date
    there: tuple[StatementRow, ...]
    here: tuple[StatementRow, ...]
    differences: tuple[Difference, ...]
    unsettled: tuple[PartnerAttempt, ...]
    known: Mapping[str, PartnerAttempt]
    is_over: bool

    @property
    def verdict(self) -> Verdict:
        """What it comes to: agreed only where rows were compared and nothing of the days is open."""
        if not (self.here or self.unsettled or self.known):
            return Verdict.NOTHING_HERE
        if self.differences:
            return Verdict.DIFFERENT
        return Verdict.UNSETTLED if self.unsettled else Verdict.AGREED

    def known_of(self, difference: Difference) -> PartnerAttempt | None:
        """What the shop knows of a payment or a refund that only the provider counts; None for nothing."""
        if difference.kind is not DifferenceKind.ONLY_THERE:
            return None
        return next((self.known[row.number] for row in difference.there if row.number in self.known), None)

    def sums(self, *, refunds: bool) -> tuple[tuple[Money, Money], ...]:
        """What either side has taken, or given back: for each currency the provider's sum, then ours."""
        codes = {row.amount.currency.code: row.amount.currency for row in (*self.there, *self.here)}
        return tuple(
            (_sum(self.there, money, refunds=refunds), _sum(self.here, money, refunds=refunds))
            for _code, money in sorted(codes.items())
        )


@dataclass(frozen=True, slots=True)
class ReconcileProvider(UseCase):
    """Reads the file and changes nothing.

    A command does it in one step; a window reads the file beside the store first (`statement`), then the store
    (`attempts`), and lays both beside each other outside the store's thread (`laid_beside`).
    """

    read: ReadStatement

    def __call__(
        self, person: Person, provider: str, file: Path, first: date | None = None, last: date | None = None
    ) -> ProviderReconciliation:
        """The differences of the days, or without any of those that the file has. Raises NotAllowed, and as
        `statement`.
        """
        with authorized_read(self.store, person, "reports"):
            statement = self.statement(provider, file, first, last)
        return laid_beside(statement, self.attempts(person, statement), self.now())

    def statement(
        self, provider: str, file: Path, first: date | None = None, last: date | None = None
    ) -> ProviderStatement:
        """The rows of the days, or without any of those that the file has.

        Raises BadField for an unknown provider, days out of order, and a file without rows where no day is named;
        NotAStatement, StatementOfAnother, and BadField for another file.
        """
        if provider not in PROVIDER_KINDS:
            raise BadField("provider", "unknown", provider[:40])
        rows = self.read(provider, file)
        zone = next((row.at.tzinfo for row in rows if row.at is not None and row.at.tzinfo), None)
        first, last = _days(rows, first, last, file.name)
        inside = (row for row in rows if row.at is None or first <= row.at.date() <= last)
        return ProviderStatement(provider, first, last, tuple(inside), zone or self.settings().zone)

    def attempts(self, person: Person, statement: ProviderStatement) -> Sequence[PartnerAttempt]:
        """What was asked of the provider on the days of its file and about them, and what of before is open still.
        Raises NotAllowed.
        """
        with authorized_read(self.store, person, "reports") as work:
            since, until = statement.since(_BESIDE), statement.until(_BESIDE)
            return work.attempts.asked_between(statement.provider, since, until)


def laid_beside(
    statement: ProviderStatement, attempts: Iterable[PartnerAttempt], now: datetime
) -> ProviderReconciliation:
    """The provider's rows and the attempts of these days, as they stand `now`."""
    asked = list(attempts)
    since, until = statement.since(), statement.until()
    ours = {row: at for one in asked if (row := _row(one)) is not None and (at := row.at) is not None}
    found = [
        act for act in acts(statement.rows, ours)
        if act.there or any(since <= ours[row] < until for row in act.here)
    ]  # fmt: skip
    different = differences_of(found)
    only_there = {row.number for one in different for row in one.there if one.kind is DifferenceKind.ONLY_THERE}
    return ProviderReconciliation(
        statement.provider,
        statement.first,
        statement.last,
        statement.rows,
        tuple(row for act in found for row in act.here),
        different,
        tuple(one for one in asked if _is_unsettled(one, since, until)),
        {one.number: one for one in asked if one.number in only_there},
        now >= until,
    )


def _days(rows: Sequence[StatementRow], first: date | None, last: date | None, file: str) -> tuple[date, date]:
    """The days that are named, else those of the file."""
    days = sorted(row.at.date() for row in rows if row.at is not None)
    first = first or last or (days[0] if days else None)
    if first is None:
        raise BadField("FILE", "without_payments", file)
    last = last or max(first, days[-1] if days else first)
    if last < first:
        raise BadField("to", "before_from", last.isoformat())
    return first, last


def _row(one: PartnerAttempt) -> StatementRow | None:
    """What we count of an attempt; None where nothing has moved by what is known."""
    if one.state is not AttemptState.DONE or one.paid is None or one.settled_at is None:
        return None
    at = one.begun_at if _is_learnt_late(one, one.settled_at) else one.settled_at
    return StatementRow(one.number, one.reference, one.paid, one.kind is AttemptKind.REFUND, at, one.document)


def _is_learnt_late(one: PartnerAttempt, settled_at: datetime) -> bool:
    """Whether the money has moved long before its outcome was known. A provider may take days for a refund."""
    return settled_at - one.begun_at > _SOON and (one.kind is AttemptKind.CHARGE or one.decision is not None)


def _is_unsettled(one: PartnerAttempt, since: datetime, until: datetime) -> bool:
    """Whether it may have moved money in this time, which is not known: a refund also if it was begun before."""
    may_have = one.begun_at < until and (one.kind is AttemptKind.REFUND or one.begun_at >= since - _SOON)
    return one.is_open and one.state is not AttemptState.NEW and may_have


def _sum(rows: Sequence[StatementRow], money: Currency, *, refunds: bool) -> Money:
    return total((row.amount for row in rows if row.is_refund is refunds and row.amount.currency == money), money)
