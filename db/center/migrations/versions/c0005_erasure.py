"""What may be erased, and what may not: the journal, the rates and the regime files stay for every role."""

from __future__ import annotations

from alembic import op

revision = "c0005"
down_revision = "c0004"

_STAYS = """
    CREATE OR REPLACE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME IN ('ledger_entry', 'flag')
            AND current_setting('center.erases', true) = 'on' AND current_user = (
            SELECT tableowner FROM pg_tables WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '%: a row that is recorded stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
"""


def upgrade() -> None:
    op.execute(_STAYS)
