"""Atomic file writes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, BinaryIO, TextIO

from pos.application.files.atomic_write import part_of, remove_file, replace_file
from pos.application.maintenance.protected_files import check_free
from pos.domain.errors import InfrastructureError


@contextmanager
def writing(path: Path, *, keep_part: bool = False) -> Iterator[TextIO]:
    """A text stream that becomes `path` when complete; an exception leaves the file as it was.

    `keep_part` puts the file in place after an exception too: half a list of rejected rows is useful. A target that is
    not a regular file (a pipe, a terminal) is written to directly. Raises BadField for books and keys of a shop,
    InfrastructureError when the disk refuses.
    """
    with _writing(path, lambda file: file.open("w", encoding="utf-8", newline=""), keep_part=keep_part) as stream:
        yield stream


@contextmanager
def writing_bytes(path: Path, *, is_backup: bool = False) -> Iterator[BinaryIO]:
    """A byte stream like that of `writing`; a backup may replace an older one."""
    with _writing(path, lambda file: file.open("wb"), keep_part=False, is_backup=is_backup) as stream:
        yield stream


@contextmanager
def _writing(
    path: Path, opened: Callable[[Path], IO[Any]], *, keep_part: bool, is_backup: bool = False
) -> Iterator[Any]:
    check_free(path, is_backup=is_backup)
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            with opened(target) as stream:
                yield stream
            return
        part = part_of(target)
        stream = opened(part)
    except OSError as error:
        raise _trouble(path, error) from error
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        replace_file(part, target)
    except BaseException as error:
        _finish_interrupted(part, target if keep_part else None)
        if isinstance(error, OSError):
            raise _trouble(path, error) from error
        raise


def _finish_interrupted(part: Path, target: Path | None) -> None:
    with suppress(OSError):
        if target is not None:
            replace_file(part, target)
        else:
            remove_file(part)


def _trouble(path: Path, error: OSError) -> InfrastructureError:
    """An error of this file, not of the store: an import stays recorded when its list of rejects meets a full disk."""
    return InfrastructureError("file_not_writable", str(path), error.strerror or "")
