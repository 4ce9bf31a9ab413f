"""Held lines: pieces that come back with the same sale, which nobody has to set aside"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_COMING = (
    "ALTER TABLE hold_line ADD COLUMN coming {integer} NOT NULL DEFAULT 0"
    " CONSTRAINT ck_hold_line_coming_is_of_it CHECK (coming >= 0 AND coming <= quantity)"
)
"""In one statement: SQLite adds no constraint to a table that stands."""


def upgrade() -> None:
    """Go forward."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(_COMING.format(integer="INTEGER" if is_sqlite else "BIGINT"))
