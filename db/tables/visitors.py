"""Visitors by keyed hash, and what each carries out: never a document number."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text

from db.engine.types import Day, Exact, Instant, Key
from db.tables.metadata import table, where

visitor = table(
    "visitor",
    Column("id", Key, primary_key=True),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
    Column("same_as", Key, ForeignKey("visitor.id")),
    Column("asked_on", Day),
    Index(None, "same_as"),
)
"""The owner of one document. The documents of one person point to one row (`same_as`), the lock for all of them."""

visitor_document = table(
    "visitor_document",
    Column("document_key", String(64), primary_key=True),
    Column("visitor_id", Key, ForeignKey("visitor.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("country", String(3), nullable=False),
    Column("masked", String(24), nullable=False),
    Index(None, "visitor_id"),
    clustered=True,
)

visitor_entry = table(
    "visitor_entry",
    Column("visitor_id", Key, ForeignKey("visitor.id"), primary_key=True, autoincrement=False),
    Column("day", Day, primary_key=True),
    clustered=True,
)
"""Days on which a visitor is known to have entered the side they leave for."""

quota_entry = table(
    "quota_entry",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("visitor_id", Key, ForeignKey("visitor.id"), nullable=False),
    Column("regime", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("carried_out_at", Instant),
    Column("quantity", BigInteger, nullable=False),
    Column("taxed", BigInteger, nullable=False),
    Column("moved_to", Key, ForeignKey("visitor.id")),
    Column("taxed_now", BigInteger),
    Column("returned", BigInteger),
    CheckConstraint("quantity >= 0 AND taxed >= 0 AND taxed <= quantity", name="within_line"),
    Index(None, "visitor_id", "regime", "at"),
    Index(None, "moved_to", **where("moved_to IS NOT NULL")),
    clustered=True,
)
"""The quantities of a line that count for the visitor's allowance; its measures are the attributes on the sale's line.

Four facts come later, each with its entry in the journal: when it was carried out, to whose ledger it was moved, how
many of its units go out as dutiable now that more was bought, and how many came back before they left.
"""

declared_line = table(
    "declared_line",
    Column("sale_id", Key, ForeignKey("sale.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("visitor_id", Key, ForeignKey("visitor.id"), nullable=False),
    Column("carrier", String(4), nullable=False),
    Column("regime", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("left_before", Instant),
    Column("name", Text, nullable=False),
    Column("category", String(40), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("unit_price_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("taxed", BigInteger, nullable=False),
    Column("ml", Exact),
    Column("abv", Exact),
    Column("net_g", Exact),
    Column("gross_kg", Exact),
    Column("sticks", Integer),
    Column("pieces", Integer),
    Column("variant", String(40)),
    Column("carried_out_at", Instant),
    Column("taxed_now", BigInteger),
    CheckConstraint("quantity > 0 AND taxed >= 0 AND taxed <= quantity", name="within_line"),
    CheckConstraint("unit_price_minor >= 0 AND discount_minor >= 0", name="not_negative"),
    Index(None, "visitor_id", "regime", "at"),
    clustered=True,
)
"""Purchases elsewhere that a visitor declared, with the sale of the declaration; later facts as in quota_entry."""
