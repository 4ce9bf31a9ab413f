"""Add files to an export folder: none overwrites another, each is written atomically."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from pos.application.files.atomic_write import remove_file, write_atomically
from pos.domain.errors import InfrastructureError

_AS_ITS_FOLDER_SAYS = 0o666
"""Whom a shop lets read its exports is set at the folder."""


def keep_file(folder: Path, name: str, content: bytes) -> str:
    """Write `content` under `name`, or with _2, _3 … appended if another file has the name; returns the name used.

    Equal content under this name is not written again. A missing folder is not created: where a disk is not mounted it
    would be an empty one. Raises InfrastructureError("export_folder", folder, why).
    """
    try:
        if not folder.is_dir():
            raise FileNotFoundError(2, os.strerror(2))
        for target in _names(folder, name):
            if _claimed(target):
                break
            if target.read_bytes() == content:
                return target.name
        _write(target, content)
    except OSError as error:
        raise InfrastructureError("export_folder", str(folder), error.strerror or "") from error
    return target.name


def _names(folder: Path, name: str) -> Iterator[Path]:
    path = folder / name
    yield path
    yield from (path.with_stem(f"{path.stem}_{n}") for n in count(2))


def _claimed(target: Path) -> bool:
    """Whether the name is now reserved: it was free, or an empty file of an interrupted write."""
    try:
        target.open("xb").close()
    except FileExistsError:
        return target.is_file() and target.stat().st_size == 0
    return True


def _write(target: Path, content: bytes) -> None:
    try:
        write_atomically(target, content, mode=_AS_ITS_FOLDER_SAYS)
    except OSError:
        with suppress(OSError):
            if target.stat().st_size == 0:
                remove_file(target)
        raise
