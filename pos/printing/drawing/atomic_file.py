"""Atomic writes of printed documents."""

from __future__ import annotations

from pathlib import Path

from pos.application.files.atomic_write import write_atomically
from pos.domain.errors import PrinterError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically: after a power cut the new or the old content is complete.

    Raises PrinterError("folder_not_writable", folder, the system's words).
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_atomically(path, content)
    except OSError as error:
        raise PrinterError("folder_not_writable", str(path.parent), error.strerror or str(error)) from error
