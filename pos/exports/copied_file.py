"""Copy a closed file to another folder: verified by reading it back, then put in place atomically."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from pos.domain.errors import InfrastructureError
from pos.exports.whole_file import writing_bytes

_PIECE = 1024 * 1024


def copy_whole(file: Path, target: Path) -> None:
    """Copy `file` to `target`. A missing folder is not created: where a disk is missing it would be an empty one.

    Raises InfrastructureError("file_not_writable", target, why).
    """
    try:
        if not target.parent.is_dir():
            raise FileNotFoundError(2, os.strerror(2))
        with file.open("rb") as source, writing_bytes(target, is_backup=True) as copy:
            shutil.copyfileobj(source, copy, _PIECE)
        if _digest(file) != _digest(target):
            target.unlink()
            raise OSError(5, os.strerror(5))
    except OSError as error:
        raise InfrastructureError("file_not_writable", str(target), error.strerror or "") from error


def _digest(file: Path) -> bytes:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
