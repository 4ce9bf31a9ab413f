"""What a recorded sale has written, written once more by bare sqlite3: the same rows at the same durability."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event

from db.engine.engine import database_url, open_engines
from db.store.unit_of_work import SqlStore

_WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b")
_RETURNING = re.compile(r"\s+RETURNING\s.*$", re.DOTALL)
_ONCE = re.compile(r"\s*INSERT INTO (sealed_text|sold_goods)\b")
"""What is written once for all sales that say it: the same sale once more finds it there."""
_INTO = re.compile(r"\s*INSERT INTO \"?(\w+)\"? \(([^)]*)\)")

_Write = tuple[str, list[tuple[Any, ...]]]
"""A statement and the rows that it is run with."""


@contextmanager
def written(store: SqlStore) -> Iterator[list[_Write]]:
    """What is written meanwhile, statement by statement; the same one several times in a row is one with its rows."""
    writes: list[_Write] = []
    engine = store._engines.writing  # a benchmark looks behind the port

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, is_many: bool) -> None:
        if not _WRITES.match(statement) or _ONCE.match(statement):
            return
        bare = _RETURNING.sub("", statement)
        rows = [tuple(row) for row in parameters] if is_many else [tuple(parameters)]
        if writes and writes[-1][0] == bare:
            writes[-1][1].extend(rows)
        else:
            writes.append((bare, rows))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        yield writes
    finally:
        event.remove(engine, "before_cursor_execute", hear)


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sale as its statements: those of the open payment, and those of the sale itself."""

    held: Sequence[_Write]
    sold: Sequence[_Write]


class BareTill:
    """Writes recorded sales into a store of its own, each under the next numbers and under fresh keys."""

    def __init__(self, folder: Path) -> None:
        self._engines = open_engines(database_url(None, folder))
        self._raw = self._engines.writing.raw_connection()
        self._run: Any = self._raw.driver_connection
        self._next = {
            "sale_id": self._last("SELECT max(id) FROM sale"),
            "visitor_id": self._last("SELECT max(id) FROM visitor"),
            "sale.number": self._last("SELECT max(number) FROM sale"),
            "journal.number": self._last("SELECT max(number) FROM journal"),
        }
        self._count = 0

    def _last(self, question: str) -> int:
        return self._run.execute(question).fetchone()[0] or 0

    def prepared(self, recorded: Recorded) -> tuple[Callable[[], None], Callable[[], None]]:
        """The same again: what opens the payment, and what records the sale."""
        self._count += 1
        texts: dict[str, str] = {}
        held = [self._fresh(write, texts) for write in recorded.held]
        for name in ("sale_id", "sale.number"):
            self._next[name] += 1
        sold = [self._fresh(write, texts) for write in recorded.sold]
        return lambda: self._write(held), lambda: self._write(sold)

    def _write(self, writes: Sequence[_Write]) -> None:
        run = self._run
        run.execute("BEGIN IMMEDIATE")
        for statement, rows in writes:
            if len(rows) == 1:
                run.execute(statement, rows[0])
            else:
                run.executemany(statement, rows)
        run.execute("COMMIT")

    def _fresh(self, write: _Write, texts: dict[str, str]) -> _Write:
        """The rows with other keys and the numbers that come next; whatever else is theirs stays."""
        statement, rows = write
        into = _INTO.match(statement)
        table, names = (into[1], [name.strip(' "') for name in into[2].split(",")]) if into else ("", [])
        if table == "visitor":
            self._next["visitor_id"] += 1
        made = []
        for row in rows:
            if table == "journal":
                self._next["journal.number"] += 1
            values = list(row)
            for index, name in enumerate(names):
                number = self._next.get(name, self._next.get(f"{table}.{name}"))
                if number is not None and values[index] is not None:
                    values[index] = number
                elif name in ("key", "document_key"):
                    texts.setdefault(values[index], f"{self._count:08d}{values[index]}"[: len(values[index])])
            if statement.startswith("UPDATE visitor "):
                values[-1] = self._next["visitor_id"]
            made.append(tuple(texts.get(value, value) if isinstance(value, str) else value for value in values))
        return statement, made

    def close(self) -> None:
        """Let go of the file."""
        self._raw.close()
        self._engines.dispose()
