"""Runs of imports, their undo, and the columns of files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from db.catalogue.import_undo import put_back, take_out
from db.tables.catalogue import import_mapping, import_run
from pos.application.ports.catalogue_ports import RUNNING, UNDONE, ImportRun, RememberedColumns, UndoneBatch

_BEGIN = insert(import_run).returning(import_run.c.id)
_RECENT = select(import_run).order_by(import_run.c.id.desc()).limit(bindparam("most"))
_STANDING = select(import_run).where(import_run.c.state != UNDONE).order_by(import_run.c.id.desc())
_STATE = select(import_run.c.state).where(import_run.c.id == bindparam("run"))
_OF_HEADER = select(import_mapping.c.columns).where(import_mapping.c.header == bindparam("key"))
_FORGET = delete(import_mapping).where(import_mapping.c.header == bindparam("key"))


class SqlImports:
    """Imports over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin(self, file: str, at: datetime, person: str) -> int:
        row = {"file": file, "at": at, "person": person, "state": RUNNING, "counts": "{}"}
        return int(self._connection.execute(_BEGIN, row).scalar_one())

    def end(self, run: int, state: str, counts: Mapping[str, int]) -> None:
        values = {"state": state, "counts": json.dumps(dict(counts))}
        self._connection.execute(update(import_run).where(import_run.c.id == run).values(values))

    def recent(self, limit: int) -> list[ImportRun]:
        return [_run(row) for row in self._connection.execute(_RECENT, {"most": limit})]

    def last(self) -> ImportRun | None:
        runs = (_run(row) for row in self._connection.execute(_STANDING))
        return next((run for run in runs if run.has_changed_something), None)

    def state(self, run: int) -> str:
        return str(self._connection.execute(_STATE, {"run": run}).scalar_one())

    def take_out(self, run: int, after: int, limit: int) -> UndoneBatch:
        return take_out(self._connection, run, after, limit)

    def put_back(self, run: int, after: int, limit: int, at: datetime, person: str) -> UndoneBatch:
        return put_back(self._connection, run, after, limit, at, person)

    def mark_undone(self, run: int, at: datetime, person: str) -> None:
        values = {"state": UNDONE, "undone_at": at, "undone_by": person}
        self._connection.execute(update(import_run).where(import_run.c.id == run).values(values))

    def columns_of(self, header: str) -> RememberedColumns | None:
        text = self._connection.execute(_OF_HEADER, {"key": header}).scalar_one_or_none()
        if text is None:
            return None
        columns = json.loads(text)
        return RememberedColumns(tuple(columns["columns"]), columns.get("decimal", ""))

    def remember_columns(self, header: str, columns: RememberedColumns, at: datetime) -> None:
        self._connection.execute(_FORGET, {"key": header})
        text = json.dumps({"columns": columns.columns, "decimal": columns.decimal}, ensure_ascii=False)
        self._connection.execute(insert(import_mapping), {"header": header, "columns": text, "at": at})


def _run(row: Row[Any]) -> ImportRun:
    counts = {name: int(count) for name, count in json.loads(row.counts).items()}
    return ImportRun(row.id, row.file, row.at, row.person, row.state, counts, row.undone_at, row.undone_by)
