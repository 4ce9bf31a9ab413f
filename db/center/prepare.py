"""Make or migrate the tables of the center, and say what its service may do with them."""

from __future__ import annotations

import re
from pathlib import Path

from sqlalchemy import URL, Connection, MetaData, make_url, text
from sqlalchemy.exc import ArgumentError

from db.center.migrations import HEAD
from db.center.store import open_engine
from db.center.tables import WRITTEN_ONCE, metadata
from db.engine.db_errors import translate_db_errors
from pos.domain.errors import BadField, StoreError

_ROLE = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_MAKING = 0x63656E746572
"""The lock under which one process makes the tables."""


def center_url(text: str) -> URL:
    """The address of a center's database, which is PostgreSQL. Raises BadField, which never repeats it: it has the
    password.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadField("database", "not_a_database_url", "") from None
    if url.get_backend_name() != "postgresql" or not url.database:
        raise BadField("database", "not_a_database_url", url.get_backend_name()[:20])
    return url


def prepare_center(url: URL, role: str | None = None) -> None:
    """Make or migrate the tables as their owner, and grant `role`, under which the service runs, what it needs.

    The service's role can neither change nor delete what is written once. Raises StoreError and BadField.
    """
    if role is not None and not _ROLE.fullmatch(role):
        raise BadField("role", "not_a_name", role[:40])
    engine = open_engine(url, 1)
    try:
        with translate_db_errors(), engine.begin() as connection:
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MAKING})
            _migrate(connection)
            if role is not None:
                _grant(connection, role)
    finally:
        engine.dispose()


def check_center(url: URL) -> None:
    """Raises StoreError where the tables are not there, or of another version than this program's."""
    engine = open_engine(url, 1)
    try:
        with translate_db_errors(), engine.connect() as connection:
            there = _version(connection)
            if there != HEAD:
                raise StoreError(
                    "center_not_prepared" if there is None else "newer_center", url.database or "", there or ""
                )
    finally:
        engine.dispose()


def center_config(connection: Connection, tables: MetaData | None = None) -> object:
    """Alembic driven from Python; `tables` are compared with those of the database."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    config.attributes["tables"] = tables
    return config


def _migrate(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = center_config(connection)
    assert isinstance(config, Config)
    there = _version(connection)
    known = {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}
    if there is not None and there not in known:
        raise StoreError("newer_center", "", there)
    command.upgrade(config, "head")


def _version(connection: Connection) -> str | None:
    if connection.execute(text("SELECT to_regclass('center_version')")).scalar_one() is None:
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM center_version")).scalar_one_or_none()
    return found


def _grant(connection: Connection, role: str) -> None:
    connection.exec_driver_sql(f'GRANT USAGE ON SCHEMA public TO "{role}"')
    connection.exec_driver_sql(f'GRANT SELECT ON center_version TO "{role}"')
    connection.exec_driver_sql(f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{role}"')
    for table in metadata.sorted_tables:
        rights = "SELECT, INSERT" if table.name in WRITTEN_ONCE else "SELECT, INSERT, UPDATE, DELETE"
        connection.exec_driver_sql(f'GRANT {rights} ON {table.name} TO "{role}"')
