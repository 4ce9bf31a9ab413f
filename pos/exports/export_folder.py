"""Files that go into a folder beside others: none takes the place of another, each is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from pos.domain.errors import InfrastructureError


def keep_file(folder: Path, name: str, content: bytes) -> str:
    """Write `content` under `name`, or with _2, _3 … behind it where another file has the name: the name it has.

    The same content under its name is there already. A folder that is away is not made: it would be an empty one where
    a disk is not mounted. Raises Trouble("export_folder", folder, why).
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
    """Whether the name is ours now: nobody had it, or an empty file that a write which broke off has left."""
    try:
        target.open("xb").close()
    except FileExistsError:
        return target.is_file() and target.stat().st_size == 0
    return True


def _write(target: Path, content: bytes) -> None:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except OSError:
        for left in (part, target):
            with suppress(OSError):
                if left is part or left.stat().st_size == 0:
                    left.unlink()
        raise
