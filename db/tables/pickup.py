"""Customer orders, the words by which they are found, their deposits, and the goods of the stream that runs."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from db.engine.types import Day, Instant, Key
from db.tables.metadata import table, where

customer_order = table(
    "customer_order",
    Column("id", Key, primary_key=True),
    Column("code", String(8), nullable=False, unique=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("fingerprint", String(64), nullable=False),
    Column("channel", String(12), nullable=False),
    Column("channel_ref", String(64)),
    Column("buyer", String(60), nullable=False),
    Column("phone", String(20)),
    Column("phone_tail", String(8), nullable=False),
    Column("phone_back", String(20), nullable=False),
    Column("language", String(2), nullable=False),
    Column("state", String(10), nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("hold_until", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("till", String(8), nullable=False),
    Column("note", String(80), nullable=False),
    Column("place", String(20), nullable=False),
    Column("tell", Boolean, nullable=False),
    Column("confirmed_at", Instant),
    Column("ready_at", Instant),
    Column("closed_at", Instant),
    Column("closed_by", String(60), nullable=False),
    Column("why", String(80), nullable=False),
    Column("sale_id", Key, ForeignKey("sale.id")),
    UniqueConstraint("channel", "channel_ref"),
    CheckConstraint(
        "state IN ('claimed', 'waiting', 'confirmed', 'ready', 'picked_up', 'cancelled', 'expired')",
        name="state_known",
    ),
    CheckConstraint("(state = 'picked_up') = (sale_id IS NOT NULL)", name="picked_up_by_a_sale"),
    CheckConstraint(
        "(state IN ('picked_up', 'cancelled', 'expired')) = (closed_at IS NOT NULL)", name="closed_at_an_instant"
    ),
    Index(None, "state", "id"),
    Index(None, "phone_back"),
    Index(None, "claimed_at"),
    Index(None, "sale_id"),
    Index("ix_customer_order_waiting", "claimed_at", "id", **where("state = 'waiting'")),
    Index("ix_customer_order_open", "hold_until", **where("state IN ('claimed', 'waiting', 'confirmed', 'ready')")),
    Index("ix_customer_order_phone", "closed_at", **where("phone IS NOT NULL")),
    once=True,
)
"""One row for an order; `key` is that of the request by which it was taken, `fingerprint` the hash of what it said.

`phone` is whole only until some time after the order is closed; `phone_back` are its digits, or those that are left,
from the last on. The goods of an order that is confirmed or ready are held (`hold`, of the kind `pickup`).
"""

customer_order_line = table(
    "customer_order_line",
    Column("order_id", Key, ForeignKey("customer_order.id"), primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("rate", Text, nullable=False),
    Column("rate_day", Day, nullable=False),
    Column("marks", Text, nullable=False),
    Column("picked", BigInteger, nullable=False),
    CheckConstraint("quantity > 0", name="orders_something"),
    CheckConstraint("picked >= 0 AND picked <= quantity", name="picked_of_it"),
    CheckConstraint("price_minor >= 0", name="price_not_negative"),
    Index(None, "product_id"),
    clustered=True,
)
"""What was agreed for a piece, in its currency: `rate` is units of the price currency for one unit, on `rate_day`.

`marks` is a JSON list of marking codes, `picked` how many pieces were handed out.
"""

customer_order_word = table(
    "customer_order_word",
    Column("word", Text, primary_key=True),
    Column("order_id", Key, ForeignKey("customer_order.id"), primary_key=True, autoincrement=False),
    Index(None, "order_id"),
    clustered=True,
)
"""The name of the buyer from each of its words on, in small letters: found by how it begins."""

deposit_entry = table(
    "deposit_entry",
    Column("id", Key, primary_key=True),
    Column("order_id", Key, ForeignKey("customer_order.id"), nullable=False),
    Column("kind", String(10), nullable=False),
    Column("method", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("value_minor", BigInteger, nullable=False),
    Column("value_currency", String(3), nullable=False),
    Column("rate", Text, nullable=False),
    Column("reference", String(64), nullable=False),
    Column("no_show", String(10), nullable=False),
    Column("at", Instant, nullable=False),
    Column("business_date", Day, nullable=False),
    Column("till", String(8), nullable=False),
    Column("person", String(60), nullable=False),
    Column("shift_id", Key, ForeignKey("shift.id")),
    Column("sale_id", Key, ForeignKey("sale.id")),
    Column("key", String(64), unique=True),
    CheckConstraint(
        "kind IN ('taken', 'used', 'restored', 'returned', 'kept', 'moved_out', 'moved_in')", name="kind_known"
    ),
    CheckConstraint("method IN ('cash', 'card', 'qr')", name="method_known"),
    CheckConstraint("no_show IN ('give_back', 'keep', 'credit')", name="no_show_known"),
    CheckConstraint("amount_minor > 0 AND value_minor >= 0", name="moves_something"),
    CheckConstraint("(kind IN ('used', 'restored')) = (sale_id IS NOT NULL)", name="used_by_a_sale"),
    CheckConstraint("(kind IN ('moved_out', 'moved_in')) = (shift_id IS NULL)", name="of_a_shift"),
    Index(None, "order_id"),
    Index(None, "shift_id"),
    Index(None, "business_date"),
    Index(None, "sale_id"),
)
"""What happened to the deposit of an order, written once: what is left of it is always the sum of its entries.

The money itself stands in the drawer (`cash_move`, of the kinds `deposit` and `deposit_back`), or with the bank. The
terms (`rate`, `reference`, `no_show`) are those on which it was taken. `key` is that of the request that took it.
"""

stream_item = table(
    "stream_item",
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("price_minor", BigInteger),
    Column("currency", String(3)),
    CheckConstraint("number >= 1", name="counts_from_one"),
    CheckConstraint("(price_minor IS NULL) = (currency IS NULL)", name="price_has_currency"),
    Index(None, "product_id"),
    clustered=True,
)
"""The goods on the sheet of the stream that runs, by their numbers there; without a price they cost what is on file."""
