"""Numbers that lie on paper in the shop's folder though these books do not know them: they are not given out again.

Books that were put in place by hand, not by a restore, are older than the printouts beside them.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pos.application.access.authorize import SYSTEM_USER
from pos.domain.receipt_number import receipt_number

if TYPE_CHECKING:
    from pos.application.ports.sale_ports import RegisterEntry
    from pos.application.ports.store import UnitOfWork
    from pos.domain.money import Money

OLDER_BOOKS = "older_books"
"""The act in the journal: numbers were skipped, because printouts bear them that the books do not know."""

TOO_MANY = 1_000_000
"""A file whose number is so far ahead is no printout of this shop."""


class NumbersGiven(Protocol):
    """The printouts of the shop's folder, read once: what is given out later is in the books."""

    def receipt(self, till: str) -> int:
        """The number of the newest receipt of a till; 0 for none."""
        ...

    def z(self, till: str) -> int:
        """The number of the newest Z of a till; 0 for none."""
        ...


class _NoPrintouts:
    def receipt(self, _till: str) -> int:
        return 0

    def z(self, _till: str) -> int:
        return 0


NO_PRINTOUTS: NumbersGiven = _NoPrintouts()
"""No folder: nothing is known but the books."""


def take_number(work: UnitOfWork, given: NumbersGiven, till: str, amount: Money, at: datetime) -> RegisterEntry:
    """Take the till's next receipt number, behind every one that lies on paper; the journal has what is skipped."""
    entry = work.register.take_number(till, amount)
    last = last_on_paper(given.receipt(till), entry.number)
    if last is None:
        return entry
    skipped = f"{receipt_number(till, entry.number)} – {receipt_number(till, last)}"
    work.journal.write(at, till, SYSTEM_USER.name, OLDER_BOOKS, {"skipped": [skipped]})
    return work.register.go_on_behind(till, last)


def skip_zs(work: UnitOfWork, given: NumbersGiven, till: str, at: datetime) -> None:
    """The same for the next Z of the till, before it is made."""
    from pos.domain.shifts.shift_report import z_name  # not needed for the first picture

    following = work.shifts.next_z(till)
    last = last_on_paper(given.z(till), following)
    if last is not None:
        skipped = f"{z_name(till, following)} – {z_name(till, last)}"
        work.journal.write(at, till, SYSTEM_USER.name, OLDER_BOOKS, {"skipped_z": [skipped]})


def last_on_paper(on_paper: int, following: int) -> int | None:
    """The number `on_paper` where the books, whose next is `following`, do not know it; else None."""
    return on_paper if following <= on_paper < following + TOO_MANY else None
