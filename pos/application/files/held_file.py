"""A file lock held by one program at a time, released when that program ends in any way."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_LOCK_OFFSET = 1 << 30
"""On Windows others cannot read a locked byte, so the lock is far behind the written text."""


class HeldFile:
    """Locked from `take` to `let_go`. A folder that cannot be written or locked never blocks: `take` succeeds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, says: str = "") -> bool:
        """Lock the file and write `says` into it for others to read; False if another holder has it."""
        if self._handle is not None:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        try:
            _lock(handle)
        except BlockingIOError:
            os.close(handle)
            return False
        except OSError:
            os.close(handle)
            return True
        self._handle = handle
        with suppress(OSError):
            os.ftruncate(handle, 0)
            os.write(handle, says.encode())
        return True

    def said(self) -> str:
        """The text of the current or last holder."""
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def let_go(self) -> None:
        """Release the lock; does nothing if it is not held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    def __del__(self) -> None:
        self.let_go()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        """Raises BlockingIOError if another holder has it."""
        os.lseek(handle, _LOCK_OFFSET, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Raises BlockingIOError if another holder has it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
