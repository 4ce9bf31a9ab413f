"""A recount of a center's books: its rows as they are, added up here, beside what the tills themselves have."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

VALUE, MILLILITRES = 8_000, 1_500
"""What a visitor may take to China through Horgos in a day: yuan, and millilitres of spirits at one time."""
_ZONE = ZoneInfo("Asia/Shanghai")

TillBooks = Mapping[str, Any]
"""What a till has: `sales` with key, shop, document, reservation and lines [number, units, dutiable], `given_back`."""


@dataclass
class _Line:
    person: int
    at: datetime
    units: int
    taxed: int
    price: Fraction
    ml: int
    left_at: datetime | None = None


@dataclass
class _Books:
    """The rows of the center, added up."""

    lines: dict[tuple[str, int], _Line] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)
    departures: dict[int, list[tuple[datetime, datetime, datetime]]] = field(default_factory=lambda: defaultdict(list))

    def take(self, person: int, at: datetime, kind: str, content: Mapping[str, Any]) -> None:
        sale = content.get("sale", "")
        if kind == "sold":
            for line in content["lines"]:
                if (sale, line["line"]) in self.lines:
                    self.twice.append(f"{sale} is booked twice")
                self.lines[sale, line["line"]] = _line(person, at, line)
        elif kind == "moved_here":
            line = content["line"]
            moved = _line(person, datetime.fromisoformat(content["at"]), line)
            moved.left_at = None if content["left"] is None else datetime.fromisoformat(content["left"])
            self.lines[sale, line["line"]] = moved
        elif kind == "came_back":
            back = self.lines[sale, content["line"]]
            back.units -= content["units"]
            back.taxed = max(back.taxed - content["units"], 0)
        elif kind == "reassessed":
            self.lines[sale, content["line"]].taxed = content["taxed"]
        elif kind == "departed":
            first, last, left = (datetime.fromisoformat(content[name]) for name in ("first", "last", "at"))
            self.departures[person].append((first, last, left))

    def see_off(self) -> None:
        """Each line left with the first departure that took it."""
        for line in self.lines.values():
            left = [
                at for first, last, at in self.departures[line.person] if first <= line.at <= last and line.at <= at
            ]
            if line.left_at is None and left:
                line.left_at = min(left)


def _line(person: int, at: datetime, line: Mapping[str, Any]) -> _Line:
    return _Line(person, at, line["quantity"], line["taxed"], Fraction(line["price"]), int(line.get("ml", 0)))


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recount found: figures by name, and each broken promise."""

    figures: Mapping[str, int]
    violations: Sequence[str]


def recount(url: str, tills: Sequence[TillBooks], persons: Mapping[str, bytes], now: datetime) -> Recount:
    """`persons` are the documents of the visitors with the identity that the center's database has for each."""
    with psycopg.connect(url) as center:
        holders = {bytes(hidden): person for hidden, person in center.execute(_IDENTITIES).fetchall()}
        books = _Books()
        for person, at, kind, content in center.execute(_ENTRIES):
            books.take(person, at, kind, json.loads(content))
        reserved = {key.partition("/")[2]: (state, ends) for key, state, ends in center.execute(_RESERVATIONS)}
        flags = center.execute(_FLAGS).fetchall()
    books.see_off()
    late_returns = {(fact["sale"], fact["line"]) for _, kind, text in flags
                    if kind == "return_after_departure" for fact in [json.loads(text)]}  # fmt: skip
    flagged = {person for person, kind, _ in flags if kind == "over"}
    over = list(_exceeded(books))
    violations = [
        *books.twice,
        *_unlike_the_tills(books, tills, {document: holders.get(hidden) for document, hidden in persons.items()},
                           late_returns),
        *_unsettled(tills, reserved, now),
        *(line for person, line in over if person not in flagged),
    ]  # fmt: skip
    figures = {
        "sales": sum(len(till["sales"]) for till in tills),
        "visitors": len({line.person for line in books.lines.values()}),
        "exceeded with a flag": sum(person in flagged for person, _ in over),
        "in doubt": sum(state == "open" for state, _ in reserved.values()),
    }
    return Recount(figures, violations)


_PERSON = "coalesce(v.alias_of, v.id)"
_IDENTITIES = f"SELECT hidden, {_PERSON} FROM identity JOIN visitor v ON v.id = visitor_id"
_ENTRIES = f"SELECT {_PERSON}, at, kind, content FROM ledger_entry e JOIN visitor v ON v.id = visitor_id ORDER BY e.id"
_RESERVATIONS = "SELECT key, state, ends_at FROM reservation"
_FLAGS = f"SELECT {_PERSON}, kind, facts FROM flag JOIN visitor v ON v.id = visitor_id"


def _unlike_the_tills(
    books: _Books, tills: Sequence[TillBooks], holders: Mapping[str, int | None], late: set[tuple[str, int]]
) -> Iterator[str]:
    """Each line that a till has is there once, with its units, on the right ledger; and no other one is."""
    sold = set()
    for till in tills:
        yield from (f"not taken: {line}" for line in till["refused"])
        for sale in till["sales"]:
            for number, units, taxed in sale["lines"]:
                where = sale["key"], number
                sold.add(where)
                line = books.lines.get(where)
                if line is None:
                    yield f"line {number} of {sale['key']} was sold and is lost"
                elif where not in late and (line.units, line.taxed) != (units, taxed):
                    there = f"{line.units} ({line.taxed} dutiable)"
                    yield f"line {number} of {sale['key']}: {units} ({taxed} dutiable), at the center {there}"
                elif units and line.person != holders.get(sale["document"]):
                    yield f"line {number} of {sale['key']} is on another visitor's ledger"
    for sale_key, number in books.lines.keys() - sold:
        yield f"line {number} of {sale_key} was never sold"


def _unsettled(
    tills: Sequence[TillBooks], reserved: Mapping[str, tuple[str, datetime]], now: datetime
) -> Iterator[str]:
    """What a till gave back is closed, what it sold is sold, and what no one knows of is listed as in doubt."""
    for till in tills:
        for key in till["given_back"]:
            if reserved[key][0] not in ("closed", "released"):
                yield f"{key} was given back and is {reserved[key][0]}"
        for sale in till["sales"]:
            if sale["reservation"] is not None and reserved[sale["reservation"]][0] != "sold":
                yield f"{sale['reservation']} was sold and is {reserved[sale['reservation']][0]}"
    for key, (state, ends) in reserved.items():
        if state == "open" and ends > now:
            yield f"{key} is neither settled nor in doubt"


def _exceeded(books: _Books) -> Iterator[tuple[int, str]]:
    """Who took more than is free of duty: in a day, and of spirits at one time."""
    value: dict[tuple[int, Any], Fraction] = defaultdict(Fraction)
    spirits: dict[tuple[int, Any, datetime | None], int] = defaultdict(int)
    for line in books.lines.values():
        free, day = line.units - line.taxed, line.at.astimezone(_ZONE).date()
        value[line.person, day] += free * line.price
        spirits[line.person, day, line.left_at] += free * line.ml
    for (person, day), total in value.items():
        if total > VALUE:
            yield person, f"visitor {person} has {float(total):.2f} on {day}"
    for (person, at, _), total_ml in spirits.items():
        if total_ml > MILLILITRES:
            yield person, f"visitor {person} has {total_ml} ml on {at}"
