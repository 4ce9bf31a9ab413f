"""Workbooks as they come from strangers, honest and not, made on the spot."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook


def a_workbook(path: Path, rows: Sequence[Sequence[Any]], shape: Callable[[Workbook], None] | None = None) -> Path:
    """A workbook of one sheet with these rows; `shape` does more to it before it is saved."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    if shape is not None:
        shape(book)
    book.save(path)
    return path


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """The same workbook with parts in place of its own, or beside them."""
    with zipfile.ZipFile(path) as archive:
        kept = {part.filename: archive.read(part) for part in archive.infolist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**kept, **parts}.items():
            archive.writestr(name, content)
    path.write_bytes(made.getvalue())
    return path


def part_of(path: Path, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)
