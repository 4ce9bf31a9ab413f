"""The journal as CSV for a spreadsheet, guarded against formulas."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path

from pos.application.ports.journal_ports import JournalEntry
from pos.application.reports.journal_formatter import JournalFormatter
from pos.exports.safe_text import escaped, guarded
from pos.exports.whole_file import writing

COLUMNS = ("at", "till", "number", "person", "act", "text", "facts", "mac")


def write_journal(file: Path, entries: Iterable[JournalEntry], formatter: JournalFormatter, stamp: str = "") -> int:
    """One row per entry, in UTF-8: `at` in the shop's time zone, `facts` as stored JSON; `stamp` begins each.

    Raises InfrastructureError.
    """
    rows, before = 0, [guarded(stamp)] if stamp else []
    with writing(file) as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([*before, *COLUMNS])
        for one in entries:
            facts = json.dumps(one.details, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            texts = (one.person, one.act, formatter.sentence(one), facts)
            at = one.at.astimezone(formatter.zone).isoformat()
            writer.writerow([*before, at, one.till, one.number, *(guarded(escaped(text)) for text in texts), one.mac])
            rows += 1
    return rows
