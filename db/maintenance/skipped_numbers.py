"""Numbers of receipts and Zs that were skipped: by a restore, since the books that it replaced may have given them out
already, and where printouts bear them that these books do not know.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables.shop import journal
from pos.application.access.numbers_given import OLDER_BOOKS
from pos.application.maintenance.restore_ports import RESTORE
from pos.domain.receipt_number import receipt_number
from pos.domain.shifts.shift_report import z_name

RECEIPTS, ZS = "skipped", "skipped_z"
"""The facts of the journal's entry."""
_RANGE = re.compile(r"([A-Z][A-Z0-9]{0,7})-Z?([0-9]{6,9}) – \1-Z?([0-9]{6,9})")
_NAMES = {RECEIPTS: receipt_number, ZS: z_name}


@dataclass(frozen=True, slots=True)
class SkippedNumbers:
    """The last number of each range that was skipped, by its till and its first number."""

    ranges: Mapping[tuple[str, int], int]

    def following(self, till: str, number: int) -> int:
        """The number that follows `number` where it is not skipped, or the one after the range."""
        number += 1
        while (till, number) in self.ranges:
            number = self.ranges[till, number] + 1
        return number


def skipped_numbers(connection: Connection, what: str) -> SkippedNumbers:
    """What was skipped in these books, of RECEIPTS or of ZS."""
    entries = connection.execute(select(journal.c.details).where(journal.c.act.in_((RESTORE, OLDER_BOOKS)))).scalars()
    return SkippedNumbers({(till, first): last for details in entries for till, first, last in _ranges(details, what)})


def range_text(what: str, till: str, first: int, last: int) -> str:
    """A range as the journal has it: T1-000213 – T1-000240."""
    name = _NAMES[what]
    return f"{name(till, first)} – {name(till, last)}"


def _ranges(details: str, what: str) -> Iterator[tuple[str, int, int]]:
    try:
        matches = [_RANGE.fullmatch(one) for one in json.loads(details).get(what, ())]
    except (ValueError, TypeError, AttributeError):
        return  # only a till writes here; the chain names any other writer
    for match in matches:
        if match is not None and int(match[2]) <= int(match[3]):
            yield match[1], int(match[2]), int(match[3])
