"""People: one-time PINs, the last sign-in, a clock that was set back, approvals that were used"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.add_column("person", sa.Column("one_time_since", db.engine.types.Instant()))
    op.add_column("person", sa.Column("signed_in_at", db.engine.types.Instant()))
    op.add_column("pin_try", sa.Column("set_back_at", db.engine.types.Instant()))
    op.create_table(
        "spent_approval",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spent_approval"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
