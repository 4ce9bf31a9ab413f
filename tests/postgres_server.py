"""A real PostgreSQL server for tests: started as an ordinary user, stopped whatever becomes of the run."""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import psycopg

from db.center.own_server import die_with_parent, ordinary_user, programs

PREFIX = "border-pos-pg-"
_QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "deadlock_timeout": "50ms"}
"""For tests in which no machine dies."""


@dataclass
class Server:
    """A server over a folder of its own, reached by a socket in it; no one else's and never for real books."""

    folder: Path
    programs: Path
    user: str | None
    """Whom it runs as; None: the current user. It refuses root."""
    options: dict[str, str]
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @classmethod
    def made(
        cls,
        *,
        is_durable: bool = False,
        locale: Sequence[str] = ("--locale=C.UTF-8",),
        settings: Mapping[str, str] | None = None,
    ) -> Server:
        """A new server, started. `is_durable`: it keeps what it confirmed through its own death.

        Other `settings` take the place of both.
        """
        bin_ = programs()
        assert bin_ is not None, "no initdb on this machine: install PostgreSQL's server"
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        chosen = settings if settings is not None else {} if is_durable else _QUICK
        server = cls(folder, bin_, ordinary_user(), {"max_connections": "100", **chosen})
        if server.user is not None:
            shutil.chown(folder, server.user)
        made = ["initdb", "-D", str(folder / "data"), "-U", "shop", "-A", "trust", "-E", "UTF8", "--no-sync", *locale]
        server.run(*made)
        atexit.register(server.remove)
        server.start()
        return server

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = [word for name, value in self.options.items() for word in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-h", "", *settings],
                user=self.user,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self.folder,
                preexec_fn=die_with_parent,  # noqa: PLW1509 # it takes no lock
            )
        for _ in range(600):
            try:
                self.sql("SELECT 1")
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self.folder / "log").read_text("utf-8", "replace")[-800:]
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server does not answer")

    def stop(self, *, at_once: bool = False) -> None:
        """Stop it; `at_once` as a crash does (`pg_ctl stop -m immediate`): what is not on the disk is gone."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(60)
            self._process = None

    def remove(self) -> None:
        """Stop it and delete its folder."""
        self.stop(at_once=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, database: str) -> str:
        """The address of a database of it, by the socket."""
        return f"postgresql://shop@/{database}?host={self.folder}"

    def sql(self, statement: str, *values: Any, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Do one statement outside a transaction; its rows."""
        with self.connected(database) as connection:
            cursor = connection.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def connected(self, database: str) -> Iterator[psycopg.Connection[Any]]:
        """A connection of the server's owner that commits each statement."""
        connection = psycopg.connect(host=str(self.folder), user="shop", dbname=database, autocommit=True)
        try:
            yield connection
        finally:
            connection.close()

    def create(self, database: str, template: str | None = None) -> str:
        """Make a database again, empty or a copy of another that no one has open; its address."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        copying = f' TEMPLATE "{template}"' if template else ""
        if template and self.is_durable:
            # The other way copies a sequence with numbers that count as logged: after a crash they are given again.
            copying += " STRATEGY file_copy"
        self.sql(f'CREATE DATABASE "{database}"{copying}')
        return self.url(database)

    @property
    def is_durable(self) -> bool:
        """Whether it keeps what it confirmed through its own death."""
        return "fsync" not in self.options

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL to its end."""
        done = subprocess.run(
            [self.programs / program, *arguments], user=self.user, cwd=self.folder, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")[-800:]


@cache
def shared_server() -> Server:
    """The server of this process for tests in which no machine dies."""
    return Server.made()


def _sweep() -> None:
    """Delete what runs that were killed have left."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = left.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(left, ignore_errors=True)
