"""Reports: how each discount was given"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward; of older discounts nobody knows how they were given."""
    op.add_column("sale_line", sa.Column("discount_kind", sa.String(length=12)))
