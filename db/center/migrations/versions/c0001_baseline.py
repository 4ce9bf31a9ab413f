"""The first tables of the center."""

from __future__ import annotations

from alembic import op

revision = "c0001"
down_revision = None

_TABLES = (
    """
    CREATE TABLE journal (
        till BIGINT NOT NULL,
        entry BIGINT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        action TEXT NOT NULL,
        facts TEXT NOT NULL,
        hash BYTEA NOT NULL,
        CONSTRAINT pk_journal PRIMARY KEY (till, entry)
    )
    """,
    "CREATE INDEX ix_journal_at ON journal (at)",
    """
    CREATE TABLE member (
        id BIGSERIAL NOT NULL,
        name TEXT NOT NULL,
        is_enabled BOOLEAN NOT NULL,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_member PRIMARY KEY (id),
        CONSTRAINT uq_member_name UNIQUE (name)
    )
    """,
    """
    CREATE TABLE request (
        key TEXT NOT NULL,
        digest BYTEA NOT NULL,
        answer TEXT,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_request PRIMARY KEY (key)
    )
    """,
    """
    CREATE TABLE reservation (
        key TEXT NOT NULL,
        sale TEXT NOT NULL,
        shop BIGINT NOT NULL,
        till BIGINT NOT NULL,
        regime TEXT NOT NULL,
        received_at TIMESTAMP WITH TIME ZONE NOT NULL,
        ends_at TIMESTAMP WITH TIME ZONE NOT NULL,
        state TEXT NOT NULL,
        settled_at TIMESTAMP WITH TIME ZONE,
        effects TEXT NOT NULL,
        CONSTRAINT pk_reservation PRIMARY KEY (key),
        CONSTRAINT ck_reservation_state CHECK (state IN ('open', 'sold', 'closed', 'released'))
    )
    """,
    "CREATE INDEX ix_reservation_open ON reservation (ends_at) WHERE state = 'open'",
    """
    CREATE TABLE visitor (
        id BIGSERIAL NOT NULL,
        reference TEXT NOT NULL,
        version BIGINT NOT NULL,
        alias_of BIGINT,
        secret BYTEA NOT NULL,
        person BYTEA,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_visitor PRIMARY KEY (id),
        CONSTRAINT uq_visitor_reference UNIQUE (reference),
        CONSTRAINT fk_visitor_alias_of FOREIGN KEY(alias_of) REFERENCES visitor (id)
    )
    """,
    "CREATE INDEX ix_visitor_alias_of ON visitor (alias_of)",
    """
    CREATE TABLE flag (
        id BIGSERIAL NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        visitor_id BIGINT NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        facts TEXT NOT NULL,
        CONSTRAINT pk_flag PRIMARY KEY (id),
        CONSTRAINT fk_flag_visitor_id FOREIGN KEY(visitor_id) REFERENCES visitor (id)
    )
    """,
    "CREATE INDEX ix_flag_at ON flag (at)",
    "CREATE INDEX ix_flag_visitor_id ON flag (visitor_id)",
    """
    CREATE TABLE identity (
        hidden BYTEA NOT NULL,
        visitor_id BIGINT NOT NULL,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        CONSTRAINT pk_identity PRIMARY KEY (hidden),
        CONSTRAINT fk_identity_visitor_id FOREIGN KEY(visitor_id) REFERENCES visitor (id)
    )
    """,
    "CREATE INDEX ix_identity_visitor_id ON identity (visitor_id)",
    """
    CREATE TABLE ledger_entry (
        id BIGSERIAL NOT NULL,
        visitor_id BIGINT NOT NULL,
        version BIGINT NOT NULL,
        at TIMESTAMP WITH TIME ZONE NOT NULL,
        written_at TIMESTAMP WITH TIME ZONE NOT NULL,
        shop BIGINT NOT NULL,
        till BIGINT NOT NULL,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        content TEXT NOT NULL,
        CONSTRAINT pk_ledger_entry PRIMARY KEY (id),
        CONSTRAINT uq_ledger_entry_visitor_id_version UNIQUE (visitor_id, version),
        CONSTRAINT fk_ledger_entry_visitor_id FOREIGN KEY(visitor_id) REFERENCES visitor (id)
    )
    """,
    """
    CREATE TABLE line_place (
        shop BIGINT NOT NULL,
        sale TEXT NOT NULL,
        line INTEGER NOT NULL,
        visitor_id BIGINT NOT NULL,
        CONSTRAINT pk_line_place PRIMARY KEY (shop, sale, line),
        CONSTRAINT fk_line_place_visitor_id FOREIGN KEY(visitor_id) REFERENCES visitor (id)
    )
    """,
    "CREATE INDEX ix_line_place_visitor_id ON line_place (visitor_id)",
    """
    CREATE TABLE reserved_goods (
        key TEXT NOT NULL,
        visitor_id BIGINT NOT NULL,
        lines TEXT NOT NULL,
        CONSTRAINT pk_reserved_goods PRIMARY KEY (key, visitor_id),
        CONSTRAINT fk_reserved_goods_key FOREIGN KEY(key) REFERENCES reservation (key),
        CONSTRAINT fk_reserved_goods_visitor_id FOREIGN KEY(visitor_id) REFERENCES visitor (id)
    )
    """,
    "CREATE INDEX ix_reserved_goods_visitor_id ON reserved_goods (visitor_id)",
    """
    CREATE TABLE till (
        id BIGSERIAL NOT NULL,
        member_id BIGINT,
        name TEXT NOT NULL,
        credential BYTEA,
        added_at TIMESTAMP WITH TIME ZONE NOT NULL,
        revoked_at TIMESTAMP WITH TIME ZONE,
        last_contact TIMESTAMP WITH TIME ZONE,
        lookups BIGINT NOT NULL,
        lookups_at TIMESTAMP WITH TIME ZONE NOT NULL,
        entry BIGINT NOT NULL,
        hash BYTEA NOT NULL,
        CONSTRAINT pk_till PRIMARY KEY (id),
        CONSTRAINT fk_till_member_id FOREIGN KEY(member_id) REFERENCES member (id),
        CONSTRAINT uq_till_credential UNIQUE (credential)
    )
    """,
)
_STAYS = """
    CREATE FUNCTION stays_as_it_is() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' AND current_setting('center.erases', true) = 'on' AND current_user = (
            SELECT tableowner FROM pg_tables WHERE schemaname = TG_TABLE_SCHEMA AND tablename = TG_TABLE_NAME
        ) THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION '%: a row that is recorded stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END $$
"""
"""The owner of the database erases old rows, and says so in the same transaction; no one else deletes one."""


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
    op.execute(_STAYS)
    for table in ("ledger_entry", "journal", "flag"):
        for name, when, each in (("stays", "UPDATE OR DELETE", "ROW"), ("is_not_emptied", "TRUNCATE", "STATEMENT")):
            op.execute(
                f"CREATE TRIGGER {table}_{name} BEFORE {when} ON {table} FOR EACH {each}"
                " EXECUTE FUNCTION stays_as_it_is()"
            )
            op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}")
    op.execute(
        "INSERT INTO till (id, name, added_at, lookups, lookups_at, entry, hash)"
        " VALUES (0, 'console', now(), 0, now(), 0, '')"
    )
