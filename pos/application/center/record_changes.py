"""What tills tell of visitors' goods after a sale: returns, moves, departures, declarations and days of entry.

Each comes with a key and is booked once; it happened in a shop already, so nothing of it is refused for the allowance.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from pos.application.center.answer_once import booked_once
from pos.application.center.book import flag_excess, flag_learned, versions_of
from pos.application.center.ledgers import LockedLedger, plain_regimes, read_ledger
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.refusals import LineNotKnown, VisitorNotKnown
from pos.application.center.request_keys import key_of_till
from pos.application.center.requests import (
    Booked,
    Caller,
    DeclaredGoods,
    Departure,
    EntryDays,
    MovedLines,
    ReturnedUnits,
)
from pos.domain.center.judgement import has_left
from pos.domain.center.ledger import (
    CameBack,
    Change,
    Departed,
    Entered,
    LedgerEntry,
    LedgerGoods,
    LineId,
    MovedAway,
    MovedHere,
    Reassessed,
    Sold,
    StandingLine,
)

_AFTER_DEPARTURE = "return_after_departure"

_Visitors = Mapping[str, CenterVisitor]


@dataclass(frozen=True, slots=True)
class RecordReturn:
    """Units of own lines came back. Those that had left by then give no allowance back, and it is flagged.

    Own lines that the shop has judged again since have so many dutiable units from now on.

    Raises LineNotKnown and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, returned: ReturnedUnits, digest: bytes) -> Booked:
        lines = [each.id for each in returned.units]

        def book(work: CenterWork, visitors: _Visitors) -> Booked:
            flags: list[str] = []
            units = {each.id: each.units for each in returned.units}
            versions: dict[int, int] = {}
            ledgers = _ledgers_of(self.context, work, caller, visitors, lines)
            for ledger in ledgers:
                changes: list[Change] = []
                for line in _own_lines(ledger, caller, lines):
                    if self._had_left(line, returned.at):
                        flags.append(_AFTER_DEPARTURE)
                        facts = {"sale": line.id.sale, "line": line.id.line}
                        key = key_of_till(caller, returned.key)
                        work.flags.add(self.context.now(), ledger.visitor.id, key, _AFTER_DEPARTURE, facts)
                    else:
                        changes.append(CameBack(line.id.sale, line.id.line, units[line.id]))
                changes += _judged_again(ledger.lines, caller, returned.reassessed)
                versions[ledger.visitor.id] = _write(self.context, work, caller, ledger.visitor, changes, returned.key)
            return Booked(versions_of(visitors, versions), tuple(dict.fromkeys(flags)))

        return _booked(self.context, caller, returned.key, digest, "return", _holders(caller, lines), book)

    def _had_left(self, line: StandingLine, at: datetime) -> bool:
        if line.carried_out_at is not None:
            return line.carried_out_at <= at
        regime = plain_regimes(self.context).get(line.regime)
        return regime is not None and has_left(line, regime, at)


@dataclass(frozen=True, slots=True)
class RecordMove:
    """Own lines go to another visitor's ledger, as they stand or as the shop has judged them again since.

    Raises VisitorNotKnown, LineNotKnown and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, moved: MovedLines, digest: bytes) -> Booked:
        def book(work: CenterWork, visitors: _Visitors) -> Booked:
            source, target = (_known(visitors, name) for name in (moved.from_visitor, moved.to_visitor))
            ledger = read_ledger(self.context, work, source)
            own = {line.id: line for line in _own_lines(ledger, caller, moved.lines)}
            for line_id in moved.lines:
                if line_id not in own:
                    raise LineNotKnown(*line_id)
            away = [MovedAway(*line_id) for line_id in moved.lines]
            here = [_here(own[line_id]) for line_id in moved.lines]
            left = [line for line in ledger.lines if line.id not in own]
            there = [*read_ledger(self.context, work, target).lines, *own.values()]
            of_source: list[Change] = [*away, *_judged_again(left, caller, moved.reassessed)]
            of_target: list[Change] = [*here, *_judged_again(there, caller, moved.reassessed)]
            versions = {source.id: _write(self.context, work, caller, source, of_source, moved.key)}
            versions[target.id] = _write(self.context, work, caller, target, of_target, moved.key)
            regimes, key = dict.fromkeys(line.regime for line in own.values()), key_of_till(caller, moved.key)
            since = min(line.at for line in own.values())  # the goods count on the day on which they were bought
            flags = [flag for name in regimes for flag in flag_excess(self.context, work, target, name, key, since)]
            return Booked(versions_of(visitors, versions), tuple(dict.fromkeys(flags)))

        names = _named(moved.from_visitor, moved.to_visitor)
        return _booked(self.context, caller, moved.key, digest, "move", names, book)


@dataclass(frozen=True, slots=True)
class RecordDeparture:
    """A visitor left with what they had bought, at every shop. Raises VisitorNotKnown and KeyReused.

    What was bought between the departure and this word of it was judged as part of the same carry-out; where it is too
    much for the next one, it is flagged.
    """

    context: CenterContext

    def __call__(self, caller: Caller, left: Departure, digest: bytes) -> Booked:
        change = Departed(left.regime, left.first, left.last, left.at)

        def flag(work: CenterWork, visitor: CenterVisitor) -> Sequence[str]:
            return flag_excess(self.context, work, visitor, left.regime, key_of_till(caller, left.key), left.at)

        return _one_change(self.context, caller, left.key, digest, "departure", left.visitor, change, flag=flag)


@dataclass(frozen=True, slots=True)
class RecordDeclared:
    """Goods that a visitor declared as bought outside the center; where they are too much with what was sold by then,
    it is flagged. Raises VisitorNotKnown and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, declared: DeclaredGoods, digest: bytes) -> Booked:
        change = Sold(
            declared.key, declared.regime, declared.lines, is_declared=True, carried_out_at=declared.carried_out_at
        )
        return _one_change(
            self.context,
            caller,
            declared.key,
            digest,
            "declared",
            declared.visitor,
            change,
            declared.at,
            partial(flag_learned, self.context),
        )


@dataclass(frozen=True, slots=True)
class RecordEntries:
    """Days on which a visitor entered, or which the shop takes back.

    What was sold by then and is too much for who comes so often is flagged.

    Raises VisitorNotKnown and KeyReused.
    """

    context: CenterContext

    def __call__(self, caller: Caller, entries: EntryDays, digest: bytes) -> Booked:
        flag = partial(flag_learned, self.context)
        change = Entered(entries.days, entries.taken_back)
        return _one_change(self.context, caller, entries.key, digest, "entries", entries.visitor, change, flag=flag)


_Names = Callable[[CenterWork], Collection[str]]
_Book = Callable[[CenterWork, _Visitors], Booked]


def _booked(
    context: CenterContext, caller: Caller, key: str, digest: bytes, action: str, names: _Names, book: _Book
) -> Booked:
    """Book under a key once, with the visitors of these references locked."""
    now, key = context.now(), key_of_till(caller, key)
    with context.store.begin() as work:
        work.members.take_turn(caller.till, now)
        visitors = work.visitors.lock(names(work))
        booked = booked_once(work, key, digest, now, lambda: book(work, visitors))
        work.journal.write(now, caller.till, action, {"key": key, "flags": list(booked.flags)})
        work.commit()
    return booked


def _one_change(
    context: CenterContext,
    caller: Caller,
    key: str,
    digest: bytes,
    action: str,
    reference: str,
    change: Change,
    at: datetime | None = None,
    flag: Callable[[CenterWork, CenterVisitor], Sequence[str]] = lambda _work, _visitor: (),
) -> Booked:
    def book(work: CenterWork, visitors: _Visitors) -> Booked:
        visitor = _known(visitors, reference)
        entry = LedgerEntry(at or context.now(), caller.shop, change)
        versions = {visitor.id: work.visitors.write(visitor.id, [entry], key, caller.till)}
        return Booked(versions_of(visitors, versions), tuple(flag(work, visitor)))

    return _booked(context, caller, key, digest, action, _named(reference), book)


def _named(*references: str) -> _Names:
    return lambda _work: set(references)


def _holders(caller: Caller, lines: Sequence[LineId]) -> _Names:
    """The visitors on whose ledgers lines of this shop stand. Raises LineNotKnown."""

    def holders(work: CenterWork) -> Collection[str]:
        held = {}
        for line in lines:
            holder = work.visitors.holder(line, caller.shop)
            if holder is None:
                raise LineNotKnown(*line)
            held[line] = holder
        return set(held.values())

    return holders


def _ledgers_of(
    context: CenterContext, work: CenterWork, caller: Caller, visitors: _Visitors, lines: Sequence[LineId]
) -> Sequence[LockedLedger]:
    """The ledgers with these lines; raises LineNotKnown where one was moved away meanwhile, so the till asks again."""
    persons = {visitor.id: visitor for visitor in visitors.values()}
    ledgers = [read_ledger(context, work, visitor) for visitor in persons.values()]
    here = {line.id for ledger in ledgers for line in _own_lines(ledger, caller, lines)}
    for line in lines:
        if line not in here:
            raise LineNotKnown(*line)
    return ledgers


def _own_lines(ledger: LockedLedger, caller: Caller, lines: Sequence[LineId]) -> Sequence[StandingLine]:
    return [line for line in ledger.lines if line.id in lines and line.is_of(caller.shop)]


def _judged_again(
    lines: Iterable[StandingLine], caller: Caller, reassessed: Iterable[Reassessed]
) -> Sequence[Reassessed]:
    """What of it concerns a ledger with these lines. A line that is gone by now has nothing to be judged again."""
    own = {line.id for line in lines if line.is_of(caller.shop)}
    return [each for each in reassessed if LineId(each.sale, each.line) in own]


def _known(visitors: _Visitors, reference: str) -> CenterVisitor:
    if reference not in visitors:
        raise VisitorNotKnown(reference)
    return visitors[reference]


def _write(
    context: CenterContext,
    work: CenterWork,
    caller: Caller,
    visitor: CenterVisitor,
    changes: Sequence[Change],
    key: str,
) -> int:
    now = context.now()
    entries = [LedgerEntry(now, caller.shop, change) for change in changes]
    return work.visitors.write(visitor.id, entries, key, caller.till)


def _here(line: StandingLine) -> MovedHere:
    goods = LedgerGoods(line.id.line, line.goods, line.rates)
    return MovedHere(line.id.sale, line.regime, goods, line.shop, line.at, line.carried_out_at)
