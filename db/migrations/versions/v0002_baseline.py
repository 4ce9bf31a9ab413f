"""The tables of the first version"""

from __future__ import annotations

from alembic import op

from db.migrations.baseline import goods, sales, shop  # noqa: F401 # each puts its tables into the collection
from db.migrations.baseline.columns import metadata
from db.migrations.baseline.search import make_search
from db.migrations.baseline.views import make_views
from db.migrations.written_once import WRITTEN_AT_CLOSING, WRITTEN_ONCE, guard, guard_rates

revision = "v0002"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    connection = op.get_bind()
    metadata.create_all(connection)
    make_search(connection)
    make_views(connection)
    guard_rates(connection)
    for table in (one for one in (*WRITTEN_ONCE, *WRITTEN_AT_CLOSING) if one in metadata.tables):
        guard(connection, table, list(metadata.tables[table].columns.keys()))
