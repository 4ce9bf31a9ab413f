"""The same shops on PostgreSQL: each folder has a database of its own, and a copy of the folder a copy of that."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import md5
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import URL, make_url

import db.engine.engine
import db.store.prepare
import db.store.store
from db.engine.engine import Engines
from db.migrations.written_once import WRITTEN_ONCE
from tests.postgres_server import Server

_ENGINES_OWN = db.engine.engine.database_url
_ENGINES_OPENED = db.engine.engine.open_engines


@dataclass
class Databases:
    """Which folder has which database on a server."""

    server: Server
    made: set[str] = field(default_factory=set)
    opened: list[Engines] = field(default_factory=list)

    def url_of(self, text: str | None, folder: Path) -> URL:
        """In place of `database_url`: a shop without an address has its database here."""
        if text is not None:
            return _ENGINES_OWN(text, folder)
        name = self.name_of(folder)
        if name not in self.made:
            self.server.create(name)
            self.made.add(name)
        return make_url(self.server.url(name))

    def name_of(self, folder: Path) -> str:
        """The name of a folder's database."""
        return f"shop_{md5(str(folder.resolve()).encode(), usedforsecurity=False).hexdigest()}"

    def copied(self, source: Path, target: Path) -> None:
        """The folder was copied: so is its database, if it has one."""
        if (name := self.name_of(source)) in self.made:
            self.server.create(self.name_of(target), name)
            self.made.add(self.name_of(target))

    def opening(self, url: URL) -> Engines:
        """In place of `open_engines`: a till that a test leaves open is closed after it."""
        self.opened.append(_ENGINES_OPENED(url))
        return self.opened[-1]

    def drop_all(self, *, but: set[str]) -> None:
        """Delete the databases of a test."""
        while self.opened:
            self.opened.pop().dispose()
        for name in self.made - but:
            self.server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.made &= but


def use(databases: Databases, patch: pytest.MonkeyPatch) -> None:
    """Let every shop be on this server until the patch is undone."""
    import tests.shops

    copytree = shutil.copytree

    def copied(source: Any, target: Any, *rest: Any, **more: Any) -> Any:
        made = copytree(source, target, *rest, **more)
        databases.copied(Path(source), Path(target))
        return made

    for module in (db.engine.engine, tests.shops):
        patch.setattr(module, "database_url", databases.url_of)
    for module in (db.store.prepare, db.store.store):
        patch.setattr(module, "open_engines", databases.opening)
    patch.setattr(shutil, "copytree", copied)
    patch.setattr(tests.shops.DemoShop, "raw", _raw_of(databases))
    patch.setattr(tests.shops.DemoShop, "table_names", _table_names)


class Raw:
    """A connection to a shop's database that understands questions as they are asked of SQLite."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection

    def execute(self, question: str, values: Any = ()) -> psycopg.Cursor[Any]:
        """Ask, with `?` for each value; what is for SQLite alone is passed over."""
        question = "SELECT 1" if question.startswith("PRAGMA ") else question
        given = tuple(values)
        asked: list[Any] = []

        def placed(place: re.Match[str]) -> str:
            asked.append(given[int(place[1]) - 1 if place[1] else len(asked)])
            return "%s"

        question = re.sub(r"\?(\d*)", placed, question.replace("%", "%%"))
        return self._connection.execute(question, asked or None)


def _raw_of(databases: Databases) -> Callable[..., Any]:
    @contextmanager
    def raw(shop: Any, *, writing: bool = False, guarded: bool = False) -> Iterator[Raw]:
        lifted = (
            [] if guarded or not writing else [f"ALTER TABLE {one} {{}} TRIGGER {one}_stays" for one in WRITTEN_ONCE]
        )
        with databases.server.connected(databases.name_of(shop.folder)) as connection:
            if writing:
                connection.execute("SET session_replication_role = replica")  # no foreign keys, no rules of ours
            _all(connection, lifted, "DISABLE")
            try:
                with connection.transaction():
                    yield Raw(connection)
            finally:
                _all(connection, lifted, "ENABLE ALWAYS")

    return raw


def _all(connection: psycopg.Connection[Any], statements: list[str], how: str) -> None:
    """Each statement, all in one transaction: no one waits for them any longer."""
    with connection.transaction():
        for statement in statements:
            connection.execute(statement.format(how))


def _table_names(_shop: Any, connection: Raw) -> list[str]:
    asked = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    return [row[0] for row in connection.execute(asked)]
