"""The shop's books of allowances as a file for the center: no visitor, no document, no product, no receipt."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.report_ports import AllowanceLine
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

RIGHT = "reports"
FORMAT = "border-pos center books 1"
_MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class CenterBooks:
    """The file, and how many lines it has."""

    content: bytes
    lines: int


@dataclass(frozen=True, slots=True)
class ExportCenterBooks(UseCase):
    """Needs the permission `reports`; who exported is in the journal."""

    def __call__(self, person: Person, first: date, last: date) -> CenterBooks:
        """The lines of the days from `first` to `last` by the shop's clock. Raises BadField."""
        if last < first:
            raise BadField("to", "before_from", last.isoformat())
        if (last - first).days >= _MOST_DAYS or last.year >= date.max.year or first.year <= date.min.year:
            raise BadField("to", "out_of_range", last.isoformat())
        zone, now = self.settings().zone, self.now()
        since, until = (datetime.combine(day, time(0), zone) for day in (first, last + timedelta(days=1)))
        days = {"since": first.isoformat(), "until": last.isoformat()}
        JournalExport(self.store, self.now, self.till)(person, RIGHT, "center_books", **days)
        with authorized_read(self.store, person, RIGHT) as work:
            lines = [_line(line) for line in work.reports.allowance_lines(since, until)]
        books = {
            "format": FORMAT,
            "from": since.isoformat(),
            "until": until.isoformat(),
            "made_at": now.astimezone(zone).isoformat(),
            "lines": lines,
        }
        return CenterBooks((json.dumps(books, indent=1) + "\n").encode("ascii"), len(lines))


def _line(line: AllowanceLine) -> dict[str, object]:
    return {
        "sale": line.sale,
        "line": line.line,
        "at": line.at.isoformat(),
        "regime": line.regime,
        "category": line.category,
        "units": line.units,
        "returned": line.returned,
    }
