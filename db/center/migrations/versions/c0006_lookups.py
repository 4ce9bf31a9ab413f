"""Whom a till has looked up today, under the journal's value, and whether they bought."""

from __future__ import annotations

from alembic import op

revision = "c0006"
down_revision = "c0005"


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE lookup_of_day (
            day DATE NOT NULL,
            till BIGINT NOT NULL,
            visitor TEXT NOT NULL,
            at TIMESTAMP WITH TIME ZONE NOT NULL,
            is_new BOOLEAN NOT NULL,
            has_bought BOOLEAN NOT NULL,
            CONSTRAINT pk_lookup_of_day PRIMARY KEY (day, till, visitor)
        )
        """
    )
    op.execute("CREATE INDEX ix_lookup_of_day_till_at ON lookup_of_day (till, at)")
