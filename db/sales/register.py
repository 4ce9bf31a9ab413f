"""The till's gapless number, its running grand total and the head of its chain."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import insert_new
from db.tables.shop import register
from pos.application.ports.sale_ports import RegisterEntry
from pos.domain.money import Money

_NEXT = CompiledStatement(
    update(register)
    .where(register.c.till == bindparam("key"))
    .values(
        next_no=register.c.next_no + 1,
        grand_total_minor=register.c.grand_total_minor + bindparam("amount"),
    )
    .returning(register.c.next_no, register.c.chain)
)
_WHICH = select(register.c.next_no).where(register.c.till == bindparam("key"))
_CLOSE = CompiledStatement(update(register).where(register.c.till == bindparam("key")).values(chain=bindparam("mac")))


class SqlRegister:
    """Registers over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take_number(self, till: str, amount: Money) -> RegisterEntry:
        """The row is the last lock of a sale, so a rollback leaves no gap."""
        parameters = {"key": till, "amount": amount.minor}
        row = _NEXT.one(self._connection, parameters)
        if row is None:
            first = {"till": till, "next_no": 1, "grand_total_minor": 0, "chain": ""}
            self._connection.execute(insert_new(self._connection, register), first)
            row = _NEXT.rows(self._connection, parameters)[0]
        return RegisterEntry(row.next_no - 1, row.chain)

    def go_on_behind(self, till: str, last: int) -> RegisterEntry:
        values = {"next_no": last + 2}
        row = self._connection.execute(
            update(register).where(register.c.till == till).values(values).returning(register.c.chain)
        ).one()
        return RegisterEntry(last + 1, row.chain)

    def last_number(self, till: str) -> int:
        next_no = self._connection.execute(_WHICH, {"key": till}).scalar_one_or_none()
        return 0 if next_no is None else int(next_no) - 1

    def close_chain(self, till: str, mac: str) -> None:
        _CLOSE.run(self._connection, {"key": till, "mac": mac})
