"""A made-up step: a column with what is known of older rows, a table filled from another one, an index"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.written_once import guard
from tests.next_version import NEXT, TODAY

revision = NEXT
down_revision = TODAY
branch_labels = None
depends_on = None

GUARDS = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("stays ON cash_move", "is_not_emptied ON cash_move"),
}
"""The triggers that keep recorded rows, as each engine names them."""


def upgrade() -> None:
    """Go forward; what is written once is written once afterwards too."""
    connection = op.get_bind()
    op.add_column("cash_move", sa.Column("counted_by", sa.Text(), nullable=True))
    for trigger in GUARDS[connection.dialect.name]:
        op.execute(f"DROP TRIGGER cash_move_{trigger}")
    op.execute("UPDATE cash_move SET counted_by = 'of ' || currency")
    guard(connection, "cash_move", [column["name"] for column in sa.inspect(connection).get_columns("cash_move")])
    op.create_table(
        "receipts_of_till",
        sa.Column("till", sa.Text(), nullable=False),
        sa.Column("receipts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("till", name="pk_receipts_of_till"),
        sqlite_strict=True,
    )
    op.execute("INSERT INTO receipts_of_till SELECT till, count(*) FROM sale GROUP BY till")
    op.create_index("ix_receipts_of_till_receipts", "receipts_of_till", ["receipts"])
