"""Promotions: automatic deductions for a time."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Integer, String, Text

from db.engine.types import Exact, Instant, Key
from db.tables.metadata import table

promotion = table(
    "promotion",
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("until", Instant),
    Column("scope", String(40), nullable=False),
    Column("code", String(48)),
    Column("percent", Exact),
    Column("amount_minor", BigInteger),
    Column("currency", String(3)),
    Column("take", Integer),
    Column("pay", Integer),
    Column("ended_at", Instant),
    Column("person", String(60), nullable=False),
    CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="amount_has_currency"),
    CheckConstraint("(take IS NULL) = (pay IS NULL)", name="take_has_pay"),
    CheckConstraint(
        "CASE WHEN percent IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_minor IS NULL THEN 0 ELSE 1 END"
        " + CASE WHEN take IS NULL THEN 0 ELSE 1 END = 1",
        name="one_kind",
    ),
)
"""Added, changed until they begin, and ended; never edited after that: a sale records the deduction with the number and
name of its promotion.
"""
