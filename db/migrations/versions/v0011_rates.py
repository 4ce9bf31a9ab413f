"""Rates are superseded, never edited: the table itself refuses a change, a deletion and a replacement"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_SQLITE = (
    "CREATE TRIGGER rate_is_never_edited BEFORE UPDATE ON rate"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never edited'); END",
    "CREATE TRIGGER rate_is_never_deleted BEFORE DELETE ON rate"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never deleted'); END",
    # INSERT OR REPLACE walks past the other two.
    "CREATE TRIGGER rate_is_never_replaced BEFORE INSERT ON rate WHEN EXISTS"
    " (SELECT 1 FROM rate WHERE currency = NEW.currency AND since = NEW.since AND entry = NEW.entry)"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never replaced'); END",
)
_POSTGRESQL = (
    "CREATE FUNCTION rate_stays() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION 'a rate is superseded, never edited or deleted'; END $$",
    "CREATE TRIGGER rate_stays BEFORE UPDATE OR DELETE ON rate FOR EACH ROW EXECUTE FUNCTION rate_stays()",
)


def upgrade() -> None:
    """Go forward."""
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        op.execute(statement)
