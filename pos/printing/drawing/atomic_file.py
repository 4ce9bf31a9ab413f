"""A file that is whole or not there: written beside its place, then renamed into it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pos.domain.errors import PrinterError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that after a power cut it is there whole, or as it was before.

    Raises PrinterError("folder_not_writable", folder, the system's words).
    """
    unfinished: str | None = None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, unfinished = tempfile.mkstemp(prefix=".", suffix=".pdf", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(path)
        unfinished = None
        _sync(path.parent)
    except OSError as error:
        raise PrinterError("folder_not_writable", str(path.parent), error.strerror or str(error)) from error
    finally:
        if unfinished is not None:
            Path(unfinished).unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    """The name of a new file is on disk only when its folder is; Windows keeps it without being asked."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
