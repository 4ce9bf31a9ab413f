"""The repositories of made-up trade: reads of a sale are cached, and writes are buffered.

Each is the repository of the shop with a few of its methods cached in memory; all else goes to the store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Table, bindparam, func, select, update

from db.engine.dialect import insert_or_set
from db.maintenance.journal import SqlJournal
from db.sales.cash import recounted, write_cash
from db.sales.pending_refunds import SqlPendingRefunds
from db.sales.register import SqlRegister
from db.sales.reservations import SqlReservations
from db.sales.sales import SqlSales
from db.seed.bulk_rows import BulkRows
from db.settings.shop import SqlRequestKeys
from db.shifts.shifts import SqlShifts
from db.staff.people import SqlPeople
from db.stock.stock import SqlStock
from db.tables.sales import outbox, request_key, sale
from db.tables.shop import journal, journal_head, register
from db.tables.stock import stock
from pos.application.ports.sale_ports import Hold, RegisterEntry
from pos.application.ports.stock_ports import StockDeduction
from pos.application.ports.visitor_ports import Keys, LedgerLine, LockedVisitor
from pos.domain.money import Money
from pos.domain.payment.banknotes import Drawer
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import LotPart, Worth

_PRODUCT: BindParameter[int] = bindparam("of_product")
_BALANCE = select(stock).where(stock.c.product_id == _PRODUCT)
_SET_BALANCE = (
    update(stock)
    .where(stock.c.product_id == _PRODUCT)
    .values(on_hand=bindparam("floor"), owned=bindparam("pieces"), value_minor=bindparam("value"))
)


@dataclass
class Balance:
    """The pieces of a product on the floor, those owned, and their cost."""

    on_hand: int
    worth: Worth
    plain: bool
    """True if none of it is in a lot or reserved."""
    changed: bool = False


@dataclass
class Waiting:
    """The cache of one store between two flushes, and the rows that wait for the next."""

    connection: Connection
    rows: BulkRows
    cash: list[dict[str, Any]] = field(default_factory=list)
    registers: dict[str, RegisterEntry] = field(default_factory=dict)
    totals: dict[str, int] = field(default_factory=dict)
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    shifts: dict[str, Shift | None] = field(default_factory=dict)
    drawers: dict[int, dict[str, dict[int, int]]] = field(default_factory=dict)
    people: dict[str, Person | None] = field(default_factory=dict)
    balances: dict[int, Balance] = field(default_factory=dict)
    sealed: dict[str, int] = field(default_factory=dict)
    taken: list[tuple[int, Balance]] = field(default_factory=list)
    """The balances that the current sale has changed, as they were before."""
    next_sale: int = 0

    def count(self, counted: Sequence[dict[str, Any]]) -> None:
        """Count notes, as rows of `drawer`, into the cached drawers."""
        for moved in counted:
            held = self.drawers.get(moved["shift_id"])
            if held is not None:
                notes = held.setdefault(moved["currency"], {})
                notes[moved["value_minor"]] = notes.get(moved["value_minor"], 0) + moved["pieces"]

    def write(self) -> None:
        """Write everything that waits, and every balance and head that has changed."""
        self.rows.write()
        write_cash(self.connection, self.cash)
        for till, entry in self.registers.items():
            row = {"till": till, "next_no": entry.number, "chain": entry.chain, "grand_total_minor": self.totals[till]}
            self.connection.execute(insert_or_set(self.connection, register, ["till"], row))
        for till, (entries, mac) in self.heads.items():
            row = {"till": till, "entries": entries, "mac": mac}
            self.connection.execute(insert_or_set(self.connection, journal_head, ["till"], row))
        changed = [
            {"of_product": product, "floor": one.on_hand, "pieces": one.worth.pieces, "value": one.worth.value}
            for product, one in self.balances.items()
            if one.changed
        ]
        if changed:
            self.connection.execute(_SET_BALANCE, changed)
        self.forget()

    def forget(self) -> None:
        """Drop the cache: the store holds everything, and others may write there."""
        self.cash.clear()
        for kept in (
            self.registers, self.totals, self.heads, self.shifts, self.drawers, self.people, self.balances, self.sealed,
        ):  # fmt: skip
            kept.clear()
        self.next_sale = 0


class PastKeys(SqlRequestKeys):
    """Keys of orders: made up, so each is new."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.connection)
        self._waiting = waiting

    def claim(self, key: str, fingerprint: str, at: datetime) -> bool:
        self._waiting.rows.add(request_key, [{"key": key, "fingerprint": fingerprint, "at": at}])
        return True


class PastPeople(SqlPeople):
    """The staff, read once."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.connection)
        self._known = waiting.people

    def by_name(self, name: str) -> Person | None:
        if name not in self._known:
            self._known[name] = super().by_name(name)
        return self._known[name]


class PastHolds(SqlReservations):
    """Made-up trade never reserves goods: a basket is paid at once."""

    def take(self, key: str) -> Mapping[int, int]:  # noqa: ARG002
        return {}

    def lapse(self, at: datetime) -> Sequence[Hold]:  # noqa: ARG002
        return []

    def pending(self, keys: Keys, at: datetime, besides: str) -> Sequence[LedgerLine]:  # noqa: ARG002
        return []


class PastOwed(SqlPendingRefunds):
    """And no refund is ever pending."""

    def of_sale(self, key: str) -> Sequence[tuple[PendingRefund, bool]]:  # noqa: ARG002
        return []


class PastRegister(SqlRegister):
    """The counters of the tills, cached."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.connection)
        self._waiting, self._connection = waiting, waiting.connection

    def take_number(self, till: str, amount: Money) -> RegisterEntry:
        entry = self._waiting.registers.get(till)
        if entry is None:
            row = self._connection.execute(select(register).where(register.c.till == till)).one_or_none()
            entry = RegisterEntry(1, "") if row is None else RegisterEntry(row.next_no, row.chain)
            self._waiting.totals[till] = 0 if row is None else row.grand_total_minor
        self._waiting.registers[till] = RegisterEntry(entry.number + 1, entry.chain)
        self._waiting.totals[till] += amount.minor
        return entry

    def close_chain(self, till: str, mac: str) -> None:
        self._waiting.registers[till] = replace(self._waiting.registers[till], chain=mac)


class PastJournal(SqlJournal):
    """The journal with buffered entries; the ends of its chains are cached."""

    def __init__(self, waiting: Waiting, chain: Callable[[str, bytes], str]) -> None:
        super().__init__(waiting.connection, chain)
        self._waiting, self._connection = waiting, waiting.connection
        self.last: Mapping[str, Any] = {}
        """The details of the entry that was written last."""

    def write(self, at: datetime, till: str, person: str, event: str, details: Mapping[str, Any]) -> None:
        head = self._waiting.heads.get(till)
        if head is None:
            row = self._connection.execute(select(journal_head).where(journal_head.c.till == till)).one_or_none()
            head = (0, "") if row is None else (row.entries, row.mac)
        self.last = details
        entry = self.entry(head[0] + 1, head[1], at, till, person, event, details)
        self._waiting.heads[till] = head[0] + 1, entry["mac"]
        self._waiting.rows.add(journal, [entry])


class PastStock(SqlStock):
    """The stock on hand, cached while it is sold."""

    def __init__(self, waiting: Waiting) -> None:
        super().__init__(waiting.connection)
        self._waiting, self._connection = waiting, waiting.connection

    def take(self, taking: StockDeduction) -> list[LotPart] | None:
        held = self._balance(taking.product)
        if not held.plain:
            self._waiting.write()
            return super().take(taking)
        if held.on_hand < taking.quantity:
            return None
        worth, cost = held.worth.issuing(taking.quantity)
        self._waiting.taken.append((taking.product, held))
        self._waiting.balances[taking.product] = Balance(
            held.on_hand - taking.quantity, worth, plain=True, changed=True
        )
        return [LotPart(None, taking.quantity, cost)]

    def deduct_at_once(self, takings: Sequence[StockDeduction]) -> Mapping[int, Sequence[LotPart]]:  # noqa: ARG002
        """Cached stock is deducted one by one."""
        return {}

    def on_hand(self, product_id: int) -> int:
        return self._balance(product_id).on_hand

    def _balance(self, product_id: int) -> Balance:
        held = self._waiting.balances.get(product_id)
        if held is None:
            row = self._connection.execute(_BALANCE, {"of_product": product_id}).one()
            held = Balance(row.on_hand, Worth(row.owned, row.value_minor), not (row.held or row.lotted))
            self._waiting.balances[product_id] = held
        return held


class PastShifts(SqlShifts):
    """Open shifts and their drawers, cached."""

    def __init__(self, waiting: Waiting, chain: Callable[[str, bytes], str]) -> None:
        super().__init__(waiting.connection, chain)
        self._waiting = waiting

    def open_at(self, till: str) -> Shift | None:
        if till not in self._waiting.shifts:
            self._waiting.shifts[till] = super().open_at(till)
        return self._waiting.shifts[till]

    def drawer(self, shift: Shift) -> Drawer:
        if shift.id not in self._waiting.drawers:
            held = {code: dict(notes) for code, notes in super().drawer(shift).items()}
            self._waiting.drawers[shift.id] = held
            self._waiting.count(recounted(row for row in self._waiting.cash if row["shift_id"] == shift.id))
        return self._waiting.drawers[shift.id]


class PastSales(SqlSales):
    """Sales with buffered rows; their documents count as printed."""

    def __init__(
        self, waiting: Waiting, chain: Callable[[str, bytes], str], remember: Callable[[Sale, int], None]
    ) -> None:
        super().__init__(waiting.connection, chain)
        self._waiting, self._connection, self._remember = waiting, waiting.connection, remember

    def record(
        self,
        sold: Sale,
        before: str,
        visitors: Mapping[str, LockedVisitor],
        business_date: date,
        taken: Mapping[int, Sequence[LotPart]],
    ) -> Sale:
        sold = super().record(sold, before, visitors, business_date, taken)
        self._remember(sold, self._waiting.next_sale - 1)
        return sold

    def write_sale(self, row: Mapping[str, Any]) -> int:
        if not self._waiting.next_sale:
            last = self._connection.execute(select(func.coalesce(func.max(sale.c.id), 0))).scalar_one()
            self._waiting.next_sale = int(last) + 1
        sale_id = self._waiting.next_sale
        self._waiting.next_sale += 1
        self._waiting.rows.add(sale, [{"id": sale_id, **row}])
        return sale_id

    def sealed(self, table: Table, rows: Sequence[Mapping[str, str]]) -> Mapping[str, int]:
        known = self._waiting.sealed
        missing = [row for row in rows if row["digest"] not in known]
        if missing:
            known |= super().sealed(table, missing)
        return known

    def write_rows(self, table: Table, rows: Sequence[dict[str, Any]], sale_id: int) -> None:
        printed = {"state": "done"} if table is outbox else {}
        self._waiting.rows.add(table, [{**row, "sale_id": sale_id, **printed} for row in rows])

    def write_drawer(self, rows: Sequence[dict[str, Any]]) -> None:
        self._waiting.cash.extend(rows)
        self._waiting.count(recounted(rows))

    def write_drawer_again(self, rows: Sequence[dict[str, Any]], counted: Sequence[dict[str, Any]]) -> None:
        """The same of cash whose notes have been counted: `counted` are rows of `drawer`."""
        self._waiting.cash.extend(rows)
        self._waiting.count(counted)
