"""The folder of the shop as a till finds it: room on its disk, and the receipts that lie there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_DAYS = 3
"""Days with receipts that are looked through, the newest first."""


@dataclass(frozen=True, slots=True)
class FolderSurroundings:
    """What the shop's `folder` says; it is asked each time, and changes nothing."""

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
                found = (of_till.fullmatch(paper.name) for paper in day.iterdir())
                numbers += [int(name[1]) for name in found if name]
        return max(numbers)

    def _days(self) -> Iterator[Path]:
        for year in _numbered(self.folder / "receipts"):
            for month in _numbered(year):
                yield from _numbered(month)


def _numbered(folder: Path) -> list[Path]:
    """The folders of years, months or days in a folder, newest first."""
    return sorted((one for one in folder.iterdir() if one.name.isdigit()), key=lambda one: one.name, reverse=True)
