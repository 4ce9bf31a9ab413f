"""The shop's folder as a till sees it at start-up: disk space, and the receipts in it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DAYS = 3
"""Days with receipts that are searched, the newest first."""


@dataclass(frozen=True, slots=True)
class FolderSurroundings:
    """State of the shop's `folder`, read on each call; changes nothing."""

    folder: Path

    def free(self) -> int | None:
        try:
            return shutil.disk_usage(self.folder).free
        except OSError:
            return None

    def newest_paper(self, till: str) -> int:
        """Receipts/2026/11/24/T1-000123.pdf, its copies and slips."""
        of_till = re.compile(rf"{re.escape(till)}-([0-9]{{6,9}})(-.*)?\.pdf")
        numbers = [0]
        with suppress(OSError):
            for day, _ in zip(self._days(), range(_DAYS)):
                matches = (of_till.fullmatch(file.name) for file in day.iterdir())
                numbers += [int(name[1]) for name in matches if name]
        return max(numbers)

    def _days(self) -> Iterator[Path]:
        for year in _numbered(self.folder / "receipts"):
            for month in _numbered(year):
                yield from _numbered(month)


def _numbered(folder: Path) -> list[Path]:
    """The numbered folders (years, months or days) in a folder, newest first."""
    return sorted((one for one in folder.iterdir() if one.name.isdigit()), key=lambda one: one.name, reverse=True)
