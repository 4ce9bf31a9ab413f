"""Alembic's entry: runs over the connection that `db.store.store` hands in."""

from __future__ import annotations

from alembic import context

from db.tables import metadata
from db.tables.metadata import speak_postgresql

connection = context.config.attributes["connection"]


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    # The search index is virtual tables with shadow tables of their own; they are made by hand.
    return not (kind == "table" and name is not None and name.startswith(("product_part", "product_word")))


if connection.dialect.name == "postgresql":
    speak_postgresql()
context.configure(
    connection=connection,
    target_metadata=metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    include_object=_ours,
    transactional_ddl=False,
)
context.run_migrations()
