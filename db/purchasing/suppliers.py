"""Suppliers, by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from db.tables.catalogue import supplier
from pos.domain.purchasing.supplier import Supplier, suppliers_by_name

_ALL = select(supplier).order_by(supplier.c.name, supplier.c.id)
_ONE = select(supplier).where(supplier.c.id == bindparam("id"))
_INSERT = insert(supplier).returning(supplier.c.id)
_CHANGE = update(supplier).where(supplier.c.id == bindparam("of"))


class SqlSuppliers:
    """Suppliers over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> list[Supplier]:
        return [_read(row) for row in self._connection.execute(_ALL)]

    def by_id(self, supplier_id: int) -> Supplier | None:
        row = self._connection.execute(_ONE, {"id": supplier_id}).one_or_none()
        return None if row is None else _read(row)

    def by_name(self, name: str) -> Supplier | None:
        """Compared here, because SQLite folds ASCII capitals only."""
        return suppliers_by_name([name], self.all()).get(name)

    def add(self, name: str, contact: str = "") -> Supplier:
        row = {"name": name, "contact": contact, "active": True}
        return Supplier(self._connection.execute(_INSERT, row).scalar_one(), name, contact)

    def change(self, supplier: Supplier) -> None:
        values = {"name": supplier.name, "contact": supplier.contact, "active": supplier.active}
        self._connection.execute(_CHANGE.values(values), {"of": supplier.id})


def _read(row: Row[Any]) -> Supplier:
    return Supplier(row.id, row.name, row.contact, row.active)
