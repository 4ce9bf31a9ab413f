"""The members' keys one after another, and a till's new pass beside its old one."""

from __future__ import annotations

from alembic import op

revision = "c0004"
down_revision = "c0003"

_STEPS = (
    """
    CREATE TABLE members_key (
        number BIGINT NOT NULL,
        fingerprint TEXT NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE,
        sent_until TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_members_key PRIMARY KEY (number),
        CONSTRAINT uq_members_key_fingerprint UNIQUE (fingerprint)
    )
    """,
    "ALTER TABLE till ADD COLUMN members_key BIGINT NOT NULL DEFAULT 1",
    "ALTER TABLE till ALTER COLUMN members_key DROP DEFAULT",
    "ALTER TABLE till ADD COLUMN next_credential BYTEA",
    "ALTER TABLE till ADD COLUMN next_members_key BIGINT",
    "ALTER TABLE till ADD CONSTRAINT uq_till_next_credential UNIQUE (next_credential)",
)


def upgrade() -> None:
    for step in _STEPS:
        op.execute(step)
