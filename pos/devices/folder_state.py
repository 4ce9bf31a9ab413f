"""The shop's folder as a till sees it at start-up: disk space, and the receipts in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

_DAYS = 3
"""Days with receipts of a till that are searched, the newest first."""
_LONGEST_REST = 100
"""Days of the shop among which they are: a till that rests longer is not waited for at each start."""


@dataclass(frozen=True, slots=True)
class FolderSurroundings:
    """State of the shop's `folder`, read on each call; changes nothing."""

    folder: Path
    has_the_books: bool = True

    def free(self) -> int | None:
        try:
            return shutil.disk_usage(self.folder).free
        except OSError:
            return None

    def newest_printout(self, till: str) -> int:
        """Receipts/2026/11/24/T1-000123.pdf, its copies and slips."""
        return _newest(self._days(), re.compile(rf"{re.escape(till)}-([0-9]{{6,9}})(-.*)?\.pdf"))

    def newest_z(self, till: str) -> int:
        """Zreports/2026/11/T1-Z000012.pdf, its copies and sheets."""
        return _newest(self._months("zreports"), re.compile(rf"{re.escape(till)}-Z([0-9]{{6,9}})(-.*)?\.pdf"))

    def _days(self) -> Iterator[Path]:
        for month in self._months("receipts"):
            yield from _numbered(month)

    def _months(self, printouts: str) -> Iterator[Path]:
        for year in _numbered(self.folder / printouts):
            yield from _numbered(year)


class PrintoutNumbers:
    """The newest numbers on the printouts in a folder, by till, looked for once."""

    def __init__(self, surroundings: FolderSurroundings) -> None:
        self._surroundings = surroundings
        self._receipts: dict[str, int] = {}
        self._zs: dict[str, int] = {}

    def receipt(self, till: str) -> int:
        if till not in self._receipts:
            self._receipts[till] = self._surroundings.newest_printout(till)
        return self._receipts[till]

    def z(self, till: str) -> int:
        if till not in self._zs:
            self._zs[till] = self._surroundings.newest_z(till)
        return self._zs[till]


def _newest(folders: Iterator[Path], name: re.Pattern[str]) -> int:
    """The highest number among the newest folders that have any; 0 for none, and where they cannot be read."""
    numbers, days_with_files = [0], 0
    with suppress(OSError):
        for folder in islice(folders, _LONGEST_REST):
            matches = (name.fullmatch(file.name) for file in folder.iterdir())
            here = [int(match[1]) for match in matches if match]
            numbers += here
            days_with_files += bool(here)
            if days_with_files == _DAYS:
                break
    return max(numbers)


def _numbered(folder: Path) -> list[Path]:
    """The numbered folders (years, months or days) in a folder, newest first."""
    return sorted((one for one in folder.iterdir() if one.name.isdigit()), key=lambda one: one.name, reverse=True)
