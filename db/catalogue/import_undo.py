"""What can be undone of an import, a batch at a time: unreferenced goods, and fields unchanged since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Column, Connection, Row, bindparam, delete, func, or_, select, update

from db.catalogue import search
from db.catalogue.doubtful_labels import doubt_labels
from db.catalogue.price_in_force import IS_DATED, goods
from db.catalogue.prices import SqlPrices
from db.catalogue.product_history import Changed, write_history
from db.catalogue.product_index import index_again
from db.catalogue.product_values import columns_for, field_texts, suppliers_called, suppliers_named
from db.tables.catalogue import import_run, product, product_change, product_code
from db.tables.metadata import metadata
from db.tables.stock import stock, stock_move
from pos.application.ports.catalogue_ports import UNDONE, NotUndone, UndoneBatch
from pos.application.ports.pricing_ports import DatedPrice
from pos.domain.catalogue.product_fields import ON_LABEL, SEARCHED
from pos.domain.money import CURRENCIES, Money

_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_ITS_OWN = {product_code.name, stock.name, stock_move.name}
"""Rows that an import makes together with a product; they are deleted with it."""

_WHY = {
    "sale_line": "sold",
    "return_line": "sold",
    "piece": "sold",
    "hold_line": "held",
    "order_line": "ordered",
    "customer_order_line": "ordered",
    "goods_receipt": "received",
    "receipt_line": "received",
    "lot": "received",
    "stock_place": "moved",
    "stock_valuation": "moved",
    "count_line": "counted",
    "count_entry": "counted",
    "product_price": "priced",
    "product_picture": "pictured",
    "label_print": "labelled",
    "quick_key": "keyed",
}
"""The reason that a product stays because a table refers to it; `in_use` for a reason without a name here."""

_MADE = (
    select(product.c.id, product.c.code, product.c.name)
    .where(product.c.import_id == bindparam("run"), product.c.id > bindparam("after"))
    .order_by(product.c.id)
    .limit(bindparam("most"))
    .with_for_update()
)
_MOVED = (
    select(stock_move.c.product_id)
    .where(stock_move.c.product_id.in_(_IDS))
    .group_by(stock_move.c.product_id)
    .having(or_(func.count() > 1, func.max(stock_move.c.reason) != "opening"))
)
_CHANGED_SINCE = (
    select(product_change.c.product_id)
    .outerjoin(import_run, import_run.c.id == product_change.c.import_id)
    .where(
        product_change.c.product_id.in_(_IDS),
        or_(product_change.c.import_id.is_(None), import_run.c.state != UNDONE),
    )
    .distinct()
)
"""Products that a person has changed, or an import that is not undone."""

_TOUCHED = (
    select(product_change.c.product_id)
    .where(product_change.c.import_id == bindparam("run"), product_change.c.product_id > bindparam("after"))
    .distinct()
    .order_by(product_change.c.product_id)
    .limit(bindparam("most"))
)
_CHANGES = (
    select(product_change)
    .where(product_change.c.import_id == bindparam("run"), product_change.c.product_id.in_(_IDS))
    .order_by(product_change.c.id)
)
_NOW = goods(IS_DATED).where(product.c.id.in_(_IDS))
_CODES_NOW = select(product_code.c.product_id, product_code.c.code, product_code.c.quantity).where(
    product_code.c.product_id.in_(_IDS)
)


def take_out(connection: Connection, run: int, after: int, limit: int) -> UndoneBatch:
    made = connection.execute(_MADE, {"run": run, "after": after, "most": limit}).all()
    ids = [row.id for row in made]
    if not ids:
        return UndoneBatch(None)
    kept: dict[int, str] = {}
    for column, why in _references():
        query = select(column).where(column.in_(_IDS)).distinct()
        kept.update(dict.fromkeys(connection.execute(query, {"ids": ids}).scalars(), why))
    for question, why in ((_MOVED, "moved"), (_CHANGED_SINCE, "changed")):
        for product_id in connection.execute(question, {"ids": ids}).scalars():
            kept.setdefault(product_id, why)
    _delete(connection, [product_id for product_id in ids if product_id not in kept])
    left = [NotUndone(row.code, row.name, "", kept[row.id]) for row in made if row.id in kept]
    return UndoneBatch(ids[-1] if len(ids) == limit else None, removed=len(ids) - len(kept), left=left)


def _references() -> list[tuple[Column[Any], str]]:
    """Every column that refers to a product, the plainest reason last."""
    references = [
        (column, _WHY.get(table.name, "in_use"))
        for table in metadata.tables.values()
        if table.name not in _ITS_OWN
        for column in table.columns
        if any(key.column is product.c.id for key in column.foreign_keys)
    ]
    return sorted(references, key=lambda one: one[1] == "sold")


def _delete(connection: Connection, ids: Sequence[int]) -> None:
    if not ids:
        return
    search.forget(connection, ids)
    for table in (stock_move, product_code, stock):
        connection.execute(delete(table).where(table.c.product_id.in_(ids)))
    connection.execute(delete(product).where(product.c.id.in_(ids)))


def put_back(connection: Connection, run: int, after: int, limit: int, at: datetime, person: str) -> UndoneBatch:
    ids = list(connection.execute(_TOUCHED, {"run": run, "after": after, "most": limit}).scalars())
    if not ids:
        return UndoneBatch(None)
    batch = _Restoring.of(connection, run, ids, at)
    batch.restore()
    SqlPrices(connection).set_many([(one, DatedPrice(price, at, person, at)) for one, price in batch.dated.items()])
    write_history(connection, batch.history, at, person, run)
    return UndoneBatch(
        ids[-1] if len(ids) == limit else None,
        restored=len(batch.history),
        products=len({change.product_id for change in batch.history}),
        left=batch.left,
    )


class _Restoring:
    """One batch of products whose fields are restored."""

    def __init__(self, connection: Connection, changes: Mapping[int, Sequence[Row[Any]]], at: datetime) -> None:
        self._connection = connection
        self._changes = changes
        ids = list(changes)
        self._now = {row.id: row for row in connection.execute(_NOW, {"ids": ids, "at": at})}
        self._pieces: dict[tuple[int, str], int] = {
            (owner, code): pieces for owner, code, pieces in connection.execute(_CODES_NOW, {"ids": ids})
        }
        numbers = {row.supplier_id for row in self._now.values() if row.supplier_id is not None}
        self._names = suppliers_called(connection, numbers)
        supplier_names = [change.before for rows in changes.values() for change in rows if change.field == "supplier"]
        known = suppliers_named(connection, filter(None, supplier_names), make=False)
        self._numbers = {name: number for name, number in known.items() if number}
        self.history: list[Changed] = []
        self.left: list[NotUndone] = []
        self.dated: dict[int, Money] = {}
        """Prices that follow a dated one: they are dated too."""

    @classmethod
    def of(cls, connection: Connection, run: int, ids: Sequence[int], at: datetime) -> _Restoring:
        """The changes of the run to these products that are not undone yet."""
        changes: dict[int, list[Row[Any]]] = {}
        for row in connection.execute(_CHANGES, {"run": run, "ids": ids}):
            mine = changes.setdefault(row.product_id, [])
            # An interrupted undo has written its own rows under the same run, in reverse.
            done = next((one for one in mine if _is_reverse(one, row)), None)
            if done is None:
                mine.append(row)
            else:
                mine.remove(done)
        return cls(connection, {product_id: rows for product_id, rows in changes.items() if rows}, at)

    def restore(self) -> None:
        search_changed: set[int] = set()
        on_label: set[int] = set()
        for product_id, rows in self._changes.items():
            if (now := self._now.get(product_id)) is None:
                continue  # the product has left the catalogue: nothing of it is left to restore
            in_force = {"price_minor": now.now_minor, "price_currency": now.now_currency}
            texts = field_texts({**now._asdict(), **in_force}, self._names)
            columns: dict[str, Any] = {}
            for row in rows:
                if row.field in ("code", "carton"):
                    is_back = self._restore_code(row)
                else:
                    restored = columns_for(row.field, row.before, self._numbers)
                    is_back = restored is not None and texts.get(row.field) == row.after
                    if is_back and row.field == "price" and now.is_dated:
                        is_back = self._date_price(product_id, restored or {})
                    elif is_back:
                        columns |= restored or {}
                if is_back:
                    self.history.append(Changed(product_id, row.field, row.after, row.before))
                    if row.field in ("code", "carton", *SEARCHED):
                        search_changed.add(product_id)
                    if row.field in ON_LABEL:
                        on_label.add(product_id)
                else:
                    self.left.append(NotUndone(now.code, now.name, row.field, "changed"))
            if columns:
                self._connection.execute(update(product).where(product.c.id == product_id).values(columns))
        index_again(self._connection, sorted(search_changed))
        doubt_labels(self._connection, sorted(on_label))

    def _date_price(self, product_id: int, columns: Mapping[str, Any]) -> bool:
        """Let the old price hold from now on; False where there was none: a dated one cannot be nothing."""
        minor, code = columns.get("price_minor"), columns.get("price_currency")
        if minor is None or code is None:
            return False
        self.dated[product_id] = Money(minor, CURRENCIES[code])
        return True

    def _restore_code(self, row: Row[Any]) -> bool:
        """Delete a code, or restore the pieces of a carton, where it is as the import left it."""
        code, _, pieces = str(row.after).partition(":")
        if self._pieces.get((row.product_id, code)) != int(pieces or 1):
            return False
        mine = product_code.c.code == code
        if row.before is None:
            self._connection.execute(delete(product_code).where(mine))
        else:
            before = int(row.before.partition(":")[2])
            kind = "unit" if before == 1 else "carton"
            self._connection.execute(update(product_code).where(mine).values(quantity=before, kind=kind))
        return True


def _is_reverse(earlier: Row[Any], later: Row[Any]) -> bool:
    return (earlier.field, earlier.before, earlier.after) == (later.field, later.after, later.before)
