"""Regime files of the center, each proposed by one person and approved by another."""

from __future__ import annotations

from alembic import op

revision = "c0003"
down_revision = "c0002"

_STEPS = (
    """
    CREATE TABLE regime_file (
        id BIGSERIAL NOT NULL,
        regime TEXT NOT NULL,
        digest TEXT NOT NULL,
        content BYTEA NOT NULL,
        starts_on DATE NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_regime_file PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE regime_approval (
        file_id BIGINT NOT NULL,
        by TEXT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_regime_approval PRIMARY KEY (file_id),
        CONSTRAINT fk_regime_approval_file_id FOREIGN KEY(file_id) REFERENCES regime_file (id)
    )
    """,
)


def upgrade() -> None:
    for step in _STEPS:
        op.execute(step)
    for table in ("regime_file", "regime_approval"):
        for name, when, each in (("stays", "UPDATE OR DELETE", "ROW"), ("is_not_emptied", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION stays_as_it_is()"
            )
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
