"""Linked documents, and their separation where they turn out to be two persons'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.application.center.book import flag_learned
from pos.application.center.ledgers import known_person
from pos.application.center.ports import CenterVisitor
from pos.application.center.requests import Person
from pos.application.center.turns import CONSOLE
from pos.application.center_console.account import Account, check_may_change
from pos.application.center_console.ports import ConsoleContext, ConsoleWork
from pos.application.center_console.refusals import NotLinked
from pos.domain.center.ledger import CameBack, LedgerEntry, LineId, MovedAway, Reassessed
from pos.domain.center.retention import lines_of
from pos.domain.errors import BadField

LONGEST_REASON = 200
SHOWN = 100
UNLINKED = "unlink"
"""The key under which the console writes on a ledger."""


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document that was linked to a visitor, both by the names that the journal has."""

    visitor: str
    document: str


@dataclass(frozen=True, slots=True)
class ListLinked:
    """The newest first, those with a name that begins with a text; a hundred at most."""

    context: ConsoleContext

    def __call__(self, name: str = "") -> Sequence[LinkedDocument]:
        with self.context.books.reading() as work:
            pairs = work.visitors.aliases()
        found = []
        for alias, head in pairs:
            linked = LinkedDocument(self.context.name_of(head), self.context.name_of(alias))
            if linked.visitor.startswith(name) or linked.document.startswith(name):
                found.append(linked)
            if len(found) == SHOWN:
                break
        return found


@dataclass(frozen=True, slots=True)
class UnlinkDocument:
    """Two visitors of one: what was bought with a document before it was linked goes with it, all else stays.

    What a shop has said since of the lines that go is said again on their ledger; a departure is not, for it may have
    been the other person's. What is known of a person, and may have come with the document, is forgotten: tills tell
    it again. Neither ledger has more than before. Raises NotLinked, BadField without a reason, and AuditorReads.
    """

    context: ConsoleContext

    def __call__(self, account: Account, document: str, reason: str) -> None:
        check_may_change(account)
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON or not said.isprintable():
            raise BadField("reason", "missing" if not said else "not_a_text")
        center, now = self.context.center, self.context.center.now()
        with self.context.books.begin() as work:
            work.members.take_turn(CONSOLE, now)
            alias, head = self._locked(work, document)
            before = work.visitors.entries(head.id)
            names = {"visitor": self.context.name_of(head), "document": self.context.name_of(alias)}
            kept, joined = known_person(center, head), known_person(center, alias)
            head, alias = work.visitors.unlink(head, alias)
            forgotten = _without(kept, joined)
            if forgotten != kept:
                head = work.visitors.keep_person(head, center.keys.sealed(forgotten, head.secret))
            if recorded := _recorded_since(before, work, alias):
                work.visitors.write(alias.id, recorded, UNLINKED, CONSOLE)
            for visitor in (head, alias):  # without a departure of the other one, two carry-outs may be one
                flag_learned(center, work, visitor)
            work.journal.write(now, CONSOLE, "unlink", {**names, "reason": said, "by": account.name})
            work.commit()

    def _locked(self, work: ConsoleWork, document: str) -> tuple[CenterVisitor, CenterVisitor]:
        """The alias and its person, whose row is locked. Raises NotLinked."""
        for alias, head in work.visitors.aliases():
            if self.context.name_of(alias) == document:
                locked = work.visitors.lock([alias.reference]).get(alias.reference)
                if locked is not None and locked.id == head.id:
                    return alias, locked
        raise NotLinked(document[:40])


def _recorded_since(before: Sequence[LedgerEntry], work: ConsoleWork, alias: CenterVisitor) -> Sequence[LedgerEntry]:
    """What was said of lines that now stand on the ledger of the alias, and is not written there."""
    own = work.visitors.entries(alias.id)
    lines = {line for entry in own for line in lines_of(entry.change)}
    recorded = [
        entry
        for entry in before
        if isinstance(entry.change, CameBack | Reassessed | MovedAway)
        and LineId(entry.change.sale, entry.change.line) in lines
    ]
    for entry in own:  # each once: two units may have come back one by one at one instant
        if entry in recorded:
            recorded.remove(entry)
    return recorded


def _without(known: Person, joined: Person) -> Person:
    """What is known of a person without what the other document may have added."""
    birth_date = None if known.birth_date == joined.birth_date else known.birth_date
    born_from = None if known.born_from == joined.born_from else known.born_from
    residence = None if known.residence == joined.residence else known.residence
    return Person(birth_date, born_from, residence)
