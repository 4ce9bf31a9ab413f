"""What papers for the border want to know of goods; lines of sales keep it as it was on file then"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import TEXT, chars

revision = "v0005"
down_revision = "v0004"
branch_labels = None
depends_on = None

_OF_A_PRODUCT = {"brand": 60, "model": 80, "origin": 2, "hs_code": 10, "unit": 3}
"""The new columns of a product, with their most characters."""


def upgrade() -> None:
    """Go forward. Everything is NULL: no paper was asked for so far, and no line of a sale changes."""
    for name, most in _OF_A_PRODUCT.items():
        op.add_column("product", sa.Column(name, chars(most), nullable=True))
    there = sa.text("hs_code IS NOT NULL")
    op.create_index("ix_product_hs_code", "product", ["hs_code"], sqlite_where=there, postgresql_where=there)
    op.add_column("sold_goods", sa.Column("details", TEXT, nullable=True))
