"""Holds: goods and allowance set aside for open payments and parked sales; tenders to be given back"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_HELD = (
    "ALTER TABLE stock ADD COLUMN held {integer} NOT NULL DEFAULT 0"
    " CONSTRAINT ck_stock_held_is_there CHECK (held >= 0 AND held <= on_hand)"
)
"""In one statement: SQLite adds no constraint to a table that stands."""


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_HELD.format(integer="INTEGER" if is_sqlite else "BIGINT"))
    op.create_table(
        "hold",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("shift_id", key, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=80), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("until", db.engine.types.Instant(), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=True),
        sa.Column("basket", sa.Text(), nullable=False),
        sa.Column("lapsed", sa.Boolean(), nullable=False),
        sa.Column("handed_over_in", key, nullable=True),
        sa.CheckConstraint("kind IN ('payment', 'parked')", name="ck_hold_kind_known"),
        sa.ForeignKeyConstraint(["handed_over_in"], ["shift.id"], name="fk_hold_handed_over_in"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_hold_shift_id"),
        sa.PrimaryKeyConstraint("key", name="pk_hold"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hold_until", "hold", ["until"])
    op.create_table(
        "hold_line",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("visitor_id", key, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("ml", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("abv", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("net_g", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("gross_kg", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("sticks", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.CheckConstraint("quantity > 0", name="ck_hold_line_holds_something"),
        sa.ForeignKeyConstraint(["key"], ["hold.key"], name="fk_hold_line_key"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_hold_line_product_id"),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name="fk_hold_line_visitor_id"),
        sa.PrimaryKeyConstraint("key", "line_no", name="pk_hold_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_hold_line_product_id", "hold_line", ["product_id"])
    op.create_index("ix_hold_line_visitor_id", "hold_line", ["visitor_id"])
    op.create_table(
        "owed_tender",
        sa.Column("sale_key", sa.String(length=64), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("shift_id", key, nullable=True),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("why", sa.String(length=40), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("settled_at", db.engine.types.Instant(), nullable=True),
        sa.Column("settled_by", sa.String(length=60), nullable=True),
        sa.CheckConstraint("method IN ('card', 'qr')", name="ck_owed_tender_method_known"),
        sa.CheckConstraint("amount_minor > 0", name="ck_owed_tender_owes_something"),
        sa.CheckConstraint("(settled_at IS NULL) = (settled_by IS NULL)", name="ck_owed_tender_settled_by_somebody"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_owed_tender_shift_id"),
        sa.PrimaryKeyConstraint("sale_key", "no", name="pk_owed_tender"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_owed_tender_shift_id", "owed_tender", ["shift_id"])
