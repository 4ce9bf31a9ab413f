"""What the fiscal register has to register, what it gave, and its cashboxes. A shop without a register has no rows."""

from __future__ import annotations

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text

from db.engine.types import Instant, Key
from db.tables.metadata import table, where

fiscal_document = table(
    "fiscal_document",
    Column("id", Key, primary_key=True),
    Column("number", String(26), ForeignKey("partner_attempt.number"), nullable=False, unique=True),
    Column("cashbox", String(40), nullable=False),
    Column("till", String(8), nullable=False),
    Column("kind", String(12), nullable=False),
    Column("sale_id", Key, ForeignKey("sale.id")),
    Column("shift_id", Key, ForeignKey("shift.id")),
    Column("standing", String(12), nullable=False),
    Column("body", Text, nullable=False),
    Column("at", Instant, nullable=False),
    Column("problem", Text, nullable=False),
    Column("given_up_at", Instant),
    Column("given_up_by", String(60)),
    Column("given_up_why", Text),
    Column("fiscal_number", String(40)),
    Column("fiscal_at", String(30)),
    Column("address", Text),
    Column("is_offline", Boolean),
    Column("register_shift", Integer),
    Column("registration", String(64)),
    Column("serial", String(64)),
    Column("order_id", Key, ForeignKey("customer_order.id")),
    CheckConstraint("kind IN ('sale', 'return', 'in', 'out', 'close', 'deposit', 'deposit_back')", name="kind_known"),
    CheckConstraint("(kind IN ('sale', 'return')) = (sale_id IS NOT NULL)", name="of_a_receipt"),
    CheckConstraint("(kind IN ('deposit', 'deposit_back')) = (order_id IS NOT NULL)", name="of_a_deposit"),
    CheckConstraint("(given_up_at IS NULL) = (given_up_by IS NULL)", name="given_up_by_somebody"),
    Index(None, "sale_id", unique=True, **where("sale_id IS NOT NULL")),
    Index(None, "shift_id"),
    Index(None, "order_id", **where("order_id IS NOT NULL")),
    CheckConstraint(
        "standing IN ('waiting', 'registered', 'refused', 'given_up', 'at_terminal')", name="standing_known"
    ),
    Index(None, "cashbox", "id", **where("standing = 'waiting'")),
    Index(None, "standing", "sale_id"),
    once=True,
)
"""One document for the register, written in the transaction of what it tells of, and sent in this order.

`number` is that of the last attempt to register it, which holds how far it is; `standing` says it in short, and keeps
what waits apart from the thousands that do not. `kind`: a sale, a return, cash in or
out, the close of the register's shift, or a deposit on a customer order, taken or undone. `body` is the ticket or the
movement as JSON. What the register gave stands in the columns from `fiscal_number` on.
"""

fiscal_cashbox = table(
    "fiscal_cashbox",
    Column("cashbox", String(40), primary_key=True),
    Column("held_by", String(60), nullable=False),
    Column("held_until", Instant),
    Column("shift", Integer),
    Column("shift_since", Instant),
    Column("problem", String(40), nullable=False),
    Column("detail", Text, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("next_at", Instant),
    clustered=True,
)
"""A cashbox of the register: which program may call it until when, its shift, and why it takes nothing for now."""
