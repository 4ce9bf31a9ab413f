"""Customs rates of the center, and flags of a till."""

from __future__ import annotations

from alembic import op

revision = "c0002"
down_revision = "c0001"

_STEPS = (
    "ALTER TABLE flag ALTER COLUMN visitor_id DROP NOT NULL",
    "ALTER TABLE flag ADD COLUMN till BIGINT",
    "ALTER TABLE flag ADD COLUMN once TEXT",
    "ALTER TABLE flag ADD CONSTRAINT uq_flag_once UNIQUE (once)",
    """
    CREATE TABLE customs_rate (
        day DATE NOT NULL,
        currency TEXT NOT NULL,
        base TEXT NOT NULL,
        per_unit TEXT NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_customs_rate PRIMARY KEY (day, currency)
    )
    """,
    "CREATE TRIGGER customs_rate_stays BEFORE UPDATE OR DELETE ON customs_rate FOR EACH ROW"
    " EXECUTE FUNCTION stays_as_it_is()",
    "CREATE TRIGGER customs_rate_is_not_emptied BEFORE TRUNCATE ON customs_rate FOR EACH STATEMENT"
    " EXECUTE FUNCTION stays_as_it_is()",
    "ALTER TABLE customs_rate ENABLE ALWAYS TRIGGER customs_rate_stays",
    "ALTER TABLE customs_rate ENABLE ALWAYS TRIGGER customs_rate_is_not_emptied",
)


def upgrade() -> None:
    for step in _STEPS:
        op.execute(step)
