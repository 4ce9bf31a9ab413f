"""Alarms of a till that looks up more than it sells: somebody may be trying documents. They refuse nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork

MOST_UNKNOWN = 200
"""Documents that the center did not know, of one till in an hour (spec of the center, § 3)."""
MOST_WITHOUT_SALE = 30
"""Visitors of a till and a day who were looked up and bought nothing, in per cent."""
FEWEST = 50
"""Visitors of a day below which a share says nothing."""
_AN_HOUR = timedelta(hours=1)
"""A visitor is given so long to pay before they count as one who bought nothing."""


def watch_lookup(
    context: CenterContext, work: CenterWork, till: int, visitor: CenterVisitor, day: date, now: datetime
) -> str:
    """Note a look-up, and flag the till where it is one too many, each alarm once a day. Returns the journal's name."""
    name = context.keys.pseudonym(visitor.reference, visitor.secret)
    work.lookups.note(day, till, name, now, is_new=visitor.is_new)
    if visitor.is_new and (unknown := work.lookups.unknown(till, now - _AN_HOUR)) > MOST_UNKNOWN:
        _alarm(work, till, day, now, "many_unknown_documents", {"documents": unknown})
    looked_up, without = work.lookups.without_sale(till, day, now - _AN_HOUR)
    if looked_up >= FEWEST and without * 100 > looked_up * MOST_WITHOUT_SALE:
        facts = {"visitors": looked_up, "without_sale": without}
        _alarm(work, till, day, now, "many_lookups_without_sale", facts)
    return name


def note_sale(context: CenterContext, work: CenterWork, till: int, visitor: CenterVisitor) -> None:
    """The visitor bought at the till."""
    work.lookups.bought(till, context.keys.pseudonym(visitor.reference, visitor.secret))


def _alarm(work: CenterWork, till: int, day: date, now: datetime, kind: str, facts: Mapping[str, object]) -> None:
    if work.flags.add_once(now, f"{till}/{day}", kind, facts, till=till):
        work.journal.write(now, till, kind, facts)
