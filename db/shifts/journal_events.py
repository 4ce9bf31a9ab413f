"""The journal for a manager: voided rows, drawers opened without a sale, approved acts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from db.catalogue.product_columns import NAME_COLUMNS, names_by_language
from db.tables.catalogue import product
from db.tables.shop import journal
from pos.domain.errors import RuleBroken
from pos.domain.money import Currency, Money
from pos.domain.shifts.report_details import ApprovalSum, DrawerOpening, VoidLine

_EVENTS = ("void", "no_sale", "approve")
_BACK = "take_back_void"


_Entry = tuple[Row[Any], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class JournalEvents:
    """The events beside the receipts; `allowed` counts approvals, of which one may name several acts."""

    voids: tuple[VoidLine, ...]
    openings: tuple[DrawerOpening, ...]
    approvals: tuple[ApprovalSum, ...]
    allowed: int


def events_of(
    connection: Connection,
    which: ColumnElement[bool],
    price: Currency,
    *,
    when: ColumnElement[bool] | None = None,
    till: str | None = None,
    person: str | None = None,
) -> JournalEvents:
    """The acts of the rows of the journal that meet the condition `which`, in the order of time.

    Of one till and one person where they are named: the few rows are chosen here, so that no index by till is taken.
    `when` is the condition without the acts, where `which` names them in the words of their index.
    """

    def entries(condition: ColumnElement[bool]) -> list[_Entry]:
        question = select(journal).where(condition).order_by(journal.c.at, journal.c.id)
        return [
            (row, json.loads(row.details))
            for row in connection.execute(question)
            if (till is None or row.till == till) and (person is None or row.person == person)
        ]

    by_event: dict[str, list[_Entry]] = {event: [] for event in _EVENTS}
    for entry in entries(which & journal.c.act.in_(_EVENTS)):
        by_event[entry[0].act].append(entry)
    voided = by_event["void"]
    if voided:
        voided = _still_voided(voided, entries((which if when is None else when) & (journal.c.act == _BACK)))
    goods = _goods(connection, {str(details.get("code", "")) for _, details in voided})
    allowed: Counter[tuple[str, str]] = Counter()
    for row, details in by_event["approve"]:
        allowed.update((str(permission), row.person) for permission in details.get("acts", ()))
    return JournalEvents(
        voids=_named((_void(row, details, goods, price) for row, details in voided), goods),
        openings=tuple(
            DrawerOpening(row.at, row.till, row.person, str(details.get("reason", "")))
            for row, details in by_event["no_sale"]
        ),
        approvals=tuple(
            ApprovalSum(permission, person, count) for (permission, person), count in sorted(allowed.items())
        ),
        allowed=len(by_event["approve"]),
    )


def _still_voided(voided: Sequence[_Entry], taken_back: Sequence[_Entry]) -> list[_Entry]:
    """The voided rows without those that undo brought back: of equal ones the last before it."""
    left = list(voided)
    for back, details in taken_back:
        same = (
            one for one in reversed(left)
            if (one[0].till, one[0].person) == (back.till, back.person) and one[0].id < back.id and one[1] == details
        )  # fmt: skip
        row = next(same, None)
        if row is not None:
            left.remove(row)
    return left


def named(connection: Connection, voids: Sequence[VoidLine]) -> tuple[VoidLine, ...]:
    """The recorded lines of a Z with the names of their goods by language."""
    return _named(voids, _goods(connection, {one.code for one in voids})) if voids else ()


def _named(voids: Iterable[VoidLine], goods: Mapping[str, Row[Any]]) -> tuple[VoidLine, ...]:
    names = {(row.code, row.name): names_by_language(row) for row in goods.values()}
    return tuple(replace(one, names=names.get((one.code, one.name), {})) for one in voids)


def _void(row: Row[Any], details: Mapping[str, Any], goods: Mapping[str, Row[Any]], price: Currency) -> VoidLine:
    code = str(details.get("code", ""))
    try:
        amount = Money.parse(details.get("amount"), price)
    except RuleBroken:  # entries of a till are read; `verify` names a foreign row
        amount = Money.zero(price)
    name = goods[code].name if code in goods else code
    return VoidLine(row.at, row.till, row.person, code, name, int(details.get("quantity", 0)), amount)


def _goods(connection: Connection, codes: set[str]) -> Mapping[str, Row[Any]]:
    columns = (product.c[name] for name in ("code", "name", *NAME_COLUMNS))
    rows = connection.execute(select(*columns).where(product.c.code.in_(sorted(codes))))
    return {row.code: row for row in rows}
