"""The sums of the receipts of closed shifts: written with the Z, after which a shift has no other receipts."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Index, String, Text, UniqueConstraint

from db.engine.types import Day, Key
from db.tables.metadata import table

summary = table(
    "summary",
    Column("id", Key, primary_key=True),
    Column("shift_id", Key, ForeignKey("shift.id"), nullable=False),
    Column("till", String(8), nullable=False),
    Column("business_date", Day, nullable=False),
    Column("cashier", String(40), nullable=False),
    UniqueConstraint("shift_id", "business_date", "cashier"),
    Index(None, "business_date", "till"),
)
"""The receipts of one closed shift, of one business day, by one person. A shift without is open or sold nothing."""

summary_share = table(
    "summary_share",
    Column("summary_id", Key, ForeignKey("summary.id"), primary_key=True, autoincrement=False),
    Column("kind", String(12), primary_key=True),
    Column("name", Text, primary_key=True),
    Column("count", BigInteger, nullable=False),
    Column("pieces", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    clustered=True,
)
"""A part of them with a common property; db/shifts/shift_totals.py lists the kinds."""

summary_quarter = table(
    "summary_quarter",
    Column("summary_id", Key, ForeignKey("summary.id"), primary_key=True, autoincrement=False),
    Column("quarter", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
    Column("pieces", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    clustered=True,
)
"""Sales by quarter-hours since 1970 in UTC: every zone of the world begins its hours with one of them."""

summary_money = table(
    "summary_money",
    Column("summary_id", Key, ForeignKey("summary.id"), primary_key=True, autoincrement=False),
    Column("kind", String(10), primary_key=True),
    Column("method", String(10), primary_key=True),
    Column("currency", String(3), primary_key=True),
    Column("amount_minor", BigInteger, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("worth_minor", BigInteger, nullable=False),
    clustered=True,
)
"""Payments, change and refunds; `worth_minor` is at the customs rates of each receipt, 0 in the price currency."""

summary_goods = table(
    "summary_goods",
    Column("summary_id", Key, ForeignKey("summary.id"), primary_key=True, autoincrement=False),
    Column("kind", String(10), primary_key=True),
    Column("product_id", Key, ForeignKey("product.id"), primary_key=True, autoincrement=False),
    Column("code", String(48), primary_key=True),
    Column("category", String(40), primary_key=True),
    Column("pieces", BigInteger, nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("known_minor", BigInteger, nullable=False),
    Column("cost_minor", BigInteger, nullable=False),
    clustered=True,
)
"""Goods that were sold (`kind` sale) or came back (return): of `known_minor`, without its tax, the cost is known."""
