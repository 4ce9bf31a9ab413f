"""Make one person of two whose documents show that they are the same, and keep what is known of them."""

from __future__ import annotations

from pos.application.center.book import flag_learned
from pos.application.center.ledgers import known_person
from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center.requests import Caller, Person


def join_persons(
    context: CenterContext, work: CenterWork, till: int, head: CenterVisitor, other: CenterVisitor
) -> CenterVisitor:
    """Both are locked; the older reference stays, the newer is an alias. What was known of either is known then."""
    known, joining = known_person(context, head), known_person(context, other)
    merged = _merged(known, joining)
    person = work.visitors.link(head, other)
    if merged != known:
        person = work.visitors.keep_person(person, context.keys.sealed(merged, person.secret))
    names = [context.keys.pseudonym(each.reference, each.secret) for each in (person, other)]
    work.journal.write(context.now(), till, "link", dict(zip(("visitor", "joined"), names)))
    return person


def learn_person(
    context: CenterContext, work: CenterWork, caller: Caller, visitor: CenterVisitor, said: Person
) -> CenterVisitor:
    """Keep what was not known of the visitor, and flag what they bought that is too much for them by it. Returns the
    visitor with what is known now.

    What differs from what was known is for a person to look at, and changes nothing.
    """
    known = known_person(context, visitor)
    for field in ("birth_date", "residence"):
        before, now = getattr(known, field), getattr(said, field)
        if before is not None and now is not None and before != now:
            facts, once = {"field": field}, f"{visitor.reference}/{field}"
            work.flags.add_once(context.now(), once, "person_differs", facts, visitor=visitor.id, till=caller.till)
    merged = _merged(known, said)
    if merged == known:
        return visitor
    learned = work.visitors.keep_person(visitor, context.keys.sealed(merged, visitor.secret))
    flag_learned(context, work, learned)
    return learned


def _merged(known: Person, said: Person) -> Person:
    """What was known, and for the rest what is said now."""
    birth_date = known.birth_date or said.birth_date
    born_from = None if birth_date is not None else known.born_from or said.born_from
    return Person(birth_date, born_from, known.residence or said.residence)
