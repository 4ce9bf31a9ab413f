"""Catalogue files of any origin: detect the format, read the rows one at a time."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from pos.application.catalogue.catalogue_files import FileLook, ReadAs
from pos.application.tables.raw_table import RawTable
from pos.application.text.file_names import file_name_of
from pos.domain.errors import BadField
from pos.exports.catalogue_csv import TABBED, catalogue_file, rejects_file, write_catalogue
from pos.exports.catalogue_template import write_template
from pos.exports.delimited import read_delimited
from pos.exports.encodings import encoding_named, encoding_of, encoding_of_file
from pos.exports.xlsx_guard import kind_of

__all__ = ["catalogue_file", "look", "read_catalogue", "reading", "rejects_file", "write_catalogue", "write_template"]

DELIMITERS = {",": ",", ";": ";", "\t": "\t", "tab": "\t", "\\t": "\t"}
AS_FOUND = ReadAs()


def look(path: Path, how: ReadAs = AS_FOUND, rows: int = 20) -> FileLook:
    """Preview of a file. Raises BadField for unreadable files."""
    with ExitStack() as stack:
        table, sheets = stack.enter_context(_reading(path, how))
        first = tuple(islice(table.rows, rows))
        size = path.stat().st_size
        return FileLook(
            file_name_of(path), size, table.encoding, table.delimiter, sheets, table.sheet, table.header, first
        )


@contextmanager
def reading(path: Path, how: ReadAs = AS_FOUND) -> Iterator[RawTable]:
    """A catalogue file, open while its rows are read. Raises BadField for unreadable files."""
    with _reading(path, how) as (table, _):
        yield table


def read_catalogue(stream: BinaryIO, name: str = "-", how: ReadAs = AS_FOUND) -> RawTable:
    """The table in a byte stream; a `.tsv` is separated by tabs, other files as their header shows: `,` `;` or tab.

    The encoding of a stream that cannot seek is detected from its beginning.
    """
    delimiter = _delimiter(how.delimiter) or ("\t" if name.lower().endswith(TABBED) else None)
    if how.encoding:
        encoding = encoding_named(how.encoding)
    elif stream.seekable():
        encoding = encoding_of(stream)
        stream.seek(0)
    else:
        buffered = stream if isinstance(stream, io.BufferedReader) else None
        encoding = encoding_of(io.BytesIO(buffered.peek(1 << 16))) if buffered is not None else "utf-8"
    return read_delimited(stream, name, delimiter, encoding)


@contextmanager
def _reading(path: Path, how: ReadAs) -> Iterator[tuple[RawTable, tuple[str, ...]]]:
    try:
        if path.exists() and not path.is_file():  # a device never ends, and a pipe cannot be previewed
            raise BadField("FILE", "not_readable", path.name[:80])
        kind = kind_of(path)
        encoding = "" if kind == "xlsx" else encoding_named(how.encoding) if how.encoding else encoding_of_file(path)
        file = path.open("rb")
    except FileNotFoundError as error:
        raise BadField("FILE", "not_found", path.name[:80]) from error
    except OSError as error:
        raise BadField("FILE", "not_readable", f"{path.name[:80]}: {error.strerror}") from error
    with file:
        if kind == "xlsx":
            from pos.exports.xlsx_table import reading_workbook

            with reading_workbook(path, how.sheet) as (table, sheets):
                yield table, tuple(sheets)
        else:
            delimiter = _delimiter(how.delimiter) or ("\t" if path.suffix.lower() in TABBED else None)
            yield read_delimited(file, file_name_of(path), delimiter, encoding), ()


def _delimiter(text: str) -> str | None:
    if text and text not in DELIMITERS:
        raise BadField("delimiter", "not_one_of", text[:10])
    return DELIMITERS.get(text)
