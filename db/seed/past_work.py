"""A store for the steps of the shop in made-up trade: sales are written together, the rest at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection

from db.engine.canonical import Chain
from db.engine.retry_policy import StoreRetryPolicy
from db.seed.bulk_rows import BulkRows
from db.seed.past_books import (
    PastHolds,
    PastJournal,
    PastKeys,
    PastOwed,
    PastPeople,
    PastRegister,
    PastSales,
    PastShifts,
    PastStock,
    Waiting,
)
from db.seed.past_visitors import PastVisitors
from db.store.unit_of_work import SqlUnitOfWork


class InOneTransaction(SqlUnitOfWork):
    """A unit of work within a transaction that the caller commits."""

    def commit(self) -> None:
        """Nothing yet: see who began."""


class PastWork(InOneTransaction):
    """The cached reads and buffered writes of sales; see past_books."""

    visitors: PastVisitors
    sales: PastSales
    journal: PastJournal

    def __init__(self, connection: Connection, chain: Chain) -> None:
        super().__init__(connection, chain)
        self._waiting = waiting = Waiting(connection, BulkRows(connection))
        self.keys = PastKeys(waiting)
        self.people = PastPeople(waiting)
        self.visitors = PastVisitors(waiting)
        self.holds = PastHolds(connection)
        self.owed = PastOwed(connection)
        self.register = PastRegister(waiting)
        self.stock = PastStock(waiting)
        self.shifts = PastShifts(waiting, chain)
        self.sales = PastSales(waiting, chain, self.visitors.remember)
        self.journal = PastJournal(waiting, chain)

    def write(self) -> None:
        self._waiting.write()
        self.visitors.write()

    @contextmanager
    def or_nothing(self) -> Iterator[None]:
        """One sale: its rows are not buffered if it is refused."""
        waiting, strangers = self._waiting, self.visitors.count_strangers()
        marks, cash, sale = waiting.rows.mark(), len(waiting.cash), waiting.next_sale
        registers, totals, heads = dict(waiting.registers), dict(waiting.totals), dict(waiting.heads)
        waiting.taken.clear()
        try:
            yield
        except BaseException:
            waiting.rows.back_to(marks)
            del waiting.cash[cash:]
            waiting.drawers.clear()
            waiting.next_sale, waiting.registers, waiting.totals, waiting.heads = sale, registers, totals, heads
            for product, balance in reversed(waiting.taken):
                waiting.balances[product] = balance
            self.visitors.forget_strangers(strangers)
            raise


class PastStore:
    """The store that the steps use. With `selling`, units of work buffer their rows; else they write them."""

    commits = 0

    def __init__(self, connection: Connection, chain: Chain) -> None:
        self._connection, self._chain = connection, chain
        self._selling: PastWork | None = None

    @contextmanager
    def selling(self) -> Iterator[PastWork]:
        """For sales only, until it ends: then they are written."""
        self._selling = PastWork(self._connection, self._chain)
        try:
            yield self._selling
            self._selling.write()
        finally:
            self._selling = None

    def patience(self) -> StoreRetryPolicy:
        return StoreRetryPolicy()

    @contextmanager
    def begin(self) -> Iterator[SqlUnitOfWork]:
        """One unit of work inside the transaction that writes the past trade."""
        if self._selling is not None:
            with self._selling.or_nothing():
                yield self._selling
            return
        with self._connection.begin_nested():
            yield InOneTransaction(self._connection, self._chain)

    @contextmanager
    def reading(self) -> Iterator[SqlUnitOfWork]:
        yield self._selling or InOneTransaction(self._connection, self._chain)
