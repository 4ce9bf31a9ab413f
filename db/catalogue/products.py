"""Products and their codes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, text, update

from db.catalogue import missing_data as incomplete
from db.catalogue import search
from db.catalogue.doubtful_labels import doubt_labels
from db.catalogue.price_in_force import CURRENCY, GOODS, IS_DATED, MINOR, goods
from db.catalogue.prices import SqlPrices
from db.catalogue.product_columns import COMPARED, attributes_of, names_by_language, own_of, price_of, search_texts_of
from db.catalogue.product_difference import ProductDifference, code_row, codes_of
from db.catalogue.product_history import Changed, write_history
from db.catalogue.product_index import index_again
from db.catalogue.product_insert import insert_products
from db.catalogue.product_values import suppliers_called, suppliers_named
from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import is_sqlite
from db.tables.catalogue import product, product_code
from db.tables.stock import stock
from pos.application.ports.catalogue_ports import ExportedGoods, FieldChange, GoodsRow, StoredMissingData
from pos.application.ports.pricing_ports import DatedPrice
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.catalogue.product import Product
from pos.domain.quota.required_attributes import Needs

_PAGE = 500

_OTHER = product_code.alias()
_CODE_COUNT = (
    select(func.count()).select_from(_OTHER).where(_OTHER.c.product_id == product.c.id).correlate(product)
).scalar_subquery()
_BY_CODE = CompiledStatement(
    select(product, MINOR, CURRENCY, product_code.c.quantity.label("code_quantity"), _CODE_COUNT.label("code_count"))
    .select_from(GOODS.join(product_code, product_code.c.product_id == product.c.id))
    .where(product_code.c.code == bindparam("code"))
)
_BY_ID = CompiledStatement(goods().where(product.c.id == bindparam("id")))
_BY_IDS = goods().where(product.c.id.in_(bindparam("ids", expanding=True)))
_CODES = (
    select(product_code.c.product_id, product_code.c.code)
    .where(product_code.c.product_id.in_(bindparam("ids", expanding=True)))
    .order_by(product_code.c.product_id, product_code.c.position)
)
_CODES_OF_ONE = CompiledStatement(
    select(product_code.c.code).where(product_code.c.product_id == bindparam("id")).order_by(product_code.c.position)
)
_KNOWN = select(product_code.c.code, product_code.c.product_id).where(
    product_code.c.code.in_(bindparam("codes", expanding=True))
)
_KNOWN_TO_SQLITE = text("SELECT code, product_id FROM product_code WHERE code IN (SELECT value FROM json_each(:codes))")
_PAGE_BY_CODE = (
    select(product, MINOR, CURRENCY, stock.c.on_hand)
    .select_from(GOODS.join(stock, stock.c.product_id == product.c.id))
    .where(product.c.code > bindparam("after"))
    .order_by(product.c.code)
    .limit(_PAGE)
)
_IN_FORCE = {"price_minor": MINOR, "price_currency": CURRENCY}
_STORED = (
    select(product.c.id, IS_DATED, *(_IN_FORCE.get(name, product.c[name]) for name in (*COMPARED, "name")))
    .select_from(GOODS)
    .where(product.c.id.in_(bindparam("ids", expanding=True)))
)
_INSERT_CODE = insert(product_code)
_ALL_NAMES = select(product.c.name, product.c.name_zh).order_by(product.c.id)
_CARTONS = select(product_code.c.product_id, product_code.c.code, product_code.c.quantity).where(
    product_code.c.product_id.in_(bindparam("ids", expanding=True)), product_code.c.quantity > 1
)
_SET_CARTON = (
    update(product_code)
    .where(product_code.c.code == bindparam("of_code"))
    .values(kind="carton", quantity=bindparam("pieces"))
)


def _product(row: Row[Any], codes: Sequence[str]) -> Product:
    return Product(
        id=row.id,
        code=row.code,
        codes=tuple(codes),
        name=row.name,
        names=names_by_language(row),
        category=row.category,
        price=price_of(row),
        attributes=attributes_of(row),
        **own_of(row),
    )


class SqlProducts:
    """Products over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def by_code(self, code: str, at: datetime) -> Product | None:
        """One indexed SELECT over the whole catalogue, nothing preloaded."""
        named = self.named(code, at)
        return None if named is None else named[0]

    def named(self, code: str, at: datetime) -> tuple[Product, int] | None:
        row = _BY_CODE.one(self._connection, {"code": code, "at": at})
        if row is None:
            return None
        matched = _product(row, (code,)) if row.code_count == 1 else self._one(row)
        return matched, row.code_quantity

    def by_id(self, product_id: int, at: datetime) -> Product | None:
        row = _BY_ID.one(self._connection, {"id": product_id, "at": at})
        return None if row is None else self._one(row)

    def _one(self, row: Any) -> Product:
        return _product(row, [code for (code,) in _CODES_OF_ONE.tuples(self._connection, {"id": row.id})])

    def by_ids(self, product_ids: Sequence[int], at: datetime) -> Mapping[int, Product]:
        by_id: dict[int, Product] = {}
        for start in range(0, len(product_ids), _PAGE):
            rows = self._connection.execute(_BY_IDS, {"ids": list(product_ids[start : start + _PAGE]), "at": at}).all()
            by_id.update((product.id, product) for product in self._with_codes(rows))
        return by_id

    def _with_codes(self, rows: Sequence[Row[Any]]) -> list[Product]:
        codes = self._codes_of([row.id for row in rows])
        return [_product(row, codes[row.id]) for row in rows]

    def find(self, text: str, at: datetime, limit: int, offset: int = 0) -> Sequence[Product]:
        ids = self.find_ids(text, limit, offset)
        by_id = self.by_ids(ids, at)
        return [by_id[product_id] for product_id in ids if product_id in by_id]

    def find_ids(self, text: str, limit: int, offset: int = 0) -> Sequence[int]:
        return search.find_ids(self._connection, text, limit, offset)

    def find_named_ids(self, words: str, limit: int, *, by_code: bool = False) -> Sequence[int]:
        return search.find_named_ids(self._connection, words, limit, by_code=by_code)

    def count(self) -> int:
        return int(self._connection.execute(select(func.count()).select_from(product)).scalar_one())

    def chinese_names(self) -> list[str]:
        names = (name for row in self._connection.execute(_ALL_NAMES) for name in row if name)
        return [name for name in names if search.HAN.search(name)]

    def codes_known(self, codes: Iterable[str]) -> Mapping[str, int]:
        requested = list(codes)
        if is_sqlite(self._connection):  # one statement for any number of them: it is compiled once
            stored = self._connection.execute(_KNOWN_TO_SQLITE, {"codes": json.dumps(requested)})
            return {row.code: row.product_id for row in stored}
        known: dict[str, int] = {}
        for start in range(0, len(requested), _PAGE):
            rows = self._connection.execute(_KNOWN, {"codes": requested[start : start + _PAGE]})
            known.update((row.code, row.product_id) for row in rows)
        return known

    def add(self, row: GoodsRow, at: datetime) -> int:
        return self.add_many([row], at)[0]

    def add_many(self, rows: Sequence[GoodsRow], at: datetime, import_id: int | None = None) -> list[int]:
        if not rows:
            return []
        rows = self._with_suppliers(rows, make=True)
        ids = insert_products(self._connection, rows, at, import_id)
        entries = [(i, search_texts_of(row), tuple(codes_of(row))) for i, row in zip(ids, rows)]
        search.index(self._connection, entries, new=True)
        return ids

    def _with_suppliers(self, rows: Sequence[GoodsRow], *, make: bool) -> Sequence[GoodsRow]:
        """Rows that name a supplier, with its number."""
        named = {row.supplier_name for row in rows if row.supplier_name}
        if not named:
            return rows
        known = suppliers_named(self._connection, named, make=make)
        return [replace(row, supplier=known[row.supplier_name]) if row.supplier_name else row for row in rows]

    def change(self, product_id: int, row: GoodsRow, at: datetime, person: str) -> bool:
        return self.change_many([(product_id, row)], at, person)[0]

    def would_change(self, rows: Sequence[tuple[int, GoodsRow]], at: datetime) -> list[Sequence[FieldChange]]:
        return self._field_changes(self._changes(rows, at, make=False))

    def change_many(
        self, rows: Sequence[tuple[int, GoodsRow]], at: datetime, person: str, import_id: int | None = None
    ) -> list[bool]:
        changes = self._changes(rows, at, make=True)
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for change in changes:
            if change.columns:
                alike.setdefault(tuple(change.columns), []).append({"key": change.id, **change.columns})
        for columns, values in alike.items():
            sets: dict[str, Any] = {name: bindparam(name) for name in columns}
            self._connection.execute(update(product).where(product.c.id == bindparam("key")).values(sets), values)
        new_codes = [
            code_row(change.id, code, position, pieces)
            for change in changes
            for position, (code, pieces) in enumerate(change.new_codes.items(), start=change.codes)
        ]
        if new_codes:
            self._connection.execute(_INSERT_CODE, new_codes)
        packs = [{"of_code": code, "pieces": to} for change in changes for code, (_, to) in change.packs.items()]
        if packs:
            self._connection.execute(_SET_CARTON, packs)
        dated = [(one.id, DatedPrice(one.dated, at, person, at)) for one in changes if one.dated is not None]
        SqlPrices(self._connection).set_many(dated)
        index_again(self._connection, [change.id for change in changes if change.changes_search_index])
        doubt_labels(self._connection, [change.id for change in changes if change.is_on_label])
        history = [
            Changed(change.id, *field_change)
            for change, fields in zip(changes, self._field_changes(changes))
            for field_change in fields
        ]
        write_history(self._connection, history, at, person, import_id)
        return [bool(change) for change in changes]

    def _changes(self, rows: Sequence[tuple[int, GoodsRow]], at: datetime, *, make: bool) -> list[ProductDifference]:
        if not rows:
            return []
        ids = [product_id for product_id, _ in rows]
        goods = self._with_suppliers([row for _, row in rows], make=make)
        stored = {row[0]: row for row in self._connection.execute(_STORED, {"ids": ids, "at": at})}
        codes = {
            product_id: dict.fromkeys(product_codes, 1) for product_id, product_codes in self._codes_of(ids).items()
        }
        if any(row.cartons for row in goods):
            for product_id, code, pieces in self._connection.execute(_CARTONS, {"ids": ids}):
                codes[product_id][code] = pieces
        return [ProductDifference.of(stored[one], codes[one], row) for one, row in zip(ids, goods)]

    def _field_changes(self, changes: Sequence[ProductDifference]) -> list[Sequence[FieldChange]]:
        """Changes field by field, as the history stores them."""
        numbers = {
            number
            for change in changes
            for number in (change.columns.get("supplier_id"), change.before.get("supplier_id"))
            if number
        }
        names = suppliers_called(self._connection, numbers)
        return [change.fields(names) for change in changes]

    def _codes_of(self, ids: Sequence[int]) -> dict[int, list[str]]:
        codes: dict[int, list[str]] = {product_id: [] for product_id in ids}
        for product_id, code in self._connection.execute(_CODES, {"ids": list(codes)}):
            codes[product_id].append(code)
        return codes

    def unsellable(self, at: datetime, limit: int, after: int = 0) -> list[tuple[Product, int]]:
        return self._stocked(incomplete.unsellable(self._connection, at, limit, after))

    def lacking(
        self, needs: Needs, at: datetime, limit: int, after: int = 0, *, sellable: bool = False
    ) -> list[tuple[Product, int]]:
        return self._stocked(incomplete.lacking(self._connection, needs, at, limit, after, sellable=sellable))

    def lacking_for(self, paper: Paper, at: datetime, limit: int, after: int = 0) -> list[tuple[Product, int]]:
        return self._stocked(incomplete.lacking_for(self._connection, paper, at, limit, after))

    def count_incomplete(
        self, needs: Mapping[str, Needs], at: datetime, limit: int, after: int = 0
    ) -> StoredMissingData:
        return incomplete.count(self._connection, needs, at, limit, after)

    def _stocked(self, rows: Sequence[Row[Any]]) -> list[tuple[Product, int]]:
        return [(matched, row.on_hand) for matched, row in zip(self._with_codes(rows), rows)]

    def all(self, at: datetime) -> Iterator[tuple[Product, int]]:
        after = ""
        while rows := self._connection.execute(_PAGE_BY_CODE, {"after": after, "at": at}).all():
            yield from self._stocked(rows)
            after = rows[-1].code

    def exported(self, at: datetime) -> Iterator[ExportedGoods]:
        after = ""
        while rows := self._connection.execute(_PAGE_BY_CODE, {"after": after, "at": at}).all():
            cartons: dict[int, dict[str, int]] = {}
            for owner, code, pieces in self._connection.execute(_CARTONS, {"ids": [row.id for row in rows]}):
                cartons.setdefault(owner, {})[code] = pieces
            called = suppliers_called(self._connection, {row.supplier_id for row in rows if row.supplier_id})
            for product_, on_hand in self._stocked(rows):
                supplier = called.get(product_.supplier or 0, "")
                yield ExportedGoods(product_, on_hand, supplier, cartons.get(product_.id, {}))
            after = rows[-1].code
