"""Voided sales: a return knows the receipt that it voids whole"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.written_once import guard

revision = "v0004"
down_revision = "v0003"
branch_labels = None
depends_on = None

_GUARDS = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("stays ON sale", "is_not_emptied ON sale"),
}
"""The triggers that refuse changes of recorded sales, by the database engine."""


def upgrade() -> None:
    """Go forward. The triggers guard the new column, too; it is NULL in every sale recorded so far."""
    connection = op.get_bind()
    text = sa.String(20).with_variant(sa.Text(), "sqlite")
    op.add_column("sale", sa.Column("annuls", text, nullable=True))
    for trigger in _GUARDS[connection.dialect.name]:
        op.execute(f"DROP TRIGGER sale_{trigger}")
    guard(connection, "sale", [column["name"] for column in sa.inspect(connection).get_columns("sale")])
    there = sa.text("annuls IS NOT NULL")
    op.create_index("ix_sale_annuls", "sale", ["annuls"], unique=True, sqlite_where=there, postgresql_where=there)
