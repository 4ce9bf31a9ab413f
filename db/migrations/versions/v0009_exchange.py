"""Exchanges: goods that pay for others in the same act; returns without a receipt"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. A constraint of SQLite cannot be changed: three tables are made anew and filled."""
    op.add_column("sale", sa.Column("exchanged_in", sa.String(length=20)))
    op.create_index("ix_sale_exchanged_in", "sale", ["exchanged_in"])
    op.create_index("ix_sale_line_product_id", "sale_line", ["product_id"])
    op.drop_index("ix_return_line_reverses", "return_line")
    for name, columns in (("sale_payment", _payment), ("refund", _refund), ("return_line", _return_line)):
        old = f"{name}_of_before"
        if op.get_bind().dialect.name == "sqlite":
            op.rename_table(name, old)
        else:  # PostgreSQL's names of keys are those of the whole schema: the table of before must be gone first
            op.execute(f"CREATE TABLE {old} AS SELECT * FROM {name}")
            op.drop_table(name)
        op.create_table(name, *columns(), sqlite_strict=True, sqlite_with_rowid=False)
        known = [column["name"] for column in sa.inspect(op.get_bind()).get_columns(old)]
        named = ", ".join(known)
        op.execute(sa.text(f"INSERT INTO {name} ({named}) SELECT {named} FROM {old}"))
        op.drop_table(old)
    op.create_index("ix_return_line_reverses", "return_line", ["reverses"])


def _payment() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("sale_id", _key(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=64), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name="ck_sale_payment_pays_something"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_sale_payment_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_sale_payment"),
        *_by_what_means("sale_payment"),
    )


def _refund() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("sale_id", _key(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("method", sa.String(length=10), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("value_minor", sa.BigInteger(), nullable=False),
        sa.Column("rate", sa.Text(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("origin", sa.String(length=10), nullable=True),
        sa.CheckConstraint("amount_minor > 0", name="ck_refund_gives_something"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_refund_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_refund"),
        *_by_what_means("refund"),
    )


def _by_what_means(name: str) -> tuple[sa.CheckConstraint, ...]:
    known = "method IN ('cash', 'card', 'qr', 'exchange')"
    origin = "(method = 'exchange') = (origin IS NOT NULL)"
    return (
        sa.CheckConstraint(known, name=f"ck_{name}_method_known"),
        sa.CheckConstraint(origin, name=f"ck_{name}_origin_of_an_exchange"),
    )


def _return_line() -> tuple[sa.schema.SchemaItem, ...]:
    return (
        sa.Column("sale_id", _key(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reverses", sa.String(length=20), nullable=True),
        sa.Column("of_line", sa.Integer(), nullable=True),
        sa.Column("product_id", _key(), nullable=False),
        sa.Column("code", sa.String(length=48), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("names", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("vat", db.engine.types.Exact(length=32), nullable=True),
        sa.Column("tax_minor", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("quantity > 0 AND amount_minor >= 0", name="ck_return_line_returns_something"),
        sa.CheckConstraint("place IN ('shelf', 'quarantine', 'waste')", name="ck_return_line_place_known"),
        sa.CheckConstraint("(reverses IS NULL) = (of_line IS NULL)", name="ck_return_line_line_of_a_receipt"),
        sa.ForeignKeyConstraint(["product_id"], ["product.id"], name="fk_return_line_product_id"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_return_line_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", "no", name="pk_return_line"),
    )


def _key() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer(), "sqlite")
