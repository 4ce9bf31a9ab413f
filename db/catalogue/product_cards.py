"""Products for editing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, or_, select, update

from db.catalogue import search
from db.catalogue.doubtful_labels import doubt_labels
from db.catalogue.price_in_force import goods
from db.catalogue.product_columns import (
    attribute_columns,
    attributes_of,
    names_by_language,
    own_columns,
    own_of,
    price_of,
    search_texts_of,
)
from db.catalogue.product_index import index_again
from db.tables.catalogue import product, product_code, product_picture, supplier
from db.tables.promotions import promotion
from db.tables.sales import return_line, sale_line, sold_goods
from db.tables.stock import stock
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.catalogue.product_fields import SEARCHED, SEVERAL

_CARD = goods(supplier.c.name.label("supplier_name")).where(product.c.id == bindparam("id"))
_CARD = _CARD.outerjoin(supplier, supplier.c.id == product.c.supplier_id)
_PACKS = (
    select(product_code.c.code, product_code.c.kind, product_code.c.quantity, supplier.c.name)
    .select_from(product_code.outerjoin(supplier, supplier.c.id == product_code.c.supplier_id))
    .where(product_code.c.product_id == bindparam("id"))
    .order_by(product_code.c.position)
)
_OWNER = (
    select(product.c.id, product.c.name)
    .join(product_code, product_code.c.product_id == product.c.id)
    .where(product_code.c.code == bindparam("code"))
)
_PICTURES = select(product_picture.c.product_id, product_picture.c.png).where(
    product_picture.c.product_id.in_(bindparam("ids", expanding=True))
)
_PICTURE_INSTANTS = select(product_picture.c.product_id, product_picture.c.at).where(
    product_picture.c.product_id.in_(bindparam("ids", expanding=True))
)
_BATCH = 500
_LOCK = (
    select(product.c.id)
    .where(product.c.id.in_(bindparam("ids", expanding=True)))
    .order_by(product.c.id)
    .with_for_update(key_share=True)
)


class SqlProductCards:
    """Whole products over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def card(self, product_id: int, at: datetime) -> ProductCard | None:
        row = self._connection.execute(_CARD, {"id": product_id, "at": at}).one_or_none()
        if row is None:
            return None
        return ProductCard(
            codes=tuple(PackCode(*pack) for pack in self._connection.execute(_PACKS, {"id": product_id})),
            name=row.name,
            names=names_by_language(row),
            category=row.category,
            price=price_of(row),
            attributes=attributes_of(row),
            **own_of(row) | {"supplier": row.supplier_name},
        )

    def add(self, card: ProductCard, at: datetime) -> int:
        values = {**self._columns(card), "created_at": at}
        product_id = int(self._connection.execute(insert(product).returning(product.c.id), values).scalar_one())
        self._connection.execute(insert(stock), {"product_id": product_id, "on_hand": 0})
        self._write_codes(product_id, card)
        self._index(product_id, card, new=True)
        return product_id

    def write(self, product_id: int, card: ProductCard) -> None:
        self._connection.execute(update(product).where(product.c.id == product_id).values(self._columns(card)))
        self._connection.execute(delete(product_code).where(product_code.c.product_id == product_id))
        self._write_codes(product_id, card)
        self._index(product_id, card, new=False)
        doubt_labels(self._connection, [product_id])

    def lock(self, product_ids: Sequence[int]) -> None:
        """In the order of ids, so that two people wait for each other at most once; goods that are sold do not wait."""
        ids = sorted(product_ids)
        for start in range(0, len(ids), _BATCH):
            self._connection.execute(_LOCK, {"ids": ids[start : start + _BATCH]}).all()

    def change_many(self, values: Sequence[tuple[int, Mapping[str, Any]]]) -> None:
        """A category may bring a promotion, whose price is on labels."""
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for product_id, fields in values:
            assert set(fields) <= set(SEVERAL), fields
            row = {f"new_{name}": value for name, value in fields.items()}
            alike.setdefault(tuple(fields), []).append({"of": product_id, **row})
        for names, rows in alike.items():
            columns: dict[str, Any] = {
                "supplier_id" if name == "supplier" else name: bindparam(f"new_{name}") for name in names
            }
            self._connection.execute(update(product).where(product.c.id == bindparam("of")).values(columns), rows)
        searched = [product_id for product_id, fields in values if not fields.keys().isdisjoint(SEARCHED)]
        for start in range(0, len(searched), _BATCH):
            index_again(self._connection, searched[start : start + _BATCH])
        ids = [product_id for product_id, _ in values]
        for start in range(0, len(ids), _BATCH):
            doubt_labels(self._connection, ids[start : start + _BATCH])

    def _columns(self, card: ProductCard) -> dict[str, Any]:
        return {
            "code": card.code,
            "name": card.name,
            **{f"name_{language}": card.names.get(language) for language in LANGUAGES},
            "category": card.category,
            **attribute_columns(card.attributes),
            **own_columns(card, supplier_id=self._supplier(card.supplier)),
        }

    def _supplier(self, name: str | None) -> int | None:
        if name is None:
            return None
        supplier_id: int = self._connection.execute(select(supplier.c.id).where(supplier.c.name == name)).scalar_one()
        return supplier_id

    def _write_codes(self, product_id: int, card: ProductCard) -> None:
        rows = [
            {
                "code": pack.code,
                "product_id": product_id,
                "position": position,
                "kind": pack.kind,
                "quantity": pack.quantity,
                "supplier_id": self._supplier(pack.supplier),
            }
            for position, pack in enumerate(card.codes)
        ]
        self._connection.execute(insert(product_code), rows)

    def _index(self, product_id: int, card: ProductCard, *, new: bool) -> None:
        entry = product_id, search_texts_of(card), [pack.code for pack in card.codes]
        search.index(self._connection, [entry], new=new)

    def owner_of(self, code: str) -> tuple[int, str] | None:
        row = self._connection.execute(_OWNER, {"code": code}).one_or_none()
        return None if row is None else (row.id, row.name)

    def is_named(self, code: str) -> bool:
        """Runs for the one product with the code, whose sales have an index."""
        owner = select(product_code.c.product_id).where(product_code.c.code == code).scalar_subquery()
        sold = exists().where(
            sale_line.c.product_id == owner, sold_goods.c.id == sale_line.c.goods_id, sold_goods.c.code == code
        )
        back = exists().where(return_line.c.product_id == owner, return_line.c.code == code)
        promoted = exists().where(promotion.c.code == code, promotion.c.ended_at.is_(None))
        return bool(self._connection.execute(select(or_(sold, back, promoted))).scalar_one())

    def last_code(self, prefix: str) -> str | None:
        question = select(func.max(product_code.c.code)).where(
            product_code.c.code >= prefix, product_code.c.code < prefix + ":", func.length(product_code.c.code) == 13
        )
        last: str | None = self._connection.execute(question).scalar_one()
        return last

    def picture(self, product_id: int) -> bytes | None:
        return self.pictures([product_id]).get(product_id)

    def pictures(self, product_ids: Sequence[int]) -> Mapping[int, bytes]:
        return {row.product_id: row.png for row in self._connection.execute(_PICTURES, {"ids": list(product_ids)})}

    def picture_instants(self, product_ids: Sequence[int]) -> Mapping[int, datetime]:
        rows = self._connection.execute(_PICTURE_INSTANTS, {"ids": list(product_ids)})
        return {row.product_id: row.at for row in rows}

    def set_picture(self, product_id: int, png: bytes | None, at: datetime) -> bool:
        gone = self._connection.execute(delete(product_picture).where(product_picture.c.product_id == product_id))
        if png is not None:
            self._connection.execute(insert(product_picture), {"product_id": product_id, "png": png, "at": at})
        return gone.rowcount > 0
