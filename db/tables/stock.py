"""The stock on hand by location and lot, its cost, and every movement of it."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
    text,
)

from db.engine.types import Day, Instant, Key
from db.tables.metadata import table, where

stock = table(
    "stock",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("on_hand", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False, server_default="0"),
    Column("owned", BigInteger, nullable=False, server_default="0"),
    Column("lotted", BigInteger, nullable=False, server_default="0"),
    Column("value_minor", BigInteger, server_default="0"),
    Column("last_cost_minor", BigInteger),
    Column("below", Boolean, nullable=False, server_default=false()),
    CheckConstraint("on_hand >= 0 OR below", name="not_negative"),
    CheckConstraint("held >= 0 AND (held <= on_hand OR below)", name="held_is_there"),
    CheckConstraint("lotted >= 0", name="lots_not_negative"),
)
"""A product's balance, one row that a sale changes by one statement.

`on_hand` is the quantity on the shop floor, where tills sell from; `held` of it is reserved: always the sum of the
lines of all holds. `lotted` of it belongs to lots. `owned` is the quantity in all locations, and `value_minor` its
cost; NULL where it is unknown. `last_cost_minor` is the cost of the last pieces that went out: it returns the figure to
the statement that deducted them. `below`: a shop that sells goods that its books do not have let this one go below
zero.
"""

lot = table(
    "lot",
    Column("id", Key, primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("code", String(20), nullable=False),
    Column("expiry", Day),
    Column("entry", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("product_id", "code", "entry"),
    Index(None, "expiry"),
)
"""Goods of one making that came in under one customs document (`entry`; empty where none was given)."""

stock_place = table(
    "stock_place",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("place", String(12), primary_key=True),
    Column("lot_id", Key, primary_key=True, autoincrement=False),
    Column("on_hand", BigInteger, nullable=False),
    CheckConstraint("on_hand >= 0", name="not_negative"),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    CheckConstraint("place <> 'floor' OR lot_id > 0", name="floor_without_lot_is_in_stock"),
    Index(None, "lot_id"),
    clustered=True,
)
"""The quantity of a lot at a location; `lot_id` 0 is of no lot. The floor's goods of no lot are the rest of `stock`."""

stock_move = table(
    "stock_move",
    Column("id", Key, primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("sale_id", Key, ForeignKey("sale.id")),
    Column("line_no", Integer),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("place", String(12), nullable=False, server_default="floor"),
    Column("lot_id", Key, ForeignKey("lot.id")),
    Column("cost_minor", BigInteger),
    Column("document", String(24)),
    Column("note", Text),
    Column("why", String(24)),
    CheckConstraint("quantity <> 0", name="moves_something"),
    Index(None, "product_id"),
    Index(None, "sale_id"),
    Index("ix_stock_move_lot", "lot_id", sqlite_where=text("lot_id IS NOT NULL")),
    Index("ix_stock_move_document", "document", sqlite_where=text("document IS NOT NULL")),
    once=True,
)
"""Pieces into (+) and out of (−) a location. The number of a movement shows a stock-take which came later.

`cost_minor` is the cost of the pieces, with the same sign; NULL where unknown.

`why` is the given reason of an adjustment, a write-off or a difference, from the lists of reasons.
"""

stock_valuation = table(
    "stock_valuation",
    Column("id", Key, primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("cost_minor", BigInteger, nullable=False),
    Column("reason", String(20), nullable=False),
    Column("document", String(24)),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    CheckConstraint("cost_minor <> 0", name="changes_something"),
    Index(None, "product_id"),
)
"""What changed the value of goods without moving any: a cost learnt late, a cost forgotten, goods sold before they
came. `stock.value_minor` is always the sum of the costs of all movements and of these.
"""

stock_document = table(
    "stock_document",
    Column("kind", String(2), primary_key=True),
    Column("next_no", BigInteger, nullable=False),
    CheckConstraint("next_no >= 1", name="counts_from_one"),
    clustered=True,
)
"""The next number of each kind of document: R goods receipts, O orders, C counts, M movements."""

piece = table(
    "piece",
    Column("id", Key, primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("serial", String(20), nullable=False),
    Column("sale_id", Key, ForeignKey("sale.id"), nullable=False),
    Column("line_no", Integer, nullable=False),
    Column("back_in", Key, ForeignKey("sale.id")),
    Index(
        "uq_piece_sold_once",
        "product_id",
        "serial",
        unique=True,
        **where("back_in IS NULL"),
    ),
    Index(None, "sale_id", "line_no"),
    Index(None, "serial"),
    Index(None, "product_id"),
)
"""Single pieces with a marking code, as sold. The index refuses a second sale before a return."""
