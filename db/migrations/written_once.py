"""Write-once tables, and the guards in the database that refuse every change of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, text

WRITTEN_ONCE: Mapping[str, str] = {
    "journal": "id = NEW.id OR (till = NEW.till AND number = NEW.number)",
    "request_key": "",
    "sealed_text": "id = NEW.id OR digest = NEW.digest",
    "sold_goods": "id = NEW.id OR digest = NEW.digest",
    "sale": "id = NEW.id OR key = NEW.key OR (till = NEW.till AND number = NEW.number)",
    "sale_line": "sale_id = NEW.sale_id AND line_no = NEW.line_no",
    "sale_judgement": "sale_id = NEW.sale_id AND visitor = NEW.visitor",
    "line_promotion": "sale_id = NEW.sale_id AND line_no = NEW.line_no AND promotion_id = NEW.promotion_id",
    "sale_payment": "sale_id = NEW.sale_id AND no = NEW.no",
    "sale_change": "sale_id = NEW.sale_id AND no = NEW.no",
    "return_line": "sale_id = NEW.sale_id AND no = NEW.no",
    "refund": "sale_id = NEW.sale_id AND no = NEW.no",
    "cash_move": "id = NEW.id",
    "stock_move": "id = NEW.id",
    "stock_valuation": "id = NEW.id",
    "deposit_entry": "id = NEW.id",
}
"""Each with when a row would take the place of one that is there: INSERT OR REPLACE bypasses the other guards.

A key is claimed by an INSERT that passes over one that is there: it has no such guard.
"""

WRITTEN_AT_CLOSING: Mapping[str, str] = {
    "z_report": "(till = NEW.till AND number = NEW.number) OR shift_id = NEW.shift_id",
    "hand_over": "shift_id = NEW.shift_id AND number = NEW.number",
    "seal": "till = NEW.till AND number = NEW.number",
}
"""The same of what a closing or a hand-over writes."""

CHANGES: Mapping[str, Sequence[str]] = {"sale": ("visitors",)}
"""The columns of a row that may change: who the visitors of a sale were is erased in time."""

GOES_WITH: Mapping[str, str] = {"stock_move": "opening"}
"""The rows of a table, by their reason, that go when what they belong to goes: an import that is taken back takes the
goods along that nothing has happened to, with the stock that it opened them with. `verify` counts what is left."""

POSTGRES_GUARDS = tuple(
    f"{table}_{ending}"
    for table in (*WRITTEN_ONCE, *WRITTEN_AT_CLOSING, "rate")
    for ending in ("stays", "is_not_emptied")
)
"""The triggers that PostgreSQL has of all these."""

_REFUSE = "BEGIN SELECT RAISE(ABORT, '{table}: a row that is recorded stays as it is'); END"
_FUNCTION = """
CREATE OR REPLACE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: a row that is recorded stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
_RATES = (
    "CREATE TRIGGER rate_is_never_edited BEFORE UPDATE ON rate"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never edited'); END",
    "CREATE TRIGGER rate_is_never_deleted BEFORE DELETE ON rate"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never deleted'); END",
    "CREATE TRIGGER rate_is_never_replaced BEFORE INSERT ON rate WHEN EXISTS"
    " (SELECT 1 FROM rate WHERE currency = NEW.currency AND since = NEW.since AND entry = NEW.entry)"
    " BEGIN SELECT RAISE(ABORT, 'a rate is superseded, never replaced'); END",
)


def guard(connection: Connection, table: str, columns: Sequence[str]) -> None:
    """Refuse every change of the table, which has these columns."""
    changes = CHANGES.get(table, ())
    fixed = ", ".join(f'"{name}"' for name in columns if name not in changes) if changes else ""
    of = f" OF {fixed}" if fixed else ""
    if connection.dialect.name != "sqlite":
        _guard_on_postgres(connection, table, of, GOES_WITH.get(table))
        return
    refuse = _REFUSE.format(table=table)
    stays = f"WHEN OLD.reason <> '{GOES_WITH[table]}' " if table in GOES_WITH else ""
    connection.exec_driver_sql(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{of} ON {table} {refuse}")
    connection.exec_driver_sql(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stays}{refuse}")
    takes_its_place = {**WRITTEN_ONCE, **WRITTEN_AT_CLOSING}[table]
    if not takes_its_place:
        return
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {takes_its_place})"
    connection.exec_driver_sql(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}")


def guard_rates(connection: Connection) -> None:
    """Refuse every change of a rate: it is superseded."""
    if connection.dialect.name != "sqlite":
        _guard_on_postgres(connection, "rate", "", None)
        return
    for trigger in _RATES:
        connection.exec_driver_sql(trigger)


def _guard_on_postgres(connection: Connection, table: str, of: str, but: str | None) -> None:
    """Refuse UPDATE, DELETE and TRUNCATE, also of a session that replays another server's changes.

    `but` rows of this reason may be deleted or changed.
    """
    connection.execute(text(_FUNCTION))
    for name, when in (("stays", f"UPDATE{of} OR DELETE"), ("is_not_emptied", "TRUNCATE")):
        each = "STATEMENT" if when == "TRUNCATE" else "ROW"
        whose = f" WHEN (OLD.reason <> '{but}')" if but is not None and each == "ROW" else ""
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each}{whose}"
            " EXECUTE FUNCTION stays_as_it_is()"
        )
        connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
