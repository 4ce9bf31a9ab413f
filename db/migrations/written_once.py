"""Tables whose rows are written once, and what refuses every change of them in the database itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alembic import op

from db.migrations.sealed import REFUSE, seal_on_postgres

WRITTEN_ONCE: Mapping[str, str] = {
    "journal": "id = NEW.id OR (till = NEW.till AND number = NEW.number)",
    "request_key": "",
    "sale": "id = NEW.id OR key = NEW.key OR (till = NEW.till AND number = NEW.number)",
    "sale_line": "sale_id = NEW.sale_id AND line_no = NEW.line_no",
    "line_promotion": "sale_id = NEW.sale_id AND line_no = NEW.line_no AND promotion_id = NEW.promotion_id",
    "sale_payment": "sale_id = NEW.sale_id AND no = NEW.no",
    "sale_change": "sale_id = NEW.sale_id AND no = NEW.no",
    "return_line": "sale_id = NEW.sale_id AND no = NEW.no",
    "refund": "sale_id = NEW.sale_id AND no = NEW.no",
    "cash_move": "id = NEW.id",
    "stock_move": "id = NEW.id",
    "stock_valuation": "id = NEW.id",
}
"""Each with when a row would take the place of one that is there: INSERT OR REPLACE walks past the other guards.

A key is claimed by an INSERT that passes over one that is there: it has no such guard.
"""

CHANGES: Mapping[str, Sequence[str]] = {"sale": ("visitors",)}
"""What of a row may change after all: who the visitors of a sale were is forgotten in time."""

GOES_WITH: Mapping[str, str] = {"stock_move": "opening"}
"""The rows of a table, by their reason, that go when what they belong to goes: an import that is taken back takes the
goods along that nothing has happened to, with the stock that it opened them with."""

_EARLIER = ("z_report", "hand_over", "seal", "rate")
POSTGRES_GUARDS = tuple(
    f"{table}_{ending}" for table in (*WRITTEN_ONCE, *_EARLIER) for ending in ("stays", "is_not_emptied")
)
"""The triggers that PostgreSQL has of these and of the tables that were guarded before."""


def guard(table: str, columns: Sequence[str]) -> None:
    """Refuse every change of the table, which has these columns."""
    changes = CHANGES.get(table, ())
    fixed = ", ".join(f'"{name}"' for name in columns if name not in changes) if changes else ""
    of = f" OF {fixed}" if fixed else ""
    if op.get_bind().dialect.name != "sqlite":
        seal_on_postgres(table, of, GOES_WITH.get(table))
        return
    refuse = REFUSE.format(table=table)
    stays = f"WHEN OLD.reason <> '{GOES_WITH[table]}' " if table in GOES_WITH else ""
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE{of} ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {stays}{refuse}")
    if not WRITTEN_ONCE[table]:
        return
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {WRITTEN_ONCE[table]})"
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}")
