"""A visitor's ledger at the center: what was written on it, one change after another, and what stands on it now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction
from typing import NamedTuple

from pos.domain.quota.measure import Goods, QuotaRates

_PARTS = 10_000


class LineId(NamedTuple):
    """A line of a sale. `sale` is the key of the sale at its till, which no other sale has."""

    sale: str
    line: int


@dataclass(frozen=True, slots=True)
class LedgerGoods:
    """One anonymous line: goods of a category without name, product or shop. Its `taxed_units` are dutiable.

    `rates` are the customs rates frozen with the sale: the line is valued by them wherever it is judged.
    """

    line: int
    goods: Goods
    rates: QuotaRates


@dataclass(frozen=True, slots=True)
class Sold:
    """A sale, or goods that the visitor declared with it as bought outside the center (`is_declared`)."""

    sale: str
    regime: str
    lines: tuple[LedgerGoods, ...]
    is_declared: bool = False
    carried_out_at: datetime | None = None
    """Of declared goods: when they left."""


@dataclass(frozen=True, slots=True)
class CameBack:
    """Units of a line were returned, the dutiable ones first; a void returns all of them."""

    sale: str
    line: int
    units: int


@dataclass(frozen=True, slots=True)
class Reassessed:
    """The selling shop judged its own line again: `taxed` of its units are dutiable."""

    sale: str
    line: int
    taxed: int


@dataclass(frozen=True, slots=True)
class MovedAway:
    """A line went to another visitor's ledger."""

    sale: str
    line: int


@dataclass(frozen=True, slots=True)
class MovedHere:
    """A line came from another visitor's ledger, as it stood there. It keeps its shop and the instant of its sale."""

    sale: str
    regime: str
    line: LedgerGoods
    shop: int
    at: datetime
    carried_out_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Departed:
    """The visitor left under a regime `at` an instant, with what was bought from `first` to `last`.

    It holds for lines that are written later, too, if they were bought then.
    """

    regime: str
    first: datetime
    last: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """Days on which the visitor entered; `taken_back`: this shop has said so by mistake."""

    days: tuple[date, ...]
    taken_back: bool = False


Change = Sold | CameBack | Reassessed | MovedAway | MovedHere | Departed | Entered


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One change with the instant that counts for it, which is the center's, and the shop that made it."""

    at: datetime
    shop: int
    change: Change


@dataclass(frozen=True, slots=True)
class StandingLine:
    """A line as it stands: what came back is gone from it, and a departure is known."""

    id: LineId
    shop: int
    regime: str
    at: datetime
    carried_out_at: datetime | None
    goods: Goods
    rates: QuotaRates
    is_declared: bool = False

    def is_of(self, shop: int) -> bool:
        """Whether this shop may judge its units again: what was declared belongs to no shop."""
        return self.shop == shop and not self.is_declared


def standing(entries: Iterable[LedgerEntry]) -> Sequence[StandingLine]:
    """What stands on a ledger after all its changes, in the order of purchase; lines without units are gone."""
    lines: dict[LineId, StandingLine] = {}
    departures: list[Departed] = []
    for entry in entries:
        change = entry.change
        if isinstance(change, Sold):
            lines |= {line.id: line for line in _sold(entry, change)}
        elif isinstance(change, MovedHere):
            here = LineId(change.sale, change.line.line)
            moved = change.line
            lines[here] = StandingLine(
                here, change.shop, change.regime, change.at, change.carried_out_at, moved.goods, moved.rates
            )
        elif isinstance(change, Departed):
            departures.append(change)
        elif not isinstance(change, Entered):
            _change_line(lines, change)
    kept = [_with_departure(line, departures) for line in lines.values() if line.goods.quantity]
    return sorted(kept, key=lambda line: (line.at, line.id))


def entry_days(entries: Iterable[LedgerEntry]) -> tuple[date, ...]:
    """Every known day of entry, the newest first. A shop takes back its own word, not another's."""
    known: set[tuple[int, date]] = set()
    for entry in entries:
        if isinstance(entry.change, Entered):
            days = {(entry.shop, day) for day in entry.change.days}
            known = known - days if entry.change.taken_back else known | days
    return tuple(sorted({day for _shop, day in known}, reverse=True))


def _sold(entry: LedgerEntry, change: Sold) -> Iterable[StandingLine]:
    for line in change.lines:
        yield StandingLine(
            LineId(change.sale, line.line),
            entry.shop,
            change.regime,
            entry.at,
            change.carried_out_at,
            line.goods,
            line.rates,
            change.is_declared,
        )


def _change_line(lines: dict[LineId, StandingLine], change: CameBack | Reassessed | MovedAway) -> None:
    """A change of a line that is not here concerns nothing: it was moved to another ledger before."""
    changed = LineId(change.sale, change.line)
    line = lines.get(changed)
    if line is None:
        return
    if isinstance(change, MovedAway):
        del lines[changed]
    elif isinstance(change, CameBack):
        lines[changed] = replace(line, goods=without_units(line.goods, change.units))
    else:
        lines[changed] = replace(line, goods=replace(line.goods, taxed_units=min(change.taxed, line.goods.quantity)))


def without_units(goods: Goods, units: int) -> Goods:
    """A line without so many of its units, the dutiable ones first.

    Its discount shrinks with it, to four decimals: an amount stays one that can be written.
    """
    kept = max(goods.quantity - units, 0)
    discount = Fraction(goods.discount * kept * _PARTS // max(goods.quantity, 1), _PARTS)
    return replace(goods, quantity=kept, discount=discount, taxed_units=max(goods.taxed_units - units, 0))


def _with_departure(line: StandingLine, departures: Sequence[Departed]) -> StandingLine:
    """The line with the first departure that took it."""
    if line.carried_out_at is not None:
        return line
    left = [
        each.at
        for each in departures
        if each.regime == line.regime and each.first <= line.at <= each.last and line.at <= each.at
    ]
    return replace(line, carried_out_at=min(left)) if left else line
