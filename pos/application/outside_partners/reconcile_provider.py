"""A payment provider's file of a day, laid beside what the shop has moved through it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, total
from pos.domain.outside_partners.attempt import AttemptKind, PartnerAttempt
from pos.domain.outside_partners.providers import PROVIDER_KINDS
from pos.domain.outside_partners.reconciliation import Difference, DifferenceKind, StatementRow, differences
from pos.domain.staff.staff import Person

ReadStatement = Callable[[str, Path], Sequence[StatementRow]]
"""A provider's name and the file: its rows. Raises BadField naming the line, or the file where it cannot be read."""
_BESIDE = timedelta(days=1)
"""A payment about midnight may stand in the provider's file of the day before or after."""


@dataclass(frozen=True, slots=True)
class ProviderReconciliation:
    """What the provider and the shop have of the days `first` to `last`."""

    provider: str
    first: date
    last: date
    there: tuple[StatementRow, ...]
    here: tuple[StatementRow, ...]
    differences: tuple[Difference, ...]

    def sums(self, *, refunds: bool) -> tuple[tuple[Money, Money], ...]:
        """What either side has taken, or given back: for each currency the provider's sum, then ours."""
        codes = {row.amount.currency.code: row.amount.currency for row in (*self.there, *self.here)}
        return tuple(
            (_sum(self.there, money, refunds=refunds), _sum(self.here, money, refunds=refunds))
            for _code, money in sorted(codes.items())
        )


@dataclass(frozen=True, slots=True)
class ReconcileProvider(UseCase):
    """Reads the file and changes nothing."""

    read: ReadStatement

    def __call__(
        self, person: Person, provider: str, file: Path, first: date | None = None, last: date | None = None
    ) -> ProviderReconciliation:
        """The differences of the days, or without any of those that the file has.

        Raises NotAllowed, BadField for an unknown provider, days out of order, a file of another form, or one without
        rows where no day is named.
        """
        with authorized_read(self.store, person, "reports") as work:
            if provider not in PROVIDER_KINDS:
                raise BadField("provider", "unknown", provider[:40])
            there, zone = tuple(self.read(provider, file)), self.settings().zone
            first, last = _days(there, first, last, zone)
            since, until = (datetime.combine(day, time(0), zone) for day in (first - _BESIDE, last + 2 * _BESIDE))
            moved = work.attempts.moved_between(provider, since, until)
        rows = [(_row(one), one.settled_at) for one in moved if one.paid is not None and one.settled_at is not None]
        inside = {row for row, at in rows if first <= at.astimezone(zone).date() <= last}
        theirs = [row for row in there if row.at is None or first <= row.at.astimezone(zone).date() <= last]
        found = differences(theirs, (row for row, _at in rows))
        return ProviderReconciliation(
            provider, first, last, tuple(theirs), tuple(row for row, _at in rows if row in inside),
            tuple(one for one in found if one.kind is not DifferenceKind.ONLY_HERE or inside.intersection(one.here)),
        )  # fmt: skip


def _days(there: Sequence[StatementRow], first: date | None, last: date | None, zone: tzinfo) -> tuple[date, date]:
    """The days that are named, else those of the file."""
    days = sorted(row.at.astimezone(zone).date() for row in there if row.at is not None)
    first = first or last or (days[0] if days else None)
    if first is None:
        raise BadField("day", "missing")
    last = last or max(first, days[-1] if days else first)
    if last < first:
        raise BadField("to", "before_from", last.isoformat())
    return first, last


def _row(one: PartnerAttempt) -> StatementRow:
    assert one.paid is not None
    return StatementRow(one.number, one.reference, one.paid, one.kind is AttemptKind.REFUND, one.settled_at)


def _sum(rows: Sequence[StatementRow], money: Currency, *, refunds: bool) -> Money:
    return total((row.amount for row in rows if row.is_refund is refunds and row.amount.currency == money), money)
