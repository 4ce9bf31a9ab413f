"""Payment providers: what was asked of partners outside the shop, and which of them took a payment"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.migrations.baseline.columns import FLAG, INSTANT, SMALL, TEXT, WHOLE, chars

revision = "v0008"
down_revision = "v0007"
branch_labels = None
depends_on = None

_STATES = "'new', 'sent', 'waiting', 'unknown', 'undoing', 'ask_person', 'done', 'refused', 'undone'"


def upgrade() -> None:
    """Go forward. The column is NULL in every payment recorded so far, and then in no hash."""
    op.add_column("sale_payment", sa.Column("provider", chars(16), nullable=True))
    op.create_table(
        "partner_attempt",
        sa.Column("number", chars(26), nullable=False),
        sa.Column("kind", chars(10), nullable=False),
        sa.Column("partner", chars(16), nullable=False),
        sa.Column("till", chars(8), nullable=False),
        sa.Column("about", chars(64), nullable=False),
        sa.Column("tries", SMALL, nullable=False),
        sa.Column("holds", chars(120), nullable=True),
        sa.Column("currency", chars(3), nullable=False),
        sa.Column("amount_minor", WHOLE, nullable=False),
        sa.Column("begun_at", INSTANT, nullable=False),
        sa.Column("state", chars(12), nullable=False),
        sa.Column("method", chars(10), nullable=False),
        sa.Column("cashier", chars(60), nullable=False),
        sa.Column("shift_id", WHOLE, nullable=True),
        sa.Column("original", chars(26), nullable=True),
        sa.Column("code_tail", chars(4), nullable=False),
        sa.Column("reference", chars(64), nullable=False),
        sa.Column("detail", TEXT, nullable=False),
        sa.Column("paid_currency", chars(3), nullable=True),
        sa.Column("paid_minor", WHOLE, nullable=True),
        sa.Column("reason", chars(40), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=True),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("lost", SMALL, nullable=False),
        sa.Column("is_known", FLAG, nullable=False),
        sa.Column("missing", FLAG, nullable=False),
        sa.Column("undo_asked_at", INSTANT, nullable=True),
        sa.Column("undo_by", chars(60), nullable=False),
        sa.Column("undo_acknowledged", FLAG, nullable=False),
        sa.Column("decided", FLAG, nullable=True),
        sa.Column("decided_by", chars(60), nullable=True),
        sa.Column("decided_at", INSTANT, nullable=True),
        sa.Column("settled_at", INSTANT, nullable=True),
        sa.Column("document", chars(20), nullable=False),
        sa.Column("is_given_back", FLAG, nullable=False),
        sa.Column("is_closed", FLAG, nullable=False),
        sa.CheckConstraint("kind IN ('charge', 'refund', 'fiscal')", name="ck_partner_attempt_kind_known"),
        sa.CheckConstraint(f"state IN ({_STATES})", name="ck_partner_attempt_state_known"),
        sa.CheckConstraint("(kind = 'refund') = (original IS NOT NULL)", name="ck_partner_attempt_refund_of_a_charge"),
        sa.CheckConstraint(
            "(paid_minor IS NULL) = (paid_currency IS NULL)", name="ck_partner_attempt_paid_in_a_currency"
        ),
        sa.CheckConstraint("(decided IS NULL) = (decided_by IS NULL)", name="ck_partner_attempt_decided_by_somebody"),
        sa.ForeignKeyConstraint(["shift_id"], ["shift.id"], name="fk_partner_attempt_shift_id"),
        sa.ForeignKeyConstraint(["original"], ["partner_attempt.number"], name="fk_partner_attempt_original"),
        sa.PrimaryKeyConstraint("number", name="pk_partner_attempt"),
        sa.UniqueConstraint("holds", name="uq_partner_attempt_holds"),
        sqlite_strict=True,
        sqlite_with_rowid=False,
    )
    for column in ("about", "document", "original"):
        op.create_index(f"ix_partner_attempt_{column}", "partner_attempt", [column])
    not_closed = sa.text("NOT is_closed")
    op.create_index(
        "ix_partner_attempt_till_partner",
        "partner_attempt",
        ["till", "partner"],
        sqlite_where=not_closed,
        postgresql_where=not_closed,
    )
