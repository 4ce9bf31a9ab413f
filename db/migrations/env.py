"""Alembic's entry: runs over the connection that is handed in, and compares with the tables that are, if any."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]


def _ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    # The search index is virtual tables with shadow tables of their own; they are made by hand.
    return not (kind == "table" and name is not None and name.startswith(("product_part", "product_word")))


context.configure(
    connection=connection,
    target_metadata=context.config.attributes.get("tables"),
    render_as_batch=connection.dialect.name == "sqlite",
    include_object=_ours,
    transactional_ddl=False,
)
context.run_migrations()
