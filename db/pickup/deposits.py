"""The entries of deposits, read as deposits, and summed for shifts and days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, select

from db.tables.pickup import deposit_entry
from db.tables.sales import sale
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.deposit import NO_DEPOSITS, Deposit, DepositEntry, DepositSum, DepositSums, EntryKind
from pos.domain.receipt_number import receipt_number

_E = deposit_entry.c
ADDING = ("taken", "restored", "moved_in")
"""The kinds of entries that add to what is left."""
_SIGNED = case((_E.kind.in_(ADDING), _E.amount_minor), else_=-_E.amount_minor)
_ENTRIES = (
    select(deposit_entry, sale.c.till.label("sale_till"), sale.c.number.label("sale_number"))
    .outerjoin(sale, sale.c.id == _E.sale_id)
    .order_by(_E.order_id, _E.id)
)
_SUMMED = {
    "taken": ("taken", 1),
    "used": ("used", 1),
    "restored": ("used", -1),
    "returned": ("returned", 1),
    "kept": ("kept", 1),
}
"""Under which sum an entry counts, and with which sign; what moves between two orders counts under none."""


def with_rest(no_show: str | None = None) -> Select[Any]:
    """The ids of orders of whose deposits something is left; with `no_show`, of deposits on these terms.

    An order has one deposit at a time: what is left on some terms is left of the one it has.
    """
    rest = select(_E.order_id).group_by(_E.order_id).having(func.sum(_SIGNED) > 0)
    return rest if no_show is None else rest.where(_E.no_show == no_show)


def owed_sums(connection: Connection) -> list[Money]:
    """What is left of all deposits, by currency."""
    question = select(_E.currency, func.sum(_SIGNED).label("left")).group_by(_E.currency)
    return [Money(int(row.left), CURRENCIES[row.currency]) for row in connection.execute(question) if row.left]


def deposits_of(connection: Connection, orders: Sequence[int]) -> dict[int, Deposit]:
    """The deposits of orders by their ids; of one that has moved between orders the terms stay."""
    found: dict[int, Deposit] = {}
    for row in connection.execute(_ENTRIES.where(_E.order_id.in_(list(orders)))):
        came, kind = deposit_of(row), EntryKind(row.kind)
        deposit = found.get(row.order_id)
        if deposit is None or kind in (EntryKind.TAKEN, EntryKind.MOVED_IN):
            deposit = came if deposit is None else replace(came, entries=deposit.entries)
        receipt = "" if row.sale_id is None else receipt_number(row.sale_till, row.sale_number)
        entry = DepositEntry(kind, came.amount, came.value, row.at, row.till, row.person, row.shift_id, receipt)
        found[row.order_id] = deposit.with_entry(entry)
    return found


def deposit_of(row: Any) -> Deposit:
    """A deposit as it was taken, or came from another order, by the row of that; without its entries."""
    amount = Money(row.amount_minor, CURRENCIES[row.currency])
    value = Money(row.value_minor, CURRENCIES[row.value_currency])
    return Deposit(row.method, amount, value, Fraction(row.rate), row.no_show, row.reference)


def entry_row(order: int, deposit: Deposit, entry: DepositEntry) -> dict[str, Any]:
    """An entry as the columns of its row, but for its sale, its business day and the key of its request."""
    return {
        "order_id": order,
        "kind": entry.kind.value,
        "method": deposit.method,
        "currency": entry.amount.currency.code,
        "amount_minor": entry.amount.minor,
        "value_minor": entry.value.minor,
        "value_currency": entry.value.currency.code,
        "rate": str(deposit.rate),
        "reference": deposit.reference,
        "no_show": deposit.no_show,
        "at": entry.at,
        "till": entry.till,
        "person": entry.person,
        "shift_id": entry.shift,
    }


def deposits_to(sums: DepositSums) -> dict[str, Any]:
    """The sums as they are stored with a Z."""
    return {
        name: [
            {
                "method": one.method,
                "currency": one.amount.currency.code,
                "amount": one.amount.minor,
                "value_currency": one.value.currency.code,
                "value": one.value.minor,
            }
            for one in part
        ]
        for name, part in sums.parts
    }


def deposits_from(content: Mapping[str, Any] | None) -> DepositSums:
    """The sums that `deposits_to` wrote; a Z without has none."""
    if content is None:
        return NO_DEPOSITS

    def part(name: str) -> tuple[DepositSum, ...]:
        return tuple(
            DepositSum(
                row["method"],
                Money(row["amount"], CURRENCIES[row["currency"]]),
                Money(row["value"], CURRENCIES[row["value_currency"]]),
            )
            for row in content[name]
        )

    return DepositSums(part("taken"), part("used"), part("returned"), part("kept"))


def deposit_sums(connection: Connection, which: ColumnElement[bool]) -> DepositSums:
    """What deposits came to in the entries that meet a condition on `deposit_entry`, by method and currency."""
    question = (
        select(_E.kind, _E.method, _E.currency, _E.value_currency, func.sum(_E.amount_minor), func.sum(_E.value_minor))
        .where(which, _E.kind.in_(list(_SUMMED)))
        .group_by(_E.kind, _E.method, _E.currency, _E.value_currency)
    )
    sums: dict[str, dict[tuple[str, str, str], list[int]]] = {}
    for kind, method, code, price, amount, value in connection.execute(question):
        name, sign = _SUMMED[kind]
        total = sums.setdefault(name, {}).setdefault((method, code, price), [0, 0])
        total[0] += sign * int(amount)
        total[1] += sign * int(value)

    def part(name: str) -> tuple[DepositSum, ...]:
        return tuple(
            DepositSum(method, Money(amount, CURRENCIES[code]), Money(value, CURRENCIES[price]))
            for (method, code, price), (amount, value) in sorted(sums.get(name, {}).items())
            if amount or value
        )

    return DepositSums(part("taken"), part("used"), part("returned"), part("kept"))
