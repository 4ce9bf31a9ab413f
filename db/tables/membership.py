"""What a shop that is a member of a center has asked of it and has to tell it. Other shops have no rows here."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, String, Text

from db.engine.types import Instant, Key
from db.tables.metadata import table, where

visitor_identity = table(
    "visitor_identity",
    Column("identity", String(64), primary_key=True),
    Column("visitor_id", Key, ForeignKey("visitor.id"), primary_key=True, autoincrement=False),
    Index(None, "visitor_id"),
    clustered=True,
)
"""The numbers of a visitor's document as the center is asked for them: keyed hashes under the members' key."""

center_attempt = table(
    "center_attempt",
    Column("key", String(120), primary_key=True),
    Column("sale_key", String(64), nullable=False),
    Column("till", String(8), nullable=False),
    Column("visitors", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("is_over", Boolean, nullable=False),
    Index(None, "sale_key"),
    clustered=True,
)
"""A reservation that was asked of the center, written before the request: it goes with its sale, or is given back.

`is_over`: no sale comes of it any more. `visitors` are the references at the center.
"""

center_call = table(
    "center_call",
    Column("id", Key, primary_key=True),
    Column("till", String(8), nullable=False),
    Column("key", String(120), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("sale_key", String(64)),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("taken_at", Instant),
    Column("problem", String(60)),
    Index(None, "till", "id", **where("taken_at IS NULL AND problem IS NULL")),
    Index(None, "sale_key"),
    once=True,
)
"""The outbox of a till: what happened, written in the transaction in which it happened, and sent in this order.

`taken_at`: the center has booked it, and the body is gone. `problem`: the center will never book it; it is kept and
named.
"""
