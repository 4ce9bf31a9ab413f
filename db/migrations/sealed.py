"""Tables whose rows are written once: what PostgreSQL needs to refuse every change of them."""

from __future__ import annotations

from alembic import op

_FUNCTION = """
CREATE OR REPLACE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: a row that is recorded stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""


REFUSE = "BEGIN SELECT RAISE(ABORT, '{table}: a row that is recorded stays as it is'); END"
"""What a guard of SQLite does."""


def seal_on_postgres(table: str, of: str = "", but: str | None = None) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE, also of a session that replays another server's changes.

    `but` rows of this reason may go: they change no more than the others, for `verify` counts what is left.
    """
    op.execute(_FUNCTION)
    for name, when in (("stays", f"UPDATE{of} OR DELETE"), ("is_not_emptied", "TRUNCATE")):
        each = "STATEMENT" if when == "TRUNCATE" else "ROW"
        whose = f" WHEN (OLD.reason <> '{but}')" if but is not None and each == "ROW" else ""
        op.execute(
            f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each}{whose}"
            " EXECUTE FUNCTION stays_as_it_is()"
        )
        op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
