"""A standby of a PostgreSQL server: it follows, and can be promoted."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

from tests.postgres_server import PREFIX, Server


def standby_of(primary: Server, name: str = "standby") -> Server:
    """A new server, started, that follows `primary`."""
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    standby = Server(folder, primary.programs, primary.user, dict(primary.options))
    if standby.user is not None:
        shutil.chown(folder, standby.user)
    follow(standby, primary, name)
    atexit.register(standby.remove)
    return standby


def follow(standby: Server, primary: Server, name: str = "standby") -> None:
    """Copy the primary into a folder without data, and start there."""
    source = f"host={primary.folder} user=shop application_name={name}"
    standby.run(
        "pg_basebackup", "-D", str(standby.folder / "data"), "-d", source, "-X", "stream", "-c", "fast", "-R", "-N"
    )
    standby.start()


def wait_for_standby(primary: Server, name: str = "standby") -> None:
    """Let each COMMIT of the primary wait until the standby has it."""
    primary.sql(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
    primary.sql("SELECT pg_reload_conf()")
    for _ in range(200):
        if primary.sql("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'"):
            return
        time.sleep(0.02)
    raise AssertionError("the standby does not follow")


def promote(standby: Server) -> None:
    """It takes writes from now on, in a new timeline."""
    assert standby.sql("SELECT pg_promote()") == [(True,)]


def address_of_both(one: Server, other: Server, database: str) -> str:
    """The address of a database on whichever of two servers takes writes."""
    return f"postgresql://shop@/{database}?host={one.folder},{other.folder}&target_session_attrs=read-write"
