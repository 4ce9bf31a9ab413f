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
from pos.application.text.typography import labelled, parted
from pos.application.text.words import N_, Words

_PAGE = 500


def journal(read: ReadJournal, query: JournalFilter, kind: str = "") -> Listing:
    """Entries of the journal, newest first; `kind` is the selected one of KIND_NAMES."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, zone = reader.words, reader.settings.zone
        formatter = JournalFormatter(words, zone, reader.settings.price, reader.names)
        columns: list[ColumnOf[JournalEntry]] = [
            ColumnOf(words("When"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(words("Till"), lambda one: one.till),
            ColumnOf(words("Number"), lambda one: one.number, CellKind.COUNT),
            ColumnOf(words("Who"), lambda one: formatter.person(one.person)),
            ColumnOf(words("Type"), lambda one: _kind(one.act, words)),
            ColumnOf(words("Event"), formatter.sentence),
            ColumnOf(words("Facts"), lambda one: _facts(one, formatter)),
        ]

        def page(before: JournalCursor | None) -> tuple[Sequence[JournalEntry], JournalCursor | None]:
            entries = read(query, reader.person, _PAGE, before)
            return entries.entries, entries.next

        facts = [
            (words("Type"), words(KIND_NAMES[kind]) if kind in KIND_NAMES else ""),
            (words("Who"), formatter.person(query.person) if query.person else ""),
            (words("Till"), query.till),
            (words("From"), instant_text(query.since, zone, words.language) if query.since else ""),
            (words("To"), instant_text(query.until, zone, words.language) if query.until else ""),
            (words("Search"), query.text),
        ]
        return [reader.table_of("journal", words("Journal"), columns, in_pages(page), facts)]

    return Listing("journal", N_("Journal"), RIGHT, make, formatted_entry(query))


def _kind(act: str, words: Words) -> str:
    kind = kind_of(act)
    return words(KIND_NAMES[kind]) if kind else act


def _facts(one: JournalEntry, formatter: JournalFormatter) -> str:
    words = formatter.words
    return parted(words, (labelled(words, name, text) for name, text in formatter.facts(one)))
