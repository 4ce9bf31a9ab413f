"""Read delimited text as a stream: a broken row of any bytes costs that row only, and memory stays constant."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import BinaryIO

from pos.application.catalogue.catalogue_columns import is_code_column
from pos.application.tables.raw_table import RawRow, RawTable
from pos.domain.errors import BadField
from pos.exports.encodings import NAMES, UNREADABLE, UTF8, decoder_of
from pos.exports.safe_text import unguarded

LONGEST_ROW = 100_000
"""Most characters in a row. Python's csv gives up at 131,072 in a cell; no product name comes near that."""

MOST_LINES = 50
"""Most lines in a row: cells may contain line breaks, but an unclosed quote would swallow the file."""

_DELIMITERS = (",", ";", "\t")
_RAW_BYTE = re.compile("[\ud800-\udfff]")  # a byte that could not be decoded, as UNREADABLE keeps it
_SEPARATOR_LINE = re.compile(r"sep=([,;\t])\s*", re.IGNORECASE)  # Excel's own first line


def read_delimited(stream: BinaryIO, name: str, delimiter: str | None, encoding: str = UTF8) -> RawTable:
    """The table in the bytes of an encoding, with or without a byte order mark; a `delimiter` of None is detected from
    the header.

    Blank rows are skipped. Raises BadField for a file without a readable header.
    """
    codec = decoder_of(encoding)
    try:
        lines = _Lines(io.TextIOWrapper(stream, encoding=codec, errors=UNREADABLE, newline=""), NAMES[encoding])
        used, rows = _opened(lines, delimiter)
        header = next(rows)
    except UnicodeError:  # UTF-16 without a byte order mark
        raise BadField("header", "encoding", name[:40]) from None
    if header.fault:
        raise BadField("header", header.fault, name[:40])
    return RawTable(name, [cell.strip() for cell in header.cells], rows, encoding, used)


class _RowTooLongError(Exception):
    """The lines since the last record cannot be one row."""


class _Lines:
    """Lines for csv.reader; keeps those of the current record, so that they can be parsed another way."""

    def __init__(self, text: io.TextIOWrapper, encoding: str) -> None:
        self._text = text
        self.encoding = encoding
        self._waiting: deque[str] = deque()
        self._length = 0
        self.served: list[str] = []
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else self._read()
        if not line:
            raise StopIteration
        self.number += 1
        self._length += len(line)
        self.served.append(line)
        if self._length > LONGEST_ROW or len(self.served) > MOST_LINES:
            raise _RowTooLongError
        return line

    def _read(self) -> str:
        """The next line; of a line longer than a row only enough to detect that."""
        line = rest = self._text.readline(LONGEST_ROW + 1)
        while len(rest) > LONGEST_ROW and not rest.endswith(("\r", "\n")):
            rest = self._text.readline(LONGEST_ROW + 1)
        return line

    def let_go(self) -> None:
        """Detach the wrapper: the caller's stream stays open."""
        with suppress(ValueError):  # already closed by the caller
            self._text.detach()

    def next_record(self) -> None:
        """Forget the kept lines: they became a row."""
        self.served.clear()
        self._length = 0

    def give_back(self, lines: Sequence[str]) -> None:
        """Serve these lines of the current record again, and drop the others."""
        self.number -= len(lines)
        self._waiting.extendleft(reversed(lines))
        self.next_record()


def _first_line(lines: _Lines) -> str:
    """The first line with content, without the byte order mark."""
    try:
        line = next((line for line in lines if line.strip()), "")
    except _RowTooLongError:
        raise BadField("header", "cell_too_long") from None
    if not line:
        raise BadField("header", "empty")
    lines.next_record()
    return line


def _detect_delimiter(lines: _Lines, delimiter: str | None) -> str:
    first = _first_line(lines)
    if (match := _SEPARATOR_LINE.fullmatch(first)) is not None:
        delimiter = delimiter or match[1]
        first = _first_line(lines)
    lines.give_back([first])
    return delimiter or _guessed(first)


def _guessed(header: str) -> str:
    """The delimiter under which the header has a code column, or else the most columns."""

    def merit(delimiter: str) -> tuple[bool, int]:
        cells = next(csv.reader([header], delimiter=delimiter), [])
        return any(is_code_column(cell) for cell in cells), len(cells)

    return max(_DELIMITERS, key=merit)


def _opened(lines: _Lines, delimiter: str | None) -> tuple[str, Iterator[RawRow]]:
    """The delimiter and the rows, the header first. Raises BadField if there is none."""
    try:
        used = _detect_delimiter(lines, delimiter)
    except BaseException:
        lines.let_go()
        raise
    return used, _records(lines, used)


def _records(lines: _Lines, delimiter: str) -> Iterator[RawRow]:
    try:
        reader = csv.reader(lines, delimiter=delimiter, strict=True)
        while True:
            number = lines.number + 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except (_RowTooLongError, csv.Error) as error:
                yield _broken(lines, number, delimiter, isinstance(error, _RowTooLongError))
                continue
            lines.next_record()
            if cells:
                yield _row(number, cells, lines.encoding)
    finally:
        lines.let_go()


def _broken(lines: _Lines, number: int, delimiter: str, is_too_long: bool) -> RawRow:
    """The first line of an invalid row; the lines after it are parsed again."""
    first, *others = lines.served
    lines.give_back(others)
    if is_too_long and not others:
        return RawRow(number, _leniently(first[:1_000], delimiter), "cell_too_long", f"over {LONGEST_ROW} characters")
    if others or first.count('"') % 2:
        return RawRow(number, _leniently(first[:1_000], delimiter), "unclosed_quote")
    # `"Coca" Cola`: misplaced but closed quotes; read as a spreadsheet shows it.
    return _row(number, _leniently(first, delimiter), lines.encoding)


def _leniently(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _row(number: int, cells: list[str], encoding: str) -> RawRow:
    for index, cell in enumerate(cells):
        if cell[:1] == "'":
            cells[index] = unguarded(cell)
    raw = None if (joined := "\x1f".join(cells)).isascii() else _RAW_BYTE.search(joined)
    if raw is not None:
        return RawRow(number, cells, "encoding", f"byte 0x{ord(raw[0]) - 0xDC00:02X} is not {encoding}")
    return RawRow(number, cells)
