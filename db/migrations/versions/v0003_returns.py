"""Returns: goods that came back, money that went back, and allowance that is free again"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("quota_entry", sa.Column("returned", sa.BigInteger()))
    op.create_table(
        "return_line",
        sa.Column("sale_id", key, autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reverses", sa.String(length=20), nullable=False),
        sa.Column("of_line", sa.Integer(), nullable=False),
        sa.Column("product_id", key, nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("quantity > 0 AND amount_minor >= 0", name="ck_return_line_returns_something"),
        sa.CheckConstraint("place IN ('shelf', 'quarantine', 'waste')", name="ck_return_line_place_known"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_return_line_product_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_return_line_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_return_line"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_return_line_reverses", "return_line", ["reverses"])
    op.create_table(
        "refund",
        sa.Column("sale_id", key, autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.CheckConstraint("method IN ('cash', 'card', 'qr')", name="ck_refund_method_known"),
        sa.CheckConstraint("amount_minor > 0", name="ck_refund_gives_something"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_refund_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_refund"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
