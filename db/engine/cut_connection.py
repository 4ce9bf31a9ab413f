"""A pulled cable, for simulations: the server ends one connection at any point of its work."""

from __future__ import annotations

from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from pos.application.settings.options import OnlyOnAServer
from pos.domain.errors import StoreError

_END_ONE = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
    " ORDER BY state = 'idle', random() LIMIT 1"
)
"""A busy connection before one that waits for its till."""


def cut_one(url: URL) -> bool:
    """True if there was a connection to end. Raises OnlyOnAServer for a file, StoreError where the server is away."""
    if url.get_backend_name() == "sqlite":
        raise OnlyOnAServer
    engine = create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool, hide_parameters=True)
    try:
        with engine.connect() as connection:
            return connection.execute(_END_ONE).scalar_one_or_none() is True
    except DBAPIError as error:
        raise StoreError("unreachable", url.host or "", str(error.orig)) from error
