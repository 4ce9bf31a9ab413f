"""The journal as a table: one sentence an entry."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.ports.journal_ports import JournalCursor, JournalEntry, JournalFilter
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.reports.journal_kinds import KIND_NAMES, kind_of
from pos.application.reports.read_journal import RIGHT, ReadJournal, formatted_entry
from pos.application.tables.listing import Listing, ListReader, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import instant_text
from pos.application.text.typography import labelled, parted
from pos.application.text.words import N_

_PAGE = 500


def journal(read: ReadJournal, query: JournalFilter, kind: str = "") -> Listing:
    """Entries of the journal, newest first; `kind` is the selected one of KIND_NAMES."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, zone = reader.words, reader.settings.zone
        teller = JournalFormatter(words, zone, reader.settings.price, reader.names)
        columns = [
            Column(words("When"), CellKind.INSTANT),
            Column(words("Till")),
            Column(words("Number"), CellKind.COUNT),
            Column(words("Who")),
            Column(words("Type")),
            Column(words("Event")),
            Column(words("Facts")),
        ]

        def page(before: JournalCursor | None) -> tuple[Sequence[JournalEntry], JournalCursor | None]:
            entries = read(query, reader.person, _PAGE, before)
            return entries.entries, entries.next

        facts = [
            (words("Type"), words(KIND_NAMES[kind]) if kind in KIND_NAMES else ""),
            (words("Who"), teller.person(query.person) if query.person else ""),
            (words("Till"), query.till),
            (words("From"), instant_text(query.since, zone, words.language) if query.since else ""),
            (words("To"), instant_text(query.until, zone, words.language) if query.until else ""),
            (words("Search"), query.text),
        ]
        rows = (_entry(one, teller) for one in in_pages(page))
        return [reader.table("journal", words("Journal"), columns, rows, facts)]

    return Listing("journal", N_("Journal"), RIGHT, make, formatted_entry(query))


def _entry(one: JournalEntry, teller: JournalFormatter) -> Sequence[Cell]:
    words, kind = teller.words, kind_of(one.act)
    return (
        one.at,
        one.till,
        one.number,
        teller.person(one.person),
        words(KIND_NAMES[kind]) if kind else one.act,
        teller.sentence(one),
        parted(words, (labelled(words, name, text) for name, text in teller.facts(one))),
    )
