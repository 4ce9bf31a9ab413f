"""The customs file: what each visitor carried out, by regime and day; documents and persons are pseudonymous."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.report_ports import CarriedLine
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Money, total
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.staff.staff import Person

RIGHT = "reports"
STATED, ASSUMED, PARCEL = "told", "assumed", "parcel"
"""How the departure is known: recorded at the till, assumed by the regime at the end of the day, or in a parcel
from the sale on.
"""

_HIDDEN = "•"
_SHOWN = 4
_PSEUDONYM = 16
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """Goods of one receipt that departed on a day, with the kind of evidence."""

    how: str
    line: CarriedLine


@dataclass(frozen=True, slots=True)
class CarryOut:
    """What one visitor carried out on one day under one regime.

    `visitor` is a keyed pseudonym, the same for all documents of a person; `document` is its last characters.
    """

    regime: str
    day: date
    visitor: str
    country: str
    document: str
    lines: tuple[CustomsLine, ...]

    @property
    def quantity(self) -> int:
        """Pieces in all."""
        return sum(one.line.quantity for one in self.lines)

    @property
    def dutiable(self) -> int:
        """Pieces above the allowance."""
        return sum(one.line.dutiable for one in self.lines)

    @property
    def value(self) -> Money:
        """The price paid for them."""
        return total((one.line.amount for one in self.lines), self.lines[0].line.amount.currency)


@dataclass(frozen=True, slots=True)
class CustomsFile:
    """A whole customs file; `first` and `last` are inclusive."""

    shop: str
    first: date
    last: date
    made_at: datetime
    carried: Sequence[CarryOut]


Write = Callable[[Path, CustomsFile], None]
"""Writes a customs file in one format."""


@dataclass(frozen=True, slots=True)
class ExportCustoms(UseCase):
    """Exports the customs file and logs who did. Needs the permission `reports`. `writers` are keyed by file suffix."""

    writers: Mapping[str, Write]

    def __call__(self, person: Person, first: date, last: date, out: Path, regime: str | None = None) -> CustomsFile:
        """Write the file; days are those of each regime's own time zone.

        Raises BadField, UnknownRegime, InfrastructureError.
        """
        write = self.writers.get(out.suffix.lower())
        if write is None:
            raise BadField("out", "not_a_choice", out.name[:40])
        if last < first:
            raise BadField("to", "before_from", last.isoformat())
        if (last - first).days >= _MOST_DAYS or last.year >= date.max.year or first.year <= date.min.year:
            raise BadField("to", "out_of_range", last.isoformat())
        names = self._names(regime)
        days = {"since": first.isoformat(), "until": last.isoformat()}
        JournalExport(self.store, self.now, self.till)(person, RIGHT, "customs", **days, regimes=names)
        at = self.now()
        carried = self._carried(person, first, last, names, at)
        made = CustomsFile(self.settings().shop_name, first, last, at.astimezone(self.settings().zone), carried)
        write(out, made)
        return made

    def of_day(self, person: Person, day: date, regime: str | None = None) -> Sequence[CarryOut]:
        """What was carried out on one day, for the page. Raises UnknownRegime."""
        return self._carried(person, day, day, self._names(regime), self.now())

    def titles(self, language: str) -> Mapping[str, str]:
        """Titles of the regimes by id."""
        return {name: regime.title_in(language) for name, regime in sorted(self.regimes().items())}

    def _names(self, regime: str | None) -> Sequence[str]:
        known = self.regimes()
        if regime is not None and regime not in known:
            raise UnknownRegime(regime[:40])
        return sorted(known) if regime is None else [regime]

    def _carried(self, person: Person, first: date, last: date, names: Sequence[str], at: datetime) -> list[CarryOut]:
        known, carried = self.regimes(), list[CarryOut]()
        with authorized_read(self.store, person, RIGHT) as work:
            for name in names:
                since = datetime.combine(first, time(0), known[name].zone)
                until = datetime.combine(last + timedelta(days=1), time(0), known[name].zone)
                carried += self._by_visitor(known[name], work.visitors.carried_out(name, since, until), at)
        return carried

    def _by_visitor(self, regime: Regime, lines: Iterable[CarriedLine], at: datetime) -> list[CarryOut]:
        today = at.astimezone(regime.zone).date()
        lines_by_visitor: dict[tuple[date, int], list[CustomsLine]] = {}
        for line in lines:
            day = (line.carried_out_at or line.at).astimezone(regime.zone).date()
            if line.carried_out_at is None and not (regime.parcels or (regime.assume_left and day < today)):
                continue  # they may still be in the shop's street with the goods
            how = PARCEL if regime.parcels else ASSUMED if line.carried_out_at is None else STATED
            lines_by_visitor.setdefault((day, line.person), []).append(CustomsLine(how, line))
        return [
            CarryOut(
                regime.id,
                day,
                self.secrets.identity(("customs", "person", str(person)))[:_PSEUDONYM],
                next((one.line.country for one in its if one.line.country), ""),
                next((_ending(one.line.masked) for one in its if one.line.masked), ""),
                tuple(its),
            )
            for (day, person), its in sorted(lines_by_visitor.items())
        ]


def _ending(masked: str) -> str:
    """The last characters after the mask, four at most."""
    return masked.rpartition(_HIDDEN)[2][-_SHOWN:]
