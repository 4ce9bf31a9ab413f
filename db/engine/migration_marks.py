"""The mark of a move in old books, which every connection to them reads before its first step."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db.engine.real_path import real_path
from pos.domain.errors import StoreError

MOVING, MOVED = "moving", "moved"
ROW = "_moved"
"""The name among the options of a server's books; options never begin with a line."""
_TROUBLES = {MOVING: "move_unfinished", MOVED: "moved"}


@dataclass(frozen=True, slots=True)
class MigrationMark:
    """The marks of a move: how far it has come, to where (without a password), when and by whom."""

    state: str
    to: str
    at: str = ""
    by: str = ""

    def as_text(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    def as_trouble(self) -> StoreError:
        """The refusal that a till gets."""
        return StoreError(_TROUBLES[self.state], self.to)


def read_said(text: str) -> MigrationMark:
    """The stored marks; a text without any still means that the shop has moved, as older programs wrote it."""
    try:
        mark = json.loads(text)
        state = str(mark.get("state", MOVED))
        return MigrationMark(
            state if state in _TROUBLES else MOVED, *(str(mark.get(name, "")) for name in ("to", "at", "by"))
        )
    except (ValueError, AttributeError):
        return MigrationMark(MOVED, "")


def moved_mark(file: Path) -> Path:
    """The note beside a store that its shop moves or has moved."""
    return file.with_name(f"{file.name}.moved")


def check_note(file: Path) -> None:
    """Refuse the file of a shop that has moved, also through a link. Raises StoreError, as Said has it."""
    note = next((note for note in (moved_mark(file), moved_mark(real_path(file))) if note.exists()), None)
    if note is None:
        return
    try:
        said = read_said(note.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        said = MigrationMark(MOVED, "")
    raise (said if said.to else MigrationMark(said.state, str(note))).as_trouble()


def check_row(connection: Any) -> None:
    """Refuse a server's books whose shop has moved, over a connection of the driver. Raises StoreError as above."""
    with connection.cursor() as cursor:
        if cursor.execute("SELECT to_regclass('setting')").fetchone() != (None,):
            row = cursor.execute("SELECT text FROM setting WHERE name = %s", (ROW,)).fetchone()
            if row is not None:
                raise read_said(str(row[0])).as_trouble()
    connection.rollback()
