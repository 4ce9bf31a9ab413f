"""What a line costs and why: promotions, prices by hand, the basket's discount, tax, notes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("product", sa.Column("vat", db.engine.types.Exact(length=32)))
    op.add_column("sale", sa.Column("basket_percent", db.engine.types.Exact(length=32)))
    op.add_column("sale", sa.Column("basket_minor", sa.BigInteger()))
    op.add_column("sale", sa.Column("note", sa.Text()))
    op.add_column("sale_line", sa.Column("catalogue_minor", sa.BigInteger()))
    op.add_column("sale_line", sa.Column("basket_minor", sa.BigInteger()))
    op.add_column("sale_line", sa.Column("vat", db.engine.types.Exact(length=32)))
    op.add_column("sale_line", sa.Column("tax_minor", sa.BigInteger()))
    op.add_column("sale_line", sa.Column("note", sa.Text()))
    op.add_column("return_line", sa.Column("vat", db.engine.types.Exact(length=32)))
    op.add_column("return_line", sa.Column("tax_minor", sa.BigInteger()))
    op.create_table(
        "promotion",
        sa.Column("id", key, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("since", db.engine.types.Instant(), nullable=False),
        sa.Column("until", db.engine.types.Instant(), nullable=True),
        sa.Column("scope", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=True),
        sa.Column("percent", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("take", sa.Integer(), nullable=True),
        sa.Column("pay", sa.Integer(), nullable=True),
        sa.Column("ended_at", db.engine.types.Instant(), nullable=True),
        sa.Column("person", sa.String(length=60), nullable=False),
        sa.CheckConstraint("(amount_minor IS NULL) = (currency IS NULL)", name="ck_promotion_amount_has_currency"),
        sa.CheckConstraint("(take IS NULL) = (pay IS NULL)", name="ck_promotion_take_has_pay"),
        sa.CheckConstraint(
            "CASE WHEN percent IS NULL THEN 0 ELSE 1 END + CASE WHEN amount_minor IS NULL THEN 0 ELSE 1 END"
            " + CASE WHEN take IS NULL THEN 0 ELSE 1 END = 1",
            name="ck_promotion_one_kind",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_promotion"),
        sqlite_strict=True,
    )
    op.create_table(
        "line_promotion",
        sa.Column("sale_id", key, autoincrement=False, nullable=False),
        sa.Column("line_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("promotion_id", key, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pieces", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("pieces > 0 AND amount_minor > 0", name="ck_line_promotion_takes_something_off"),
        sa.ForeignKeyConstraint(["promotion_id"], ["promotion.id"], name="fk_line_promotion_promotion_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_line_promotion_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "line_no", "promotion_id", name="pk_line_promotion"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
