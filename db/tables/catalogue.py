"""Goods: products, their codes, what is on hand and every movement of it."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text

from db.tables.metadata import table
from db.types import Exact, Instant, Key

product = table(
    "product",
    Column("id", Key, primary_key=True),
    Column("code", String(48), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("name_en", Text),
    Column("name_zh", Text),
    Column("name_ru", Text),
    Column("name_kk", Text),
    Column("category", String(40)),
    Column("price_minor", BigInteger),
    Column("price_currency", String(3)),
    Column("ml", Exact),
    Column("abv", Exact),
    Column("net_g", Exact),
    Column("gross_kg", Exact),
    Column("sticks", Integer),
    Column("pieces", Integer),
    Column("variant", String(40)),
    Column("vat", Exact),
    Column("created_at", Instant, nullable=False),
    CheckConstraint("price_minor IS NULL OR price_minor >= 0", name="price_not_negative"),
    CheckConstraint("(price_minor IS NULL) = (price_currency IS NULL)", name="price_has_currency"),
)

product_code = table(
    "product_code",
    Column("code", String(48), primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("position", Integer, nullable=False),
    Index(None, "product_id"),
    clustered=True,
)

stock = table(
    "stock",
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("on_hand", BigInteger, nullable=False),
    Column("held", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("on_hand >= 0", name="not_negative"),
    CheckConstraint("held >= 0 AND held <= on_hand", name="held_is_there"),
)
"""What is on hand, and how many pieces of that are set aside: always the sum of the lines of all holds."""

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
    CheckConstraint("quantity <> 0", name="moves_something"),
    Index(None, "product_id"),
)
