"""Stock-takes: the book quantities when one began, and the lines of each counter."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text

from db.engine.types import Instant, Key
from db.tables.metadata import table

stock_count = table(
    "stock_count",
    Column("id", Key, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("state", String(10), nullable=False),
    Column("place", String(12), nullable=False),
    Column("scope", String(10), nullable=False),
    Column("scope_value", String(60), nullable=False),
    Column("blind", Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("last_move", BigInteger, nullable=False),
    Column("posted_at", Instant),
    Column("posted_by", String(60)),
    Column("content", Text),
    CheckConstraint("state IN ('counting', 'recount', 'posted', 'dropped')", name="state_known"),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    CheckConstraint("scope IN ('all', 'category', 'shelf', 'products')", name="scope_known"),
    Index(None, "state"),
)
"""`last_move` is the newest movement when the books were read: those after it are no difference."""

count_line = table(
    "count_line",
    Column("count_id", Key, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, primary_key=True, autoincrement=False),
    Column("expected", BigInteger, nullable=False),
    Column("recount", Boolean, nullable=False),
    Column("outside", Boolean, nullable=False),
    Column("reason", String(20)),
    Column("note", String(120)),
    Index(None, "product_id"),
    clustered=True,
)
"""The book quantity of a product (and of a lot of it; 0: of no lot) when the stock-take began.

`outside`: counted goods that do not belong to its scope; they are listed, never posted.
"""

count_sheet = table(
    "count_sheet",
    Column("count_id", Key, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("sheet", Integer, primary_key=True, autoincrement=False),
    Column("round", Integer, nullable=False),
    Column("person", String(60), nullable=False),
    Column("at", Instant, nullable=False),
    Column("done_at", Instant),
    CheckConstraint("round IN (1, 2)", name="round_known"),
    clustered=True,
)
"""Each person who counts has a sheet of their own; the second round is the recount of the differences."""

count_entry = table(
    "count_entry",
    Column("count_id", Key, ForeignKey("stock_count.id"), primary_key=True, autoincrement=False),
    Column("sheet", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("lot_id", Key, primary_key=True, autoincrement=False),
    Column("counted", BigInteger, nullable=False),
    Column("first_move", BigInteger, nullable=False),
    Column("last_move", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    CheckConstraint("counted >= 0", name="not_negative"),
    Index(None, "product_id"),
    CheckConstraint("first_move <= last_move", name="in_order"),
    Index(None, "count_id", "product_id"),
    clustered=True,
)
"""A line of a sheet. `first_move` and `last_move` are the newest movements when the product was counted first and last
on it: goods that moved before the one or after the other are no difference.
"""
