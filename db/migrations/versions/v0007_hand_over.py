"""Shifts that are handed over; a Z and a hand-over that nobody changes in the store"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import db.engine.types

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_KINDS = "kind IN ('float', 'tender', 'change', 'in', 'out', 'drop', 'refund', 'hand_over')"

_SAME = {
    "z_report": "(till = NEW.till AND number = NEW.number) OR shift_id = NEW.shift_id",
    "hand_over": "shift_id = NEW.shift_id AND number = NEW.number",
}
"""When a row would take the place of one that is there: INSERT OR REPLACE walks past the other two triggers."""


def upgrade() -> None:
    """Go forward."""
    with op.batch_alter_table("cash_move", table_kwargs={"sqlite_strict": True}) as batch:
        batch.drop_constraint(op.f("ck_cash_move_kind_known"), type_="check")
        batch.create_check_constraint(op.f("ck_cash_move_kind_known"), _KINDS)
    key = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "hand_over",
        sa.Column("shift_id", key, autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", db.engine.types.Instant(), nullable=False),
        sa.Column("giver", sa.String(length=60), nullable=False),
        sa.Column("taker", sa.String(length=60), nullable=False),
        sa.Column("approved_by", sa.String(length=60), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("number >= 1", name=op.f("ck_hand_over_counts_from_one")),
        sa.CheckConstraint("giver <> taker", name=op.f("ck_hand_over_goes_to_another")),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name=op.f("fk_hand_over_shift_id")),
        sa.PrimaryKeyConstraint("shift_id", "number", name=op.f("pk_hand_over")),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    if op.get_bind().dialect.name == "sqlite":
        for table, same in _SAME.items():
            _seal(table, same)


def _seal(table: str, same: str) -> None:
    """Let rows of the table be written once, and neither changed, deleted nor replaced."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table}: a row that is recorded stays as it is'); END"
    op.execute(f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}")
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
    op.execute(f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {there} {refuse}")
