"""The journal as a table: every entry a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.figures import instant_text
from pos.application.journal_kinds import KIND_NAMES, kind_of
from pos.application.journal_ports import JournalEntry, JournalPlace, JournalWanted
from pos.application.journal_sentences import JournalTeller
from pos.application.listing import Listing, Reader, in_pages
from pos.application.read_journal import RIGHT, ReadJournal, told_of
from pos.application.table import Cell, Column, Kind, Table
from pos.application.typography import labelled, parted
from pos.application.words import N_

_PAGE = 500


def journal(read: ReadJournal, wanted: JournalWanted, kind: str = "") -> Listing:
    """Entries of the journal, newest first; `kind` is the one of KIND_NAMES that is looked at."""

    def make(reader: Reader) -> Sequence[Table]:
        words, zone = reader.words, reader.settings.zone
        teller = JournalTeller(words, zone, reader.settings.price, reader.names)
        columns = [
            Column(words("When"), Kind.INSTANT),
            Column(words("Till")),
            Column(words("Number"), Kind.COUNT),
            Column(words("Who")),
            Column(words("Type")),
            Column(words("Event")),
            Column(words("Facts")),
        ]

        def page(before: JournalPlace | None) -> tuple[Sequence[JournalEntry], JournalPlace | None]:
            found = read(wanted, reader.person, _PAGE, before)
            return found.entries, found.next

        facts = [
            (words("Type"), words(KIND_NAMES[kind]) if kind in KIND_NAMES else ""),
            (words("Who"), teller.person(wanted.person) if wanted.person else ""),
            (words("Till"), wanted.till),
            (words("From"), instant_text(wanted.since, zone, words.language) if wanted.since else ""),
            (words("To"), instant_text(wanted.until, zone, words.language) if wanted.until else ""),
            (words("Search"), wanted.text),
        ]
        rows = (_entry(one, teller) for one in in_pages(page))
        return [reader.table("journal", words("Journal"), columns, rows, facts)]

    return Listing("journal", N_("Journal"), RIGHT, make, told_of(wanted))


def _entry(one: JournalEntry, teller: JournalTeller) -> Sequence[Cell]:
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
