"""Sales, their rows, the journal and what moved are written once: the database itself refuses every change"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.written_once import WRITTEN_ONCE, guard

revision = "0023"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    known = sa.inspect(op.get_bind())
    for table in WRITTEN_ONCE:
        guard(table, [column["name"] for column in known.get_columns(table)])
