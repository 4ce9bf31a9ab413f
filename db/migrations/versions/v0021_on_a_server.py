"""On PostgreSQL as on SQLite: goods are found by any part of a name, and what is closed refuses every change"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from db.catalogue import search
from db.migrations.sealed import seal_on_postgres

revision = "0021"
down_revision = "0019"
branch_labels = None
depends_on = None

_SEALED = ("z_report", "hand_over", "rate")

_LENGTHS = (
    "ALTER TABLE product_code ALTER COLUMN kind TYPE VARCHAR(10)",
    "ALTER TABLE stock_move ALTER COLUMN place TYPE VARCHAR(12)",
)
"""As the program knows them; SQLite has no lengths."""

_SEARCH = (
    "CREATE TABLE product_word (product_id BIGINT CONSTRAINT pk_product_word PRIMARY KEY, words TSVECTOR NOT NULL)",
    "CREATE INDEX ix_product_word_words ON product_word USING gin (words)",
    "CREATE TABLE product_part (product_id BIGINT CONSTRAINT pk_product_part PRIMARY KEY, text TEXT NOT NULL)",
)
_TRIGRAMS = (
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX ix_product_part_text ON product_part USING gin (text gin_trgm_ops)",
)
"""Faster where the server has it and lets the owner of a database have it; the same answers without."""


def upgrade() -> None:
    """Go forward."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        return
    op.execute("DROP TRIGGER rate_stays ON rate")
    op.execute("DROP FUNCTION rate_stays()")
    for table in _SEALED:
        seal_on_postgres(table)
    for statement in (*_LENGTHS, *_SEARCH):
        op.execute(statement)
    try:
        with connection.begin_nested():
            for statement in _TRIGRAMS:
                op.execute(statement)
    except sa.exc.DBAPIError:
        pass  # not there, or not for us
    op.execute("DELETE FROM product_lookup")
    search.index_anew(connection)
