"""The shop itself: options, people, rates, tills, shifts and the journal."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from db.engine.types import Day, Exact, Instant, Key
from db.tables.metadata import table, where

REPORTED_ACTS = "act IN ('void', 'no_sale', 'approve')"
"""The acts in reports, in the exact words of their index: SQLite uses it only for a query with the same words."""


setting = table(
    "setting",
    Column("name", String(60), primary_key=True),
    Column("text", Text, nullable=False),
    clustered=True,
)

person = table(
    "person",
    Column("id", Key, primary_key=True),
    Column("name", String(40), nullable=False, unique=True),
    Column("title", String(60), nullable=False),
    Column("role", String(20), nullable=False),
    Column("pin_hash", Text, nullable=False),
    Column("active", Boolean, nullable=False),
    Column("one_time_since", Instant),
    Column("signed_in_at", Instant),
    CheckConstraint("role IN ('cashier', 'manager', 'clerk')", name="role_known"),
)

pin_try = table(
    "pin_try",
    Column("person_id", Key, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("till", String(8), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Instant),
    Column("set_back_at", Instant),
    clustered=True,
)

spent_approval = table(
    "spent_approval",
    Column("id", String(32), primary_key=True),
    Column("at", Instant, nullable=False),
    clustered=True,
)
"""Approvals that were used: none is used twice."""

rate = table(
    "rate",
    Column("currency", String(3), primary_key=True),
    Column("since", Instant, primary_key=True),
    Column("entry", Integer, primary_key=True),
    Column("buy", Exact, nullable=False),
    Column("sell", Exact, nullable=False),
    Column("customs", Exact),
    Column("person", String(60), nullable=False),
    clustered=True,
)

register = table(
    "register",
    Column("till", String(8), primary_key=True),
    Column("next_no", BigInteger, nullable=False),
    Column("grand_total_minor", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    CheckConstraint("next_no >= 1", name="counts_from_one"),
    clustered=True,
)

shift = table(
    "shift",
    Column("id", Key, primary_key=True),
    Column("till", String(8), nullable=False),
    Column("number", Integer, nullable=False),
    Column("person", String(40), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    UniqueConstraint("till", "number"),
)

cash_move = table(
    "cash_move",
    Column("id", Key, primary_key=True),
    Column("shift_id", Key, ForeignKey("shift.id"), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("sale_id", Key, ForeignKey("sale.id")),
    Column("at", Instant, nullable=False),
    Column("notes", Text),
    Column("person", String(60)),
    Column("reason", String(120)),
    CheckConstraint(
        "kind IN ('float', 'tender', 'change', 'in', 'out', 'drop', 'refund', 'hand_over', 'deposit', 'deposit_back')",
        name="kind_known",
    ),
    Index(None, "shift_id", "currency"),
)
"""Cash into (+) and out of (−) a drawer, with its `notes` (value in minor units → how many) where they were named.

Of a `hand_over` the amount is what the count was off by, and the notes are all that were counted.
"""

drawer = table(
    "drawer",
    Column("shift_id", Key, ForeignKey("shift.id"), primary_key=True, autoincrement=False),
    Column("currency", String(3), primary_key=True),
    Column("value_minor", BigInteger, primary_key=True, autoincrement=False),
    Column("pieces", BigInteger, nullable=False),
    Column("guessed", BigInteger, nullable=False),
    CheckConstraint("value_minor > 0", name="is_money"),
    CheckConstraint("guessed >= 0", name="guessed_counts"),
    clustered=True,
)
"""The notes and coins that a drawer should hold; always the sum of its movements.

An amount without named notes counts as the fewest that make it; `guessed` counts the pieces that moved so. Below zero
where more went out by guess than came in: the other values then hold the difference.
"""

hand_over = table(
    "hand_over",
    Column("shift_id", Key, ForeignKey("shift.id"), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("giver", String(60), nullable=False),
    Column("taker", String(60), nullable=False),
    Column("approved_by", String(60)),
    Column("content", Text, nullable=False),
    CheckConstraint("number >= 1", name="counts_from_one"),
    CheckConstraint("giver <> taker", name="goes_to_another"),
    clustered=True,
)
"""A shift given on by a count of the drawer: what was expected and counted of each currency. Written once."""

z_report = table(
    "z_report",
    Column("till", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("shift_id", Key, ForeignKey("shift.id"), nullable=False, unique=True),
    Column("at", Instant, nullable=False),
    Column("business_date", Day, nullable=False),
    Column("closed_by", String(60), nullable=False),
    Column("approved_by", String(60)),
    Column("content", Text, nullable=False),
    Column("before", String(64), nullable=False),
    Column("mac", String(64), nullable=False),
    CheckConstraint("number >= 1", name="counts_from_one"),
    clustered=True,
)
"""The figures of a shift, written once at its close; `mac` chains it to the till's Z before it."""

z_file = table(
    "z_file",
    Column("till", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("form", String(10), primary_key=True),
    ForeignKeyConstraint(["till", "number"], ["z_report.till", "z_report.number"]),
    clustered=True,
)
"""A printout (`paper`) and the files that a Z owes: written with the Z, deleted when they are done."""

journal = table(
    "journal",
    Column("id", Key, primary_key=True),
    Column("till", String(8), nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("act", String(30), nullable=False),
    Column("details", Text, nullable=False),
    Column("mac", String(64), nullable=False),
    UniqueConstraint("till", "number"),
    Index("ix_journal_told", "at", **where(REPORTED_ACTS)),
    Index(None, "at"),
    Index(None, "act", "at"),
)
"""Append-only; one index is of the few acts in reports. `mac` chains each row of a till to the one before it."""

journal_head = table(
    "journal_head",
    Column("till", String(8), primary_key=True),
    Column("entries", BigInteger, nullable=False),
    Column("mac", String(64), nullable=False),
    clustered=True,
)
"""The head of each till's chain: a journal whose tail was cut off no longer ends in it."""

seal = table(
    "seal",
    Column("till", String(8), primary_key=True),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("z_number", BigInteger),
    Column("content", Text, nullable=False),
    Column("signature", String(128), nullable=False),
    UniqueConstraint("till", "z_number"),
    CheckConstraint("number >= 1", name="counts_from_one"),
    clustered=True,
)
"""The state of the books, signed: written once with each Z and each day. `content` holds it, and the seal before."""
