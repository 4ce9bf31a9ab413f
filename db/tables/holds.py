"""Reservations for sales that are not made yet, and money taken for sales that were not made."""

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

from db.engine.types import Exact, Instant, Key
from db.tables.metadata import table

hold = table(
    "hold",
    Column("key", String(64), primary_key=True),
    Column("till", String(8), nullable=False),
    Column("shift_id", Key, ForeignKey("shift.id")),
    Column("kind", String(10), nullable=False),
    Column("person", String(40), nullable=False),
    Column("note", String(80), nullable=False),
    Column("at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("regime", String(40)),
    Column("basket", Text, nullable=False),
    Column("lapsed", Boolean, nullable=False),
    Column("handed_over_in", Key, ForeignKey("shift.id")),
    CheckConstraint("kind IN ('payment', 'parked', 'pickup')", name="kind_known"),
    CheckConstraint("shift_id IS NOT NULL OR kind = 'pickup'", name="of_a_shift"),
    Index(None, "until"),
    clustered=True,
)
"""One row for an open payment, a parked basket or a customer order, which belongs to no shift. It lapses by `until`
alone, so that a crash needs no cleaning.

`handed_over_in` is the shift that gave a parked basket to the next one. Of visitors the basket has the keyed hash, the
masked number and the age: no document, no birth date.
"""

hold_line = table(
    "hold_line",
    Column("key", String(64), ForeignKey("hold.key"), primary_key=True),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("quantity", BigInteger, nullable=False),
    Column("visitor_id", Key, ForeignKey("visitor.id")),
    Column("name", Text, nullable=False),
    Column("category", String(40), nullable=False),
    Column("unit_price_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("ml", Exact),
    Column("abv", Exact),
    Column("net_g", Exact),
    Column("gross_kg", Exact),
    Column("sticks", Integer),
    Column("pieces", Integer),
    Column("variant", String(40)),
    Column("coming", BigInteger, nullable=False, server_default="0"),
    CheckConstraint("quantity > 0", name="holds_something"),
    CheckConstraint("coming >= 0 AND coming <= quantity", name="coming_is_of_it"),
    Index(None, "product_id"),
    Index(None, "visitor_id"),
    clustered=True,
)
"""Reserved pieces, and the visitor whose allowance they use: a ledger counts them as if they were bought.

Those that are `coming` back with the same sale count in the ledger and are not reserved: they are on no shelf yet.
Without a `visitor_id` only the goods are held: no visitor carries them, or the basket was over the allowance when
parked.
"""

owed_tender = table(
    "owed_tender",
    Column("sale_key", String(64), primary_key=True),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("tender", String(32), nullable=False),
    Column("till", String(8), nullable=False),
    Column("shift_id", Key, ForeignKey("shift.id")),
    Column("person", String(60), nullable=False),
    Column("method", String(10), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("reference", String(64), nullable=False),
    Column("why", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("settled_at", Instant),
    Column("settled_by", String(60)),
    CheckConstraint("method IN ('card', 'qr')", name="method_known"),
    CheckConstraint("amount_minor > 0", name="owes_something"),
    CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="settled_by_somebody"),
    UniqueConstraint("sale_key", "tender"),
    Index(None, "shift_id"),
    clustered=True,
)
"""A card or QR tender of a refused sale: pending until it is given back, or the sale is made after all."""
