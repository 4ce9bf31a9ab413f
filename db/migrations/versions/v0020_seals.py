"""Seals of the books, written once; made beside 0021, which landed first"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types
from db.migrations.sealed import seal_on_postgres

revision = "0020"
down_revision = "0021"
branch_labels = None
depends_on = None

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'seal: a row that is recorded stays as it is'); END"
_THERE = "EXISTS (SELECT 1 FROM seal WHERE till = NEW.till AND number = NEW.number)"
_GUARDS = (
    f"CREATE TRIGGER seal_no_update BEFORE UPDATE ON seal {_REFUSE}",
    f"CREATE TRIGGER seal_no_delete BEFORE DELETE ON seal {_REFUSE}",
    # INSERT OR REPLACE walks past the other two.
    f"CREATE TRIGGER seal_no_replace BEFORE INSERT ON seal WHEN {_THERE} {_REFUSE}",
)


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "seal",
        sa.Column("till", sa.String(length=8), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("z_number", sa.BigInteger(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_seal_counts_from_one")),
        sa.PrimaryKeyConstraint("till", "number", name=op.f("pk_seal")),
        sa.UniqueConstraint("till", "z_number", name=op.f("uq_seal_till_z_number")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for statement in _GUARDS:
            op.execute(statement)
    else:
        seal_on_postgres("seal")
