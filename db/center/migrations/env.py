"""Alembic's entry: runs over the connection that is handed in, and compares with the tables that are, if any."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("tables"),
    version_table="center_version",
)
context.run_migrations()
