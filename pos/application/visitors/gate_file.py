"""Read the rows of a gate's file: time and document of a departure; a fault is named by row and field only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pos.application.tables.raw_table import RawRow, RawTable, bare, check_there, column_indexes
from pos.application.text.iso_dates import iso_instant
from pos.domain.border import border_in_force
from pos.domain.errors import BadField
from pos.domain.visitors.document import BadDocument, Document, read_mrz, read_typed

COLUMNS = ("time", "mrz1", "mrz2", "mrz3", "kind", "number", "country", "birth_date", "destination")
"""The columns of a gate's file: `time`, then the lines of a zone or a typed document, and optionally a destination."""

_KNOWN = {bare(name): name for name in COLUMNS}


class GateReject(NamedTuple):
    """A rejected row: its number in the file and the reason, never its content: that is a person's document."""

    row: int
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class GateRow:
    """A departure at `at`, with this document, to this destination (None: not given)."""

    row: int
    at: datetime
    document: Document
    destination: str | None


def read_gate(
    table: RawTable, today: date, check_instant: Callable[[datetime, str], datetime]
) -> Iterator[GateRow | GateReject]:
    """Read or reject each row that is not empty. Raises BadField for a header without the required columns.

    `check_instant(at, field)` returns the instant in UTC; it raises BadField for an impossible one.
    """
    indexes = column_indexes(table.header, _KNOWN)
    document = ("kind", "number") if "number" in indexes and "mrz1" not in indexes else ("mrz1", "mrz2")
    check_there(("time", *document), indexes)
    for raw in table.rows:
        if raw.fault:
            yield GateReject(raw.line, "row", raw.fault)
        elif any(cell.strip() for cell in raw.cells):
            yield _read(raw, indexes, today, check_instant)


def _read(
    raw: RawRow, indexes: Mapping[str, int], today: date, check_instant: Callable[[datetime, str], datetime]
) -> GateRow | GateReject:
    cells = {name: raw.cells[index].strip() for name, index in indexes.items() if index < len(raw.cells)}
    try:
        at = check_instant(_instant(cells.get("time", "")), "time")
        destination = cells.get("destination", "").upper() or None
        if destination not in (None, *border_in_force().sides):
            raise BadField("destination", "unknown")
        return GateRow(raw.line, at, _document(cells, today), destination)
    except (BadField, BadDocument) as error:
        return GateReject(raw.line, error.field, error.what)


def _instant(text: str) -> datetime:
    if not text:
        raise BadField("time", "missing")
    try:
        return iso_instant(text, any_year=True)
    except ValueError:
        raise BadField("time", "not_an_instant") from None


def _document(cells: Mapping[str, str], today: date) -> Document:
    if cells.get("mrz1"):
        return read_mrz([line for name in COLUMNS[1:4] if (line := cells.get(name))], today)
    if not cells.get("number"):
        raise BadField("number" if "number" in cells else "mrz1", "missing")
    kind = cells.get("kind", "").casefold()
    if not kind:
        raise BadField("kind", "missing")
    return read_typed(kind, cells["number"], cells.get("country"), cells.get("birth_date"), today)
