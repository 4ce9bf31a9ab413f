"""A primary and a standby of one database, each of which can be the other: for a database that dies again and again."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from tests.postgres_server import Server
from tests.standby import address_of_both, follow, promote, standby_of, wait_for_standby

_PROCESSES_DIE = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "256MB"}
"""No machine dies here: what a process has written stays."""
_WITHOUT = 0.5
"""Seconds without a primary."""


@dataclass
class TwoServers:
    """Both have one address, at which whichever takes writes answers."""

    primary: Server
    standby: Server

    @classmethod
    @contextmanager
    def made(cls) -> Iterator[TwoServers]:
        """Both, the standby following; removed in the end."""
        primary = Server.made(settings=_PROCESSES_DIE)
        try:
            both = cls(primary, standby_of(primary))
            wait_for_standby(primary)
            try:
                yield both
            finally:
                both.standby.remove()
        finally:
            primary.remove()

    def create(self, database: str) -> str:
        """Make a database; the address of it."""
        self.primary.create(database)
        return address_of_both(self.primary, self.standby, database)

    def die(self, deaths: int, seconds: float, over: threading.Event) -> Mapping[str, int]:
        """So often, so many seconds apart: the primary dies, the standby takes over, and the dead one follows it."""
        died = 0
        while died < deaths and not over.wait(seconds):
            self.primary.stop(at_once=True)
            over.wait(_WITHOUT)
            promote(self.standby)
            self.primary, self.standby = self.standby, self.primary
            shutil.rmtree(self.standby.folder / "data")
            follow(self.standby, self.primary)
            wait_for_standby(self.primary)
            died += 1
        return {"deaths of the database": died}
