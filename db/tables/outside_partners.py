"""What was asked of partners outside the shop whose answer may be lost."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text

from db.engine.types import Instant, Key
from db.tables.metadata import table, where

partner_attempt = table(
    "partner_attempt",
    Column("number", String(26), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("partner", String(16), nullable=False),
    Column("till", String(8), nullable=False),
    Column("about", String(64), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("holds", String(120), unique=True),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("state", String(12), nullable=False),
    Column("method", String(10), nullable=False),
    Column("cashier", String(60), nullable=False),
    Column("shift_id", Key, ForeignKey("shift.id")),
    Column("original", String(26), ForeignKey("partner_attempt.number")),
    Column("code_tail", String(4), nullable=False),
    Column("reference", String(64), nullable=False),
    Column("detail", Text, nullable=False),
    Column("paid_currency", String(3)),
    Column("paid_minor", BigInteger),
    Column("reason", String(40), nullable=False),
    Column("asked_at", Instant),
    Column("next_at", Instant),
    Column("lost", Integer, nullable=False),
    Column("is_known", Boolean, nullable=False),
    Column("missing", Boolean, nullable=False),
    Column("undo_asked_at", Instant),
    Column("undo_by", String(60), nullable=False),
    Column("undo_acknowledged", Boolean, nullable=False),
    Column("decided", Boolean),
    Column("decided_by", String(60)),
    Column("decided_at", Instant),
    Column("settled_at", Instant),
    Column("document", String(20), nullable=False),
    Column("is_given_back", Boolean, nullable=False),
    Column("is_closed", Boolean, nullable=False),
    CheckConstraint("kind IN ('charge', 'refund', 'fiscal')", name="kind_known"),
    CheckConstraint(
        "state IN ('new', 'sent', 'waiting', 'unknown', 'undoing', 'ask_person', 'done', 'refused', 'undone')",
        name="state_known",
    ),
    CheckConstraint("(kind = 'refund') = (original IS NOT NULL)", name="refund_of_a_charge"),
    CheckConstraint("(paid_minor IS NULL) = (paid_currency IS NULL)", name="paid_in_a_currency"),
    CheckConstraint("(decided IS NULL) = (decided_by IS NULL)", name="decided_by_somebody"),
    Index(None, "about"),
    Index(None, "document"),
    Index(None, "original"),
    Index(None, "till", "partner", **where("NOT is_closed", on_postgresql="NOT is_closed")),
    clustered=True,
)
"""One act under a number that is never used again, written before the call. No payment code, key or token stands here.

`holds` names the money while no second attempt may be made for it. `about` is the key of the sale or the return,
`document` the receipt that counts it. `is_closed`: nothing is to be done about it any more. `detail` is JSON: what the
partner named and a return needs.
"""
