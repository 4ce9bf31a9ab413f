"""Read departures from a gate's file, CSV or TSV in UTF-8, GB18030 or Windows-1251."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.application.tables.raw_table import RawTable
from pos.domain.errors import BadField
from pos.exports.delimited import read_delimited

LONGEST_FILE = 10 * 1024 * 1024

_ENCODINGS = ("utf-8-sig", "gb18030", "cp1251")
"""Tried in this order: valid UTF-8 is hardly anything else, and Cyrillic letters before a comma are invalid GB18030."""


@contextmanager
def reading(path: Path) -> Iterator[RawTable]:
    """The rows of a gate's file. Raises BadField for no file, or one longer than 10 MB."""
    try:
        with path.open("rb") as file:
            raw = file.read(LONGEST_FILE + 1)
    except FileNotFoundError as error:
        raise BadField("FILE", "not_found", path.name) from error
    except OSError as error:
        raise BadField("FILE", "not_readable", f"{path.name}: {error.strerror}") from error
    if len(raw) > LONGEST_FILE:
        raise BadField("FILE", "too_long", path.name)
    yield read_delimited(io.BytesIO(_utf8(raw)), path.name, "\t" if path.suffix.lower() in (".tsv", ".tab") else None)


def _utf8(raw: bytes) -> bytes:
    """The same text in UTF-8. The needed columns are ASCII; other encodings matter for names only."""
    for encoding in _ENCODINGS:
        try:
            return raw.decode(encoding).encode()
        except UnicodeDecodeError:
            continue
    return raw
