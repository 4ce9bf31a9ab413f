"""Atomic writes of files: after a power cut the old content or the new is there, never half of one.

On Windows a file that another program has open can be neither replaced nor removed, and sometimes not even read.
Virus scanners and search indexes open each new file for a moment, so all of it is tried again for a second.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_LOCKS_OPEN_FILES = sys.platform == "win32"
_PAUSES = (0.01, 0.02, 0.04, 0.08, 0.15, 0.3, 0.4)
"""Seconds between the tries: one in all."""
_BINARY = getattr(os, "O_BINARY", 0)


def write_atomically(target: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write the whole file; only its owner can read it unless `mode` says otherwise.

    Raises OSError; the file is then as it was.
    """
    part = part_of(target)
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, mode)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(part, target)
    except BaseException:
        with suppress(OSError):
            remove_file(part)
        raise


def part_of(target: Path) -> Path:
    """A name for the unfinished file beside `target`, which no other writer uses."""
    return target.with_name(f".{target.name}.{os.urandom(4).hex()}.part")


def replace_file(part: Path, target: Path) -> None:
    """Put the finished file in the place of `target`, and the name on the disk. Raises OSError."""
    _patiently(lambda: part.replace(target))
    sync_folder(target.parent)


def read_file(path: Path) -> bytes:
    """Read the whole file. Raises OSError."""
    return _patiently(path.read_bytes)


def remove_file(path: Path) -> None:
    """Remove a file that may be missing. Raises OSError."""
    _patiently(lambda: path.unlink(missing_ok=True))


def sync_file(path: Path) -> None:
    """Sync a file to the disk. Never of a store that is open: closing it drops its locks. Raises OSError."""
    handle = os.open(path, os.O_RDWR | _BINARY)  # Windows syncs no file that is open for reading alone
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Sync the names in a folder to the disk; Windows does so by itself. Raises OSError."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _patiently(step: Callable[[], T]) -> T:
    for pause in _PAUSES:
        try:
            return step()
        except PermissionError:
            if not _LOCKS_OPEN_FILES:
                raise
            time.sleep(pause)
    return step()
