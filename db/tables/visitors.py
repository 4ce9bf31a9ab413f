"""Visitors by keyed hash, and what each carries out: never a document number."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String

from db.tables.metadata import table
from db.types import Instant, Key

visitor = table(
    "visitor",
    Column("id", Key, primary_key=True),
    Column("first_seen", Instant, nullable=False),
    Column("last_seen", Instant, nullable=False),
)
"""One person, whatever papers; its row is the lock under which the quota is judged."""

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
    CheckConstraint("quantity >= 0 AND taxed >= 0 AND taxed <= quantity", name="within_line"),
    Index(None, "visitor_id", "regime", "at"),
    clustered=True,
)
"""What a visitor's line counts for his allowance; its measures are the attributes on the sale's line."""
