"""Seals over one connection, and the bytes of the books that they cover."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from db.engine.canonical import content
from db.engine.types import as_stored
from db.sales.sales import SqlSales
from db.tables.sales import sale
from db.tables.shop import journal, journal_head, register, seal
from pos.application.ports.maintenance_ports import BookSeal, ExternalAnchor, IsSigned

_PAGE = 500
_ENTRIES = 20
"""The most journal entries to one sale: a seal covers this many times its number of sales."""


class SqlSeals:
    """Implements `Seals`."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._sales = SqlSales(connection, chain)

    def last(self, till: str) -> BookSeal | None:
        newest = select(seal).where(seal.c.till == till).order_by(seal.c.number.desc()).limit(1)
        return _seal_from(self._connection.execute(newest).one_or_none())

    def of_z(self, till: str, z_number: int) -> BookSeal | None:
        """The seal written with this Z; None for a Z older than seals."""
        one = select(seal).where(seal.c.till == till, seal.c.z_number == z_number)
        return _seal_from(self._connection.execute(one).one_or_none())

    def books(self, till: str, after: Mapping[str, int], most: int) -> Mapping[str, Any]:
        heads = self._heads()
        mine = heads.pop(till, _NO_HEAD)
        sales_to = min(mine["number"], after["sale"] + most)
        entries_to = min(mine["entries"], after["entry"] + most * _ENTRIES)
        grand_total = select(register.c.grand_total_minor).where(register.c.till == till)
        return {
            "sales": {
                "from": after["sale"] + 1,
                "to": sales_to,
                "sha256": self.digest_of_sales(till, after["sale"] + 1, sales_to),
            },
            "journal": {
                "from": after["entry"] + 1,
                "to": entries_to,
                "sha256": self.digest_of_entries(till, after["entry"] + 1, entries_to),
            },
            "head": {
                "number": mine["number"],
                "mac": mine["mac"],
                "grand_total": int(self._connection.execute(grand_total).scalar_one_or_none() or 0),
            },
            "journal_head": {"number": mine["entries"], "mac": mine["journal_mac"]},
            "others": heads,
        }

    def unsealed_since(self, till: str, after: Mapping[str, int]) -> datetime | None:
        entry = select(journal.c.at).where(journal.c.till == till, journal.c.number == after["entry"] + 1)
        sold = select(sale.c.at).where(sale.c.till == till, sale.c.number == after["sale"] + 1)
        instants = [self._connection.execute(first).scalar_one_or_none() for first in (entry, sold)]
        return min((at for at in instants if at is not None), default=None)

    def add(self, new: BookSeal) -> None:
        row = {name: getattr(new, name) for name in ("till", "number", "at", "z_number", "content", "signature")}
        self._connection.execute(insert(seal), row)

    def walk(self) -> Iterator[BookSeal]:
        for row in self._connection.execute(select(seal).order_by(seal.c.till, seal.c.number)).all():
            book_seal = _seal_from(row)
            assert book_seal is not None, "it is a row"
            yield book_seal

    def mismatches(self, is_signed: IsSigned, outside: Sequence[ExternalAnchor] = ()) -> Sequence[str]:
        from db.maintenance.verify_seals import seal_mismatches

        return list(seal_mismatches(self._connection, self, is_signed, outside))

    def digest_of_sales(self, till: str, first: int, last: int) -> str:
        """A digest of the sales between two numbers: every column in the chain except who the visitors were."""
        digest = sha256()
        while first <= last:
            to = min(last, first + _PAGE - 1)
            rows = self._connection.execute(
                select(*as_stored(sale))
                .where(sale.c.till == till, sale.c.number >= first, sale.c.number <= to)
                .order_by(sale.c.number)
            ).all()
            for row, sealed in zip(rows, self._sales.content_without_who(rows), strict=True):
                digest.update(row.mac.encode() + b"\x1f" + sealed + b"\x1e")
            first = to + 1
        return digest.hexdigest()

    def digest_of_entries(self, till: str, first: int, last: int) -> str:
        """A digest of the journal entries between two numbers."""
        digest = sha256()
        while first <= last:
            to = min(last, first + 10 * _PAGE - 1)
            for row in self._connection.execute(
                select(*as_stored(journal))
                .where(journal.c.till == till, journal.c.number >= first, journal.c.number <= to)
                .order_by(journal.c.number)
            ):
                fields = {name: value for name, value in row._mapping.items() if name not in ("id", "mac")}
                digest.update(row.mac.encode() + b"\x1f" + content(journal=fields) + b"\x1e")
            first = to + 1
        return digest.hexdigest()

    def _heads(self) -> dict[str, dict[str, Any]]:
        """The position of each till."""
        heads: dict[str, dict[str, Any]] = {}
        newest = select(func.coalesce(func.max(sale.c.number), 0)).where(sale.c.till == register.c.till)
        for till, number, mac in self._connection.execute(
            select(register.c.till, newest.scalar_subquery(), register.c.chain).order_by(register.c.till)
        ):  # not what the register counted last: a restore skips numbers
            heads[till] = {**_NO_HEAD, "number": number, "mac": mac}
        for till, entries, mac in self._connection.execute(select(journal_head).order_by(journal_head.c.till)):
            heads[till] = {**heads.get(till, _NO_HEAD), "entries": entries, "journal_mac": mac}
        return heads


_NO_HEAD: dict[str, Any] = {"number": 0, "mac": "", "entries": 0, "journal_mac": ""}


def _seal_from(row: Row[Any] | None) -> BookSeal | None:
    if row is None:
        return None
    return BookSeal(row.till, row.number, row.at, row.z_number, row.content, row.signature)
