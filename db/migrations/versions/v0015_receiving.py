"""Orders to suppliers and goods received"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

    op.create_table(
        "purchase_order",
        sa.Column("id", key, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("supplier_id", key, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("expected_on", db.engine.types.Day(length=10), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("closed_at", db.engine.types.Instant(), nullable=True),
        sa.Column("closed_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint("origin IN ('low_stock', 'file', 'hand')", name="ck_purchase_order_origin_known"),
        sa.CheckConstraint("state IN ('open', 'closed', 'dropped')", name="ck_purchase_order_state_known"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_purchase_order_supplier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_purchase_order"),
        sa.UniqueConstraint("number", name="uq_purchase_order_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_purchase_order_state", "purchase_order", ["state"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("order_id", key, autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("ordered", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.Column("cost_currency", sa.String(length=3), nullable=True),
        sa.Column("closed_short", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="ck_order_line_cost_has_currency"),
        sa.CheckConstraint("ordered >= 0 AND received >= 0", name="ck_order_line_not_negative"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_order_line_order_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_order_line_product_id"),
        sa.PrimaryKeyConstraint("order_id", "line_no", name="pk_order_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_order_line_product_id", "order_line", ["product_id"], unique=False)
    op.create_table(
        "goods_receipt",
        sa.Column("id", key, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=True),
        sa.Column("order_id", key, nullable=True),
        sa.Column("supplier_id", key, nullable=True),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("delivery_note", sa.String(length=40), nullable=False),
        sa.Column("entry", sa.String(length=40), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("held_by", sa.String(length=60), nullable=True),
        sa.Column("held_till", sa.String(length=8), nullable=True),
        sa.Column("posted_at", db.engine.types.Instant(), nullable=True),
        sa.Column("posted_by", sa.String(length=60), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.Column("printed", sa.Integer(), server_default="0", nullable=False),
        sa.CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="ck_goods_receipt_place_known"),
        sa.CheckConstraint("state IN ('counting', 'posted', 'dropped')", name="ck_goods_receipt_state_known"),
        sa.CheckConstraint("(held_by IS NULL) = (held_till IS NULL)", name="ck_goods_receipt_held_at_a_till"),
        sa.CheckConstraint("(state = 'posted') = (content IS NOT NULL)", name="ck_goods_receipt_posted_has_content"),
        sa.ForeignKeyConstraint(["order_id"], ["purchase_order.id"], name="fk_goods_receipt_order_id"),
        sa.ForeignKeyConstraint(["supplier_id"], ["supplier.id"], name="fk_goods_receipt_supplier_id"),
        sa.PrimaryKeyConstraint("id", name="pk_goods_receipt"),
        sa.UniqueConstraint("key", name="uq_goods_receipt_key"),
        sa.UniqueConstraint("number", name="uq_goods_receipt_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_goods_receipt_order_id", "goods_receipt", ["order_id"], unique=False)
    op.create_index("ix_goods_receipt_state", "goods_receipt", ["state"], unique=False)
    op.create_table(
        "receipt_line",
        sa.Column("receipt_id", key, autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("lot_code", sa.String(length=20), nullable=False),
        sa.Column("expiry", db.engine.types.Day(length=10), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("cost_minor", sa.BigInteger(), nullable=True),
        sa.Column("cost_currency", sa.String(length=3), nullable=True),
        sa.Column("landed_minor", sa.BigInteger(), nullable=True),
        sa.Column("set_aside", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("closed_short", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("reason", sa.String(length=120), nullable=True),
        sa.CheckConstraint("counted >= 0", name="ck_receipt_line_not_negative"),
        sa.CheckConstraint("(cost_minor IS NULL) = (cost_currency IS NULL)", name="ck_receipt_line_cost_has_currency"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_receipt_line_product_id"),
        sa.ForeignKeyConstraint(["receipt_id"], ["goods_receipt.id"], name="fk_receipt_line_receipt_id"),
        sa.PrimaryKeyConstraint("receipt_id", "line_no", name="pk_receipt_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_receipt_line_product_id", "receipt_line", ["product_id"], unique=False)
    op.create_table(
        "receipt_charge",
        sa.Column("receipt_id", key, autoincrement=False, nullable=False),
        sa.Column("charge_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("late", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("amount_minor > 0", name="ck_receipt_charge_is_an_amount"),
        sa.CheckConstraint("kind IN ('freight', 'duty', 'other')", name="ck_receipt_charge_kind_known"),
        sa.ForeignKeyConstraint(["receipt_id"], ["goods_receipt.id"], name="fk_receipt_charge_receipt_id"),
        sa.PrimaryKeyConstraint("receipt_id", "charge_no", name="pk_receipt_charge"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "receipt_scan",
        sa.Column("receipt_id", key, autoincrement=False, nullable=False),
        sa.Column("scan_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.CheckConstraint("pieces <> 0", name="ck_receipt_scan_counts_something"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_receipt_scan_product_id"),
        sa.ForeignKeyConstraint(["receipt_id"], ["goods_receipt.id"], name="fk_receipt_scan_receipt_id"),
        sa.PrimaryKeyConstraint("receipt_id", "scan_no", name="pk_receipt_scan"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
