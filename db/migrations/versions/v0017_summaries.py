"""Sums of closed shifts, for reports that stay fast as years pass"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_TOLD = "act IN ('void', 'no_sale', 'approve')"


def upgrade() -> None:
    """Go forward. The store writes the sums of shifts that are closed already; see db/store/store.py."""
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "summary",
        sa.Column("id", key, nullable=False),
        sa.Column("shift_id", key, nullable=False),
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("business_date", db.engine.types.Day(length=10), nullable=False),
        sa.Column("cashier", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_summary_shift_id"),
        sa.PrimaryKeyConstraint("id", name="pk_summary"),
        sa.UniqueConstraint("shift_id", "business_date", "cashier", name="uq_summary_shift_id_business_date_cashier"),
        sqlite_strict=True,
    )
    op.create_index("ix_summary_business_date_till", "summary", ["business_date", "till"], unique=False)
    _part("summary_share", {"kind": sa.String(length=12), "name": sa.Text()}, ("count", "pieces", "amount_minor"))
    _part("summary_quarter", {"quarter": sa.BigInteger()}, ("count", "pieces", "amount_minor"))
    _part(
        "summary_money",
        {"kind": sa.String(length=10), "method": sa.String(length=10), "currency": sa.String(length=3)},
        ("amount_minor", "value_minor", "worth_minor"),
    )
    _part(
        "summary_goods",
        {
            "kind": sa.String(length=10),
            "product_id": key,
            "code": sa.String(length=48),
            "category": sa.String(length=40),
        },
        ("pieces", "amount_minor", "tax_minor", "known_minor", "cost_minor"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_summary_goods_product_id"),
    )
    op.create_index(
        "ix_journal_told",
        "journal",
        ["at"],
        unique=False,
        sqlite_where=sa.text(_TOLD),
        postgresql_where=sa.text(_TOLD),
    )


def _part(name: str, keys: dict[str, sa.types.TypeEngine[Any]], figures: tuple[str, ...], *more: sa.Constraint) -> None:
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        name,
        sa.Column("summary_id", key, autoincrement=False, nullable=False),
        *(sa.Column(column, kind, autoincrement=False, nullable=False) for column, kind in keys.items()),
        *(sa.Column(column, sa.BigInteger(), nullable=False) for column in figures),
        sa.ForeignKeyConstraint(["summary_id"], ["summary.id"], name=f"fk_{name}_summary_id"),
        *more,
        sa.PrimaryKeyConstraint("summary_id", *keys, name=f"pk_{name}"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
