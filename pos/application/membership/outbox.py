"""Record what is to be sent to the center, in the transaction in which it happened; it is sent afterwards.

A visitor is named by their identities until the call is sent for the first time: only the center knows its references.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos.application.center.requests import (
    DeclaredGoods,
    Departure,
    DocumentLink,
    EntryDays,
    MovedLines,
    ReturnedUnits,
    UnitsBack,
)
from pos.application.membership.calls import (
    Call,
    days_entered,
    documents_linked,
    goods_declared,
    lines_moved,
    units_returned,
    visitor_departed,
)
from pos.application.ports.membership_ports import WaitingCall
from pos.application.ports.store import Secrets, UnitOfWork
from pos.application.ports.visitor_ports import Retaxed
from pos.domain.center.ledger import LedgerGoods, LineId, Reassessed
from pos.domain.sales.sale import Sale
from pos.domain.visitors.visitor import Visitor

_FIELDS = ("visitor", "from_visitor", "to_visitor")
"""Of a call: where a reference stands, or what it is found by."""


def queue(work: UnitOfWork, till: str, call: Call, at: datetime, sale: str | None = None) -> None:
    """One call more that waits."""
    work.membership.queue(till, WaitingCall(call.kind, call.key, call.body, at, sale))


def report_return(
    work: UnitOfWork,
    till: str,
    sale: Sale,
    key: str,
    at: datetime,
    quantities: Mapping[int, int],
    besides: Collection[LineId] = (),
    retaxed: Sequence[Retaxed] = (),
) -> None:
    """Units of a sale came back (by line); those of `besides` the center takes back with the sale of an exchange.

    `retaxed` are other lines of the same visitors that were judged again.
    """
    carried = {line.line for line in sale.lines if line.carrier is not None}
    back = [
        UnitsBack(LineId(sale.key, line), units)
        for line, units in sorted(quantities.items())
        if line in carried and LineId(sale.key, line) not in besides
    ]
    if back and work.membership.was_reported(sale.key):
        returned = ReturnedUnits(f"return/{key}"[:120], at, tuple(back), _judged_again(work, retaxed))
        queue(work, till, units_returned(returned), at)


def report_move(
    work: UnitOfWork,
    till: str,
    sale: Sale,
    lines: Sequence[int],
    persons: tuple[int, int],
    key: str,
    at: datetime,
    retaxed: Sequence[Retaxed] = (),
) -> None:
    """Lines of a sale go from one of these persons to the other."""
    known = [tuple(work.membership.identities(person)) for person in persons]
    if not lines or not all(known) or not work.membership.was_reported(sale.key):
        return
    names = [_named_later(identities, sale.regime or "") for identities in known]
    named = tuple(LineId(sale.key, line) for line in lines)
    moved = MovedLines(f"move/{key}"[:120], names[0], names[1], named, _judged_again(work, retaxed))
    queue(work, till, lines_moved(moved), at)


@dataclass(frozen=True, slots=True)
class Gone:
    """Goods under a regime that left with their visitor `at` an instant: those bought from `first` to `last`."""

    regime: str
    first: datetime
    last: datetime
    at: datetime


def report_departure(
    work: UnitOfWork, till: str, secrets: Secrets, visitor: Visitor, person: int, gone: Iterable[Gone], at: datetime
) -> bool:
    """A visitor left, also with what other shops sold; whether it is sent to the center. The same is sent once."""
    identities = visitor.identities or tuple(work.membership.identities(person))
    if not identities:
        return False
    for each in gone:
        named = json.dumps([sorted(identities), each.regime, each.at.isoformat()])
        key = f"departure/{secrets.request(named.encode())[:32]}"
        left = Departure(key, _named_later(identities, each.regime), each.regime, each.first, each.last, each.at)
        queue(work, till, visitor_departed(left), at)
    return True


def report_entries(
    work: UnitOfWork,
    till: str,
    secrets: Secrets,
    identities: Collection[str],
    days: Iterable[date],
    regime: str,
    at: datetime,
    *,
    taken_back: bool = False,
) -> None:
    """A visitor entered on these days, or the answer that said so is taken back."""
    listed = tuple(sorted(set(days)))
    if identities and listed:
        named = json.dumps([sorted(identities), [day.isoformat() for day in listed], at.isoformat(), taken_back])
        key = f"entries/{secrets.request(named.encode())[:32]}"
        queue(work, till, days_entered(EntryDays(key, _named_later(identities, regime), listed, taken_back)), at)


def report_declared(
    work: UnitOfWork, till: str, declared: DeclaredGoods, identities: Collection[str], at: datetime
) -> None:
    """A visitor declared goods that were bought outside the center."""
    named = DeclaredGoods(
        declared.key,
        _named_later(identities, declared.regime),
        declared.regime,
        declared.at,
        declared.carried_out_at,
        declared.lines,
    )
    queue(work, till, goods_declared(named), at)


def report_link(work: UnitOfWork, till: str, secrets: Secrets, one: Visitor, other: Visitor, at: datetime) -> None:
    """Two documents are one person."""
    if one.identities and other.identities:
        named = json.dumps([sorted(one.identities), sorted(other.identities), at.isoformat()])
        key = f"link/{secrets.request(named.encode())[:32]}"
        queue(work, till, documents_linked(DocumentLink(key, one.identities[:32], other.identities[:32])), at)


def waits_for_names(body: str) -> Mapping[str, tuple[tuple[str, ...], str]]:
    """The fields of a body in which a reference is missing, with the identities and the regime to ask by."""
    content: Mapping[str, Any] = json.loads(body)
    found = {}
    for name in _FIELDS:
        value = content.get(name)
        if isinstance(value, str) and value.startswith("{"):
            asked = json.loads(value)
            found[name] = tuple(asked["identities"]), asked["regime"]
    return found


def with_names(body: str, references: Mapping[str, str]) -> str:
    """The body with its references: as it is sent from now on."""
    return json.dumps(json.loads(body) | references, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _judged_again(work: UnitOfWork, retaxed: Sequence[Retaxed]) -> tuple[Reassessed, ...]:
    """Of these lines those that the center knows, under the names that it has for them."""
    names = work.membership.lines_at_center([one.key for one in retaxed])
    return tuple(Reassessed(*names[one.key], one.taxed) for one in retaxed if one.key in names)


def _named_later(identities: Collection[str], regime: str) -> str:
    return json.dumps({"identities": sorted(identities)[:32], "regime": regime})


def declared_parts(
    sale: str, label: str, regime: str, lines: Sequence[tuple[datetime, datetime | None, LedgerGoods]]
) -> Sequence[DeclaredGoods]:
    """The declared goods of one visitor of a sale, those of one instant and one departure together."""
    groups: dict[tuple[datetime, datetime | None], list[LedgerGoods]] = {}
    for at, left, goods in lines:
        groups.setdefault((at, left), []).append(goods)
    return [
        DeclaredGoods(f"{sale}#declared-{label}-{index}", "", regime, at, left, tuple(goods))
        for index, ((at, left), goods) in enumerate(groups.items())
    ]
