"""Orders to suppliers, and goods as they are received."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, String, Text, false

from db.engine.types import Day, Instant, Key
from db.tables.metadata import table

purchase_order = table(
    "purchase_order",
    Column("id", Key, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("supplier_id", Key, ForeignKey("supplier.id")),
    Column("state", String(10), nullable=False),
    Column("origin", String(10), nullable=False),
    Column("expected_on", Day),
    Column("note", String(120), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", String(60)),
    CheckConstraint("state IN ('open', 'closed', 'dropped')", name="state_known"),
    CheckConstraint("origin IN ('low_stock', 'file', 'hand')", name="origin_known"),
    Index(None, "state"),
)

order_line = table(
    "order_line",
    Column("order_id", Key, ForeignKey("purchase_order.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("ordered", BigInteger, nullable=False),
    Column("received", BigInteger, nullable=False, server_default="0"),
    Column("cost_minor", BigInteger),
    Column("cost_currency", String(3)),
    Column("closed_short", Boolean, nullable=False, server_default=false()),
    Column("reason", String(120)),
    CheckConstraint("ordered >= 0 AND received >= 0", name="not_negative"),
    CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="cost_has_currency"),
    Index(None, "product_id"),
    clustered=True,
)
"""`received` is the sum of what its posted receipts brought. `reason`: it came unordered and was added. `cost_minor` is
the cost of one piece.
"""

goods_receipt = table(
    "goods_receipt",
    Column("id", Key, primary_key=True),
    Column("number", BigInteger, nullable=False, unique=True),
    Column("key", String(64), unique=True),
    Column("order_id", Key, ForeignKey("purchase_order.id")),
    Column("supplier_id", Key, ForeignKey("supplier.id")),
    Column("state", String(10), nullable=False),
    Column("place", String(12), nullable=False),
    Column("delivery_note", String(40), nullable=False),
    Column("entry", String(40), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    Column("held_by", String(60)),
    Column("held_till", String(8)),
    Column("posted_at", Instant),
    Column("posted_by", String(60)),
    Column("content", Text),
    Column("printed", Integer, nullable=False, server_default="0"),
    CheckConstraint("state IN ('counting', 'posted', 'dropped')", name="state_known"),
    CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="place_known"),
    CheckConstraint("(held_by IS NULL) = (held_till IS NULL)", name="held_at_a_till"),
    CheckConstraint("(state = 'posted') = (content IS NOT NULL)", name="posted_has_content"),
    Index(None, "state"),
    Index(None, "order_id"),
)
"""A delivery while it is counted: `held_by` counts it at the till `held_till`. `entry` is the number of its customs
document. `content` is the posted delivery, written once; `printed` how often it was printed. `key`: a delivery that a
file brought is posted once.
"""

receipt_charge = table(
    "receipt_charge",
    Column("receipt_id", Key, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("charge_no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("amount_minor", BigInteger, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("late", Boolean, nullable=False, server_default=false()),
    CheckConstraint("amount_minor > 0", name="is_an_amount"),
    CheckConstraint("kind IN ('freight', 'duty', 'other')", name="kind_known"),
    clustered=True,
)
"""Freight and duty of a delivery, shared over its goods (landed cost). `late`: learnt after it was posted."""

receipt_line = table(
    "receipt_line",
    Column("receipt_id", Key, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("line_no", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("lot_code", String(20), nullable=False),
    Column("expiry", Day),
    Column("counted", BigInteger, nullable=False),
    Column("cost_minor", BigInteger),
    Column("cost_currency", String(3)),
    Column("landed_minor", BigInteger),
    Column("set_aside", Boolean, nullable=False, server_default=false()),
    Column("closed_short", Boolean, nullable=False, server_default=false()),
    Column("reason", String(120)),
    CheckConstraint("counted >= 0", name="not_negative"),
    CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="cost_has_currency"),
    Index(None, "product_id"),
    clustered=True,
)
"""Pieces counted of one product and lot. `set_aside`: it is not on the order and goes back with the driver.

`cost_minor` is the cost of one piece, `landed_minor` what all of them cost with their share of the charges, in minor
units of the price currency.
"""

receipt_scan = table(
    "receipt_scan",
    Column("receipt_id", Key, ForeignKey("goods_receipt.id"), primary_key=True, autoincrement=False),
    Column("scan_no", Integer, primary_key=True, autoincrement=False),
    Column("line_no", Integer, nullable=False),
    Column("product_id", Key, ForeignKey("product.id"), nullable=False),
    Column("pieces", BigInteger, nullable=False),
    Column("code", String(48), nullable=False),
    Column("at", Instant, nullable=False),
    Column("person", String(60), nullable=False),
    CheckConstraint("pieces <> 0", name="counts_something"),
    clustered=True,
)
"""Each scan of a delivery, so that the last can be undone at any till that goes on. `code` is empty where a count was
corrected by hand.
"""
