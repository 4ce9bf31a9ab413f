"""Stock-takes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

    op.create_table(
        "stock_count",
        sa.Column("id", key, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("scope_value", sa.String(length=60), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("last_move", sa.BigInteger(), nullable=False),
        sa.Column("posted_at", db.engine.types.Instant(), nullable=True),
        sa.Column("posted_by", sa.String(length=60), nullable=True),
        sa.Column("content", sa.Text(), nullable=True),
        sa.CheckConstraint("place IN ('floor', 'store', 'quarantine')", name="ck_stock_count_place_known"),
        sa.CheckConstraint("scope IN ('all', 'category', 'shelf', 'products')", name="ck_stock_count_scope_known"),
        sa.CheckConstraint("state IN ('counting', 'recount', 'posted', 'dropped')", name="ck_stock_count_state_known"),
        sa.PrimaryKeyConstraint("id", name="pk_stock_count"),
        sa.UniqueConstraint("number", name="uq_stock_count_number"),
        sqlite_strict=True,
    )
    op.create_index("ix_stock_count_state", "stock_count", ["state"], unique=False)
    op.create_table(
        "count_line",
        sa.Column("count_id", key, autoincrement=False, nullable=False),
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("lot_id", key, autoincrement=False, nullable=False),
        sa.Column("expected", sa.BigInteger(), nullable=False),
        sa.Column("recount", sa.Boolean(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("note", sa.String(length=120), nullable=True),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_line_count_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_line_product_id"),
        sa.PrimaryKeyConstraint("count_id", "product_id", "lot_id", name="pk_count_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_count_line_product_id", "count_line", ["product_id"], unique=False)
    op.create_table(
        "count_sheet",
        sa.Column("count_id", key, autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("done_at", db.engine.types.Instant(), nullable=True),
        sa.CheckConstraint("round IN (1, 2)", name="ck_count_sheet_round_known"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_sheet_count_id"),
        sa.PrimaryKeyConstraint("count_id", "sheet", name="pk_count_sheet"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "count_entry",
        sa.Column("count_id", key, autoincrement=False, nullable=False),
        sa.Column("sheet", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product_id", key, autoincrement=False, nullable=False),
        sa.Column("lot_id", key, autoincrement=False, nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("first_move", sa.BigInteger(), nullable=False),
        sa.Column("last_move", sa.BigInteger(), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.CheckConstraint("counted >= 0", name="ck_count_entry_not_negative"),
        sa.CheckConstraint("first_move <= last_move", name="ck_count_entry_in_order"),
        sa.ForeignKeyConstraint(["count_id"], ["stock_count.id"], name="fk_count_entry_count_id"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_count_entry_product_id"),
        sa.PrimaryKeyConstraint("count_id", "sheet", "product_id", "lot_id", name="pk_count_entry"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_count_entry_product_id", "count_entry", ["product_id"], unique=False)
    op.create_index("ix_count_entry_count_id_product_id", "count_entry", ["count_id", "product_id"], unique=False)
