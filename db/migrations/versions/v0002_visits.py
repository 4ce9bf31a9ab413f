"""Visits: papers of one person, days of entry, what was declared, what became known after the sale"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    for table, column in (("visitor", "same_as"), ("quota_entry", "moved_to")):
        # Written out, because Alembic would copy a whole SQLite table for a column that refers to another.
        number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
        reference = f"CONSTRAINT fk_{table}_{column} REFERENCES visitor (id)"
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column} {number} {reference}")
    op.add_column("visitor", sa.Column("asked_on", db.engine.types.Day(length=10)))
    op.create_index("ix_visitor_same_as", "visitor", ["same_as"])
    op.add_column("quota_entry", sa.Column("taxed_now", sa.BigInteger()))
    op.create_index("ix_quota_entry_moved_to", "quota_entry", ["moved_to"])
    op.create_table(
        "visitor_entry",
        sa.Column("visitor_id", key, autoincrement=False, nullable=False),
        sa.Column("day", db.engine.types.Day(length=10), nullable=False),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name="fk_visitor_entry_visitor_id"),
        sa.PrimaryKeyConstraint("visitor_id", "day", name="pk_visitor_entry"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "declared_line",
        sa.Column("sale_id", key, autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("visitor_id", key, nullable=False),
        sa.Column("carrier", sa.String(length=4), nullable=False),
        sa.Column("regime", sa.String(length=40), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("left_before", db.engine.types.Instant(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("taxed", sa.BigInteger(), nullable=False),
        sa.Column("ml", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("abv", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("net_g", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("gross_kg", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("sticks", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=True),
        sa.Column("variant", sa.String(length=40), nullable=True),
        sa.Column("carried_out_at", db.engine.types.Instant(), nullable=True),
        sa.Column("taxed_now", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0 AND taxed >= 0 AND taxed <= quantity", name="ck_declared_line_within_line"),
        sa.CheckConstraint("unit_price_minor >= 0 AND discount_minor >= 0", name="ck_declared_line_not_negative"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_declared_line_sale_id"),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name="fk_declared_line_visitor_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_declared_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_declared_line_visitor_id_regime_at", "declared_line", ["visitor_id", "regime", "at"], unique=False
    )
