"""A fiscal register outside the shop: what it has to register, what it gave, and its cashboxes"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import FLAG, INSTANT, SMALL, TEXT, WHOLE, chars

revision = "v0009"
down_revision = "v0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. The tables stay empty in a shop without a register."""
    op.create_table(
        "fiscal_document",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("number", chars(26), nullable=False),
        sa.Column("cashbox", chars(40), nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("kind", chars(8), nullable=False),
        sa.Column("sale_id", WHOLE, nullable=True),
        sa.Column("shift_id", WHOLE, nullable=True),
        sa.Column("standing", chars(12), nullable=False),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("problem", TEXT, nullable=False),
        sa.Column("given_up_at", INSTANT, nullable=True),
        sa.Column("given_up_by", chars(60), nullable=True),
        sa.Column("given_up_why", TEXT, nullable=True),
        sa.Column("fiscal_number", chars(40), nullable=True),
        sa.Column("fiscal_at", chars(30), nullable=True),
        sa.Column("address", TEXT, nullable=True),
        sa.Column("is_offline", FLAG, nullable=True),
        sa.Column("register_shift", SMALL, nullable=True),
        sa.Column("registration", chars(64), nullable=True),
        sa.Column("serial", chars(64), nullable=True),
        sa.CheckConstraint("kind IN ('sale', 'return', 'in', 'out', 'close')", name="ck_fiscal_document_kind_known"),
        sa.CheckConstraint(
            "(kind IN ('sale', 'return')) = (sale_id IS NOT NULL)", name="ck_fiscal_document_of_a_receipt"
        ),
        sa.CheckConstraint(
            "(given_up_at IS NULL) = (given_up_by IS NULL)", name="ck_fiscal_document_given_up_by_somebody"
        ),
        sa.CheckConstraint(
            "standing IN ('waiting', 'registered', 'refused', 'given_up', 'at_terminal')",
            name="ck_fiscal_document_standing_known",
        ),
        sa.ForeignKeyConstraint(["number"], ["partner_attempt.number"], name="fk_fiscal_document_number"),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_fiscal_document_sale_id"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_fiscal_document_shift_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fiscal_document"),
        sa.UniqueConstraint("number", name="uq_fiscal_document_number"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    of_a_receipt = sa.text("sale_id IS NOT NULL")
    op.create_index(
        "ix_fiscal_document_sale_id",
        "fiscal_document",
        ["sale_id"],
        unique=True,
        sqlite_where=of_a_receipt,
        postgresql_where=of_a_receipt,
    )
    op.create_index("ix_fiscal_document_shift_id", "fiscal_document", ["shift_id"])
    waiting = sa.text("standing = 'waiting'")
    op.create_index(
        "ix_fiscal_document_cashbox_id",
        "fiscal_document",
        ["cashbox", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_fiscal_document_standing_sale_id", "fiscal_document", ["standing", "sale_id"])
    op.create_table(
        "fiscal_cashbox",
        sa.Column("cashbox", chars(40), nullable=False),
        sa.Column("held_by", chars(60), nullable=False),
        sa.Column("held_until", INSTANT, nullable=True),
        sa.Column("shift", SMALL, nullable=True),
        sa.Column("shift_since", INSTANT, nullable=True),
        sa.Column("problem", chars(40), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("lost", SMALL, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("cashbox", name="pk_fiscal_cashbox"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
