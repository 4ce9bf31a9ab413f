"""Atomic file writes: write a temporary file beside the target, then rename it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from pos.domain.errors import PrinterError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically: after a power cut the new or the old content is complete.

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
    """Sync the folder: only then is the name of a new file on disk; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
