"""The location of a SQLite store: refused where SQLite would lose sales, or where a shop's store is gone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from db.engine.migration_marks import check_note
from db.engine.real_path import real_path
from db.store.far_drives import far_drive
from pos.domain.errors import StoreError

_NETWORK = frozenset(
    {
        "9p", "afs", "ceph", "cifs", "davfs", "fuse.ceph", "fuse.davfs2", "fuse.glusterfs", "fuse.rclone", "fuse.s3fs",
        "fuse.smbnetfs", "fuse.sshfs", "fuse.vmhgfs-fuse", "gfs2", "glusterfs", "ncpfs", "nfs", "nfs4", "ocfs2", "smb2",
        "smb3", "smbfs", "vboxsf",
    }
)  # fmt: skip
"""File systems on which locks or syncs of two computers do not hold (sqlite.org/useovernet.html)."""

_TRACES = ("receipts", "zreports", "backups")


def mounts() -> str:
    """The mounts, as Linux lists them; empty elsewhere."""
    if not sys.platform.startswith("linux"):
        return ""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def check_store_path(file: Path, mounted: Callable[[], str] = mounts, far: Callable[[Path], str] = far_drive) -> None:
    """Refuse a store on a network drive, a path that is no file, and an empty path where a shop has traded.

    Raises StoreError: network_folder, moved, move_unfinished, not_a_file, store_gone.
    """
    folder = file.absolute().parent
    kind = _file_system(folder, mounted())
    network = kind if kind in _NETWORK else far(folder)
    if network:
        raise StoreError("network_folder", str(file.parent), network)
    check_note(file)
    try:
        size = file.stat().st_size if file.exists() else 0
        if file.exists() and not file.is_file():
            raise StoreError("not_a_file", str(file))
        if not size and _has_traded(file):
            raise StoreError("store_gone", str(file))
    except OSError:
        return  # not readable: opening it reports it


def begin_private(file: Path) -> None:
    """Create a new store's file so that only its owner can read it; an existing one stays as it is.

    Never by opening an existing one: closing it would drop the locks of this program.
    """
    with suppress(OSError):  # it exists, or a file cannot be made here: opening it reports it
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def keep_private(file: Path) -> None:
    """Let only the owner read a file that was opened and is a store of ours, and the logs beside it."""
    if os.name == "nt":
        return
    for ending in ("", "-wal", "-shm"):
        path = file.with_name(file.name + ending)
        with suppress(OSError):  # it has another owner, or does not exist
            if path.stat().st_mode & 0o077:
                path.chmod(0o600)


def check_not_emptied(file: Path) -> None:
    """Refuse a store without a table where a shop has traded. Raises StoreError: store_gone."""
    if _has_traded(file):
        raise StoreError("store_gone", str(file))


def _has_traded(file: Path) -> bool:
    """True if a shop has left files beside its store; keys alone may belong to a shop that is just beginning."""
    folder = file.absolute().parent
    return any((folder / name).exists() for name in _TRACES) or any(folder.glob("till-*.json"))


def _file_system(folder: Path, table: str) -> str:
    """The kind of the file system of a folder: the last of the longest mount points above it."""
    kind, longest = "", -1
    resolved = f"{real_path(folder)}/"
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = f"{_unescaped(fields[1]).rstrip('/')}/"
        if resolved.startswith(point) and len(point) >= longest:
            kind, longest = fields[2], len(point)
    return kind


def _unescaped(point: str) -> str:
    """A mount point with its blanks escaped as octal numbers."""
    if "\\" in point:
        for char in (" ", "\t", "\n", "\\"):
            point = point.replace(f"\\{ord(char):03o}", char)
    return point
