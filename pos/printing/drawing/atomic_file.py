"""Atomic writes of printed documents."""

from __future__ import annotations

from pathlib import Path

from pos.application.files.atomic_write import write_atomically
from pos.application.files.make_folder import make_folder
from pos.domain.errors import PrinterError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file atomically: after a power cut the new or the old content is complete.

    Raises PrinterError("folder_not_writable", folder, the system's words).
    """
    try:
        make_folder(path.parent)
        write_atomically(path, content)
    except OSError as error:
        raise PrinterError("folder_not_writable", str(path.parent), error.strerror or str(error)) from error
