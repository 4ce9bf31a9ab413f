"""Files that a Z owes to the folder for exports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "z_file",
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("form", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["till", "number"], ["z_report.till", "z_report.number"], name=op.f("fk_z_file_till_number")
        ),
        sa.PrimaryKeyConstraint("till", "number", "form", name=op.f("pk_z_file")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
