"""A PostgreSQL server of one's own over an empty folder: for a demo and for simulations, never for real books."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from pos.domain.errors import InfrastructureError

_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")
_OWNER, _DATABASE = "center", "practice"
_QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "50"}
"""Nothing of it is worth keeping."""
_DEATH_OF_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_TRIES, _PAUSE = 600, 0.05
_LAST_WORDS = 300


def programs() -> Path | None:
    """The folder with the newest initdb of this machine, or None: Debian keeps it off the PATH."""
    if sys.platform == "win32":
        return None  # its server knows no sockets of a folder
    folders = [folder for pattern in _FOLDERS for folder in _matching(pattern) if (folder / "initdb").exists()]
    if folders:
        return max(folders, key=lambda folder: int((re.findall(r"\d+", str(folder)) or ["0"])[0]))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def _matching(pattern: str) -> Iterator[Path]:
    root = Path(pattern).anchor
    yield from Path(root).glob(pattern.removeprefix(root))


@contextmanager
def own_server() -> Iterator[str]:
    """The address of an empty database. Its server is reached by a socket in a folder of this user alone; it ends with
    this program, and its folder is deleted. Raises InfrastructureError.
    """
    found = programs()
    if found is None:
        raise InfrastructureError("no_postgresql_here")
    folder = Path(tempfile.mkdtemp(prefix="border-pos-center-"))
    try:
        user = ordinary_user()
        if user is not None:
            shutil.chown(folder, user)
        _make(found, folder, user)
        server = _started(found, folder, user)
        try:
            _wait(server, folder)
            yield f"postgresql://{_OWNER}@/{_DATABASE}?host={folder}"
        finally:
            server.send_signal(signal.SIGQUIT)
            server.wait(60)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ordinary_user() -> str | None:
    """Whom a server runs as that refuses root; None: the current user."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return None
    import pwd

    known = {one.pw_name for one in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


def die_with_parent() -> None:
    """Ask the system to stop a server when this process dies, however it dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_OF_PARENT, signal.SIGQUIT)


def _make(found: Path, folder: Path, user: str | None) -> None:
    words = ["-D", str(folder / "data"), "-U", _OWNER, "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8"]
    done = subprocess.run([found / "initdb", *words], user=user, cwd=folder, capture_output=True, check=False)
    if done.returncode:
        raise InfrastructureError("postgresql_does_not_start", done.stderr.decode("utf-8", "replace")[-_LAST_WORDS:])


def _started(found: Path, folder: Path, user: str | None) -> subprocess.Popen[bytes]:
    settings = [word for name, value in _QUICK.items() for word in ("-c", f"{name}={value}")]
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            [found / "postgres", "-D", folder / "data", "-k", folder, "-h", "", *settings],
            user=user,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=log,
            cwd=folder,
            start_new_session=True,  # Ctrl+C is for the service, which ends first
            preexec_fn=die_with_parent,  # noqa: PLW1509 # it takes no lock
        )


def _wait(server: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(_TRIES):
        if server.poll() is not None:
            break
        try:
            with psycopg.connect(host=str(folder), user=_OWNER, dbname="postgres", autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {_DATABASE}")
        except psycopg.OperationalError:
            time.sleep(_PAUSE)
        else:
            return
    words = (folder / "log").read_text(encoding="utf-8", errors="replace")[-_LAST_WORDS:]
    raise InfrastructureError("postgresql_does_not_start", words)
