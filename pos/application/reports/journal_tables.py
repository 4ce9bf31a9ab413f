"""The journal as a table: one sentence an entry."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.journal_ports import JournalCursor, JournalEntry, JournalFilter
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.reports.journal_kinds import KIND_NAMES, kind_of
from pos.application.reports.read_journal import RIGHT, ReadJournal, formatted_entry
from pos.application.tables.listing import ColumnOf, Listing, ListReader, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.text.formatting import instant_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, parted

_PAGE = 500


def journal(read: ReadJournal, query: JournalFilter, kind: str = "") -> Listing:
    """Entries of the journal, newest first; `kind` is the selected one of KIND_NAMES."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, zone = reader.translator, reader.settings.zone
        formatter = JournalFormatter(tr, zone, reader.settings.price, reader.names)
        columns: list[ColumnOf[JournalEntry]] = [
            ColumnOf(tr("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Till"), lambda one: one.till),
            ColumnOf(tr("Number"), lambda one: one.number, CellKind.COUNT),
            ColumnOf(tr("Who"), lambda one: formatter.person(one.person)),
            ColumnOf(tr("Type"), lambda one: _kind(one.event, tr)),
            ColumnOf(tr("Event"), formatter.sentence),
            ColumnOf(tr("Facts"), lambda one: _fields_text(one, formatter)),
        ]

        def page(before: JournalCursor | None) -> tuple[Sequence[JournalEntry], JournalCursor | None]:
            entries = read(query, reader.person, _PAGE, before)
            return entries.entries, entries.next

        properties = [
            (tr("Type"), tr(KIND_NAMES[kind]) if kind in KIND_NAMES else ""),
            (tr("Who"), formatter.person(query.person) if query.person else ""),
            (tr("Till"), query.till),
            (tr("From"), instant_text(query.since, zone, tr.language) if query.since else ""),
            (tr("To"), instant_text(query.until, zone, tr.language) if query.until else ""),
            (tr("Search"), query.text),
        ]
        return [reader.table_of("journal", tr("Journal"), columns, in_pages(page), properties)]

    return Listing("journal", N_("Journal"), RIGHT, make, formatted_entry(query))


def _kind(event: str, tr: Translator) -> str:
    kind = kind_of(event)
    return tr(KIND_NAMES[kind]) if kind else event


def _fields_text(one: JournalEntry, formatter: JournalFormatter) -> str:
    tr = formatter.translator
    return parted(tr, (labelled(tr, name, text) for name, text in formatter.recorded_fields(one)))
