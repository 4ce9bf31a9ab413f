"""A shop can be a member of a center: what it asks of it, what it has to tell it, and whom it knows there"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import FLAG, INSTANT, TEXT, WHOLE, chars

revision = "v0007"
down_revision = "v0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward. The tables stay empty in a shop without a center."""
    op.create_table(
        "visitor_identity",
        sa.Column("identity", chars(64), nullable=False),
        sa.Column("visitor_id", WHOLE, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name="fk_visitor_identity_visitor_id"),
        sa.PrimaryKeyConstraint("identity", "visitor_id", name="pk_visitor_identity"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_visitor_identity_visitor_id", "visitor_identity", ["visitor_id"])
    op.create_table(
        "center_attempt",
        sa.Column("key", chars(120), nullable=False),
        sa.Column("sale_key", chars(64), nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("visitors", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("is_over", FLAG, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_center_attempt"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    op.create_index("ix_center_attempt_sale_key", "center_attempt", ["sale_key"])
    op.create_table(
        "center_call",
        sa.Column("id", WHOLE, nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("key", chars(120), nullable=False),
        sa.Column("kind", chars(12), nullable=False),
        sa.Column("sale_key", chars(64), nullable=True),
        sa.Column("body", TEXT, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("taken_at", INSTANT, nullable=True),
        sa.Column("problem", chars(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_center_call"),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    waiting = sa.text("taken_at IS NULL AND problem IS NULL")
    op.create_index(
        "ix_center_call_till_id", "center_call", ["till", "id"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index("ix_center_call_sale_key", "center_call", ["sale_key"])
