"""Shifts that close: the notes of the drawer, why cash moved, the Z reports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("cash_move", sa.Column("notes", sa.Text()))
    op.add_column("cash_move", sa.Column("person", sa.String(length=60)))
    op.add_column("cash_move", sa.Column("reason", sa.String(length=120)))
    op.create_index("ix_sale_shift_id", "sale", ["shift_id"])
    op.create_table(
        "drawer",
        sa.Column("shift_id", key, autoincrement=False, nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("guessed", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("value_minor > 0", name="ck_drawer_is_money"),
        sa.CheckConstraint("guessed >= 0", name="ck_drawer_guessed_counts"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_drawer_shift_id"),
        sa.PrimaryKeyConstraint("shift_id", "currency", "value_minor", name="pk_drawer"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_table(
        "z_report",
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("shift_id", key, nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("business_date", db.engine.types.Day(length=10), nullable=False),
        sa.Column("closed_by", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("mac", sa.String(length=64), nullable=False),
        sa.CheckConstraint("number >= 1", name="ck_z_report_counts_from_one"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_z_report_shift_id"),
        sa.PrimaryKeyConstraint("till", "number", name="pk_z_report"),
        sa.UniqueConstraint("shift_id", name="uq_z_report_shift_id"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    _fill_drawers()


def _fill_drawers() -> None:
    """The drawers of shifts from before: totals only, so each amount counts as the fewest notes that make it."""
    from db.sales.cash import recounted
    from db.tables.shop import cash_move, drawer

    connection = op.get_bind()
    known = (cash_move.c.shift_id, cash_move.c.currency, cash_move.c.amount_minor, cash_move.c.notes)
    rows = recounted(row._asdict() for row in connection.execute(sa.select(*known)))
    if rows:
        connection.execute(sa.insert(drawer), rows)
