"""Goods that are sent: the delivery service and the weight with the sale, the address apart from it"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import SMALL, TEXT, WHOLE, chars
from db.migrations.written_once import guard

revision = "v0006"
down_revision = "v0005"
branch_labels = None
depends_on = None

_GUARDS = {
    "sqlite": ("no_update", "no_delete", "no_replace"),
    "postgresql": ("stays ON sale", "is_not_emptied ON sale"),
}
"""The triggers that refuse changes of recorded sales, by the database engine."""


def upgrade() -> None:
    """Go forward. The triggers guard the new columns, too; they are NULL in every sale recorded so far."""
    connection = op.get_bind()
    op.add_column("sale", sa.Column("delivery_service", chars(60), nullable=True))
    op.add_column("sale", sa.Column("parcel_g", SMALL, nullable=True))
    for trigger in _GUARDS[connection.dialect.name]:
        op.execute(f"DROP TRIGGER sale_{trigger}")
    guard(connection, "sale", [column["name"] for column in sa.inspect(connection).get_columns("sale")])
    op.create_table(
        "parcel_address",
        sa.Column("sale_id", WHOLE, autoincrement=False, nullable=False),
        sa.Column("recipient", TEXT, nullable=False),
        sa.Column("address", TEXT, nullable=False),
        sa.ForeignKeyConstraint(["sale_id"], ["sale.id"], name="fk_parcel_address_sale_id"),
        sa.PrimaryKeyConstraint("sale_id", name="pk_parcel_address"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
