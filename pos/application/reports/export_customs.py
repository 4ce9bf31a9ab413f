"""What each visitor carried out, by regime and day, for customs; a document as its last signs, a person as a number."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.customs_ports import CarriedLine
from pos.application.ports.store import Clock, Secrets, Store
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.money import Money, total
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.staff.staff import Person

RIGHT = "reports"
TOLD, ASSUMED = "told", "assumed"
"""How it is known that goods left: somebody said so, or the regime takes them to have left with their day."""

_HIDDEN = "•"
_SHOWN = 4
_PSEUDONYM = 16
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class CustomsLine:
    """Goods of one receipt that went out on a day, and how that is known."""

    how: str
    line: CarriedLine


@dataclass(frozen=True, slots=True)
class CarryOut:
    """What one visitor carried out on one day under one regime.

    `visitor` is a keyed pseudonym, the same for all papers of a person; `document` the last signs that are kept.
    """

    regime: str
    day: date
    visitor: str
    country: str
    document: str
    lines: tuple[CustomsLine, ...]

    @property
    def quantity(self) -> int:
        """How many pieces."""
        return sum(one.line.quantity for one in self.lines)

    @property
    def dutiable(self) -> int:
        """How many of the pieces were above the allowance."""
        return sum(one.line.dutiable for one in self.lines)

    @property
    def value(self) -> Money:
        """What was paid for them."""
        return total((one.line.amount for one in self.lines), self.lines[0].line.amount.currency)


@dataclass(frozen=True, slots=True)
class CustomsFile:
    """All of a file: the days from `first` to `last`, both in it."""

    shop: str
    first: date
    last: date
    made_at: datetime
    carried: Sequence[CarryOut]


Write = Callable[[Path, CustomsFile], None]
"""Writes a file in one form."""


@dataclass(frozen=True, slots=True)
class ExportCustoms:
    """Needs the right `reports`; the journal says who gave it out. `writers` by the ending of the file."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    secrets: Secrets
    till: str
    writers: Mapping[str, Write]

    def __call__(self, person: Person, first: date, last: date, out: Path, regime: str | None = None) -> CustomsFile:
        """Write what was carried out on the days of each regime's own zone; raises BadField, UnknownRegime, Trouble."""
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
        """What was carried out on one day, to look at; raises UnknownRegime."""
        return self._carried(person, day, day, self._names(regime), self.now())

    def titles(self, language: str) -> Mapping[str, str]:
        """The regimes by id, as they are called."""
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
        found: dict[tuple[date, int], list[CustomsLine]] = {}
        for line in lines:
            day = (line.carried_out_at or line.at).astimezone(regime.zone).date()
            if line.carried_out_at is None and not (regime.assume_left and day < today):
                continue  # he may still be in the shop's street with it
            how = ASSUMED if line.carried_out_at is None else TOLD
            found.setdefault((day, line.person), []).append(CustomsLine(how, line))
        return [
            CarryOut(
                regime.id,
                day,
                self.secrets.identity(("customs", "person", str(person)))[:_PSEUDONYM],
                next((one.line.country for one in its if one.line.country), ""),
                next((_ending(one.line.masked) for one in its if one.line.masked), ""),
                tuple(its),
            )
            for (day, person), its in sorted(found.items())
        ]


def _ending(masked: str) -> str:
    """The signs behind the hidden ones, four at most."""
    return masked.rpartition(_HIDDEN)[2][-_SHOWN:]
