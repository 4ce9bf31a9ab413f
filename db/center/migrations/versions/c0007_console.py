"""The console: accounts, sessions, wrong passwords, and how full allowances are."""

from __future__ import annotations

from alembic import op

revision = "c0007"
down_revision = "c0006"

_STEPS = (
    """
    CREATE TABLE account (
        id BIGSERIAL NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        password TEXT NOT NULL,
        has_own_password BOOLEAN NOT NULL,
        language TEXT NOT NULL,
        is_enabled BOOLEAN NOT NULL,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        last_sign_in TIMESTAMP WITH TIME ZONE,
        CONSTRAINT pk_account PRIMARY KEY (id),
        CONSTRAINT ck_account_role CHECK (role IN ('administrator', 'auditor'))
    )
    """,
    "CREATE UNIQUE INDEX uq_account_name ON account (lower(name))",
    """
    CREATE TABLE console_session (
        token BYTEA NOT NULL,
        account_id BIGINT NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_console_session PRIMARY KEY (token),
        CONSTRAINT fk_console_session_account_id FOREIGN KEY(account_id) REFERENCES account (id)
    )
    """,
    "CREATE INDEX ix_console_session_account_id ON console_session (account_id)",
    """
    CREATE TABLE wrong_passwords (
        subject BYTEA NOT NULL,
        count INTEGER NOT NULL,
        last_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_wrong_passwords PRIMARY KEY (subject)
    )
    """,
    "ALTER TABLE reserved_goods ADD COLUMN filled INTEGER",
    "CREATE INDEX ix_reservation_received_at ON reservation (received_at)",
)


def upgrade() -> None:
    for step in _STEPS:
        op.execute(step)
