"""The shop of the first version: people, settings, rates, shifts, journal."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint

from db.migrations.baseline.columns import DAY, EXACT, FLAG, INSTANT, SMALL, TEXT, WHOLE, chars, table, where

table(
    "setting",
    Column("name", chars(60), primary_key=True),
    Column("text", TEXT, nullable=False),
    clustered=True,
)

table(
    "person",
    Column("id", WHOLE, primary_key=True),
    Column("name", chars(40), nullable=False),
    Column("title", chars(60), nullable=False),
    Column("role", chars(20), nullable=False),
    Column("pin_hash", TEXT, nullable=False),
    Column("active", FLAG, nullable=False),
    Column("one_time_since", INSTANT),
    Column("signed_in_at", INSTANT),
    CheckConstraint("role IN ('cashier', 'manager', 'clerk')", name="role_known"),
    UniqueConstraint("name"),
)

table(
    "pin_try",
    Column("person_id", WHOLE, ForeignKey("person.id"), primary_key=True, autoincrement=False),
    Column("till", chars(8), primary_key=True),
    Column("failures", SMALL, nullable=False),
    Column("locked_until", INSTANT),
    Column("set_back_at", INSTANT),
    clustered=True,
)

table(
    "spent_approval",
    Column("id", chars(32), primary_key=True),
    Column("at", INSTANT, nullable=False),
    clustered=True,
)

table(
    "rate",
    Column("currency", chars(3), primary_key=True),
    Column("since", INSTANT, primary_key=True),
    Column("entry", SMALL, primary_key=True),
    Column("buy", EXACT, nullable=False),
    Column("sell", EXACT, nullable=False),
    Column("customs", EXACT),
    Column("person", chars(60), nullable=False),
    clustered=True,
)

table(
    "register",
    Column("till", chars(8), primary_key=True),
    Column("next_no", WHOLE, nullable=False),
    Column("grand_total_minor", WHOLE, nullable=False),
    Column("chain", chars(64), nullable=False),
    CheckConstraint("next_no >= 1", name="counts_from_one"),
    clustered=True,
)

table(
    "shift",
    Column("id", WHOLE, primary_key=True),
    Column("till", chars(8), nullable=False),
    Column("number", SMALL, nullable=False),
    Column("person", chars(40), nullable=False),
    Column("opened_at", INSTANT, nullable=False),
    Column("closed_at", INSTANT),
    UniqueConstraint("till", "number"),
)

table(
    "cash_move",
    Column("id", WHOLE, primary_key=True),
    Column("shift_id", WHOLE, ForeignKey("shift.id"), nullable=False),
    Column("kind", chars(10), nullable=False),
    Column("currency", chars(3), nullable=False),
    Column("amount_minor", WHOLE, nullable=False),
    Column("sale_id", WHOLE, ForeignKey("sale.id")),
    Column("at", INSTANT, nullable=False),
    Column("notes", TEXT),
    Column("person", chars(60)),
    Column("reason", chars(120)),
    CheckConstraint(
        "kind IN ('float', 'tender', 'change', 'in', 'out', 'drop', 'refund', 'hand_over')",
        name="kind_known",
    ),
    Index(None, "shift_id", "currency"),
)

table(
    "drawer",
    Column("shift_id", WHOLE, ForeignKey("shift.id"), primary_key=True, autoincrement=False),
    Column("currency", chars(3), primary_key=True),
    Column("value_minor", WHOLE, primary_key=True, autoincrement=False),
    Column("pieces", WHOLE, nullable=False),
    Column("guessed", WHOLE, nullable=False),
    CheckConstraint("guessed >= 0", name="guessed_counts"),
    CheckConstraint("value_minor > 0", name="is_money"),
    clustered=True,
)

table(
    "hand_over",
    Column("shift_id", WHOLE, ForeignKey("shift.id"), primary_key=True, autoincrement=False),
    Column("number", SMALL, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("giver", chars(60), nullable=False),
    Column("taker", chars(60), nullable=False),
    Column("approved_by", chars(60)),
    Column("content", TEXT, nullable=False),
    CheckConstraint("number >= 1", name="counts_from_one"),
    CheckConstraint("giver <> taker", name="goes_to_another"),
    clustered=True,
)

table(
    "z_report",
    Column("till", chars(8), primary_key=True),
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    Column("shift_id", WHOLE, ForeignKey("shift.id"), nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("business_date", DAY, nullable=False),
    Column("closed_by", chars(60), nullable=False),
    Column("approved_by", chars(60)),
    Column("content", TEXT, nullable=False),
    Column("before", chars(64), nullable=False),
    Column("mac", chars(64), nullable=False),
    CheckConstraint("number >= 1", name="counts_from_one"),
    UniqueConstraint("shift_id"),
    clustered=True,
)

table(
    "z_file",
    Column("till", chars(8), primary_key=True),
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    Column("form", chars(10), primary_key=True),
    ForeignKeyConstraint(["till", "number"], ["z_report.till", "z_report.number"]),
    clustered=True,
)

table(
    "journal",
    Column("id", WHOLE, primary_key=True),
    Column("till", chars(8), nullable=False),
    Column("number", WHOLE, nullable=False),
    Column("at", INSTANT, nullable=False),
    Column("person", chars(60), nullable=False),
    Column("act", chars(30), nullable=False),
    Column("details", TEXT, nullable=False),
    Column("mac", chars(64), nullable=False),
    UniqueConstraint("till", "number"),
    Index(None, "act", "at"),
    Index(None, "at"),
    Index("ix_journal_told", "at", **where("act IN ('void', 'no_sale', 'approve')")),
)

table(
    "journal_head",
    Column("till", chars(8), primary_key=True),
    Column("entries", WHOLE, nullable=False),
    Column("mac", chars(64), nullable=False),
    clustered=True,
)

table(
    "seal",
    Column("till", chars(8), primary_key=True),
    Column("number", WHOLE, primary_key=True, autoincrement=False),
    Column("at", INSTANT, nullable=False),
    Column("z_number", WHOLE),
    Column("content", TEXT, nullable=False),
    Column("signature", chars(128), nullable=False),
    CheckConstraint("number >= 1", name="counts_from_one"),
    UniqueConstraint("till", "z_number"),
    clustered=True,
)
