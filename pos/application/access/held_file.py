"""A file that one program holds at a time: let go of when that program ends, however it ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_PLACE = 1 << 30
"""On Windows a locked byte cannot be read by others: one behind everything that is written."""


class HeldFile:
    """Held from `take` to `let_go`. A folder that cannot be written or locked holds nobody up: it is taken then."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, says: str = "") -> bool:
        """Hold it, and write into it what others may read; False where another program, or part of this one, does."""
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
        """What the one who holds it, or held it last, has written."""
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return ""

    def let_go(self) -> None:
        """Hold it no longer; nothing where it is not held."""
        handle, self._handle = self._handle, None
        if handle is not None:
            with suppress(OSError):
                os.close(handle)

    def __del__(self) -> None:
        self.let_go()


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        """Raises BlockingIOError where another has it."""
        os.lseek(handle, _PLACE, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            raise BlockingIOError from error
        finally:
            os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def _lock(handle: int) -> None:
        """Raises BlockingIOError where another has it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
