"""Regime files of the center: one person proposes a file, another one approves it, and it is in force from a day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from pos.application.center.manage_members import checked_name
from pos.application.center.ports import CenterContext, ProposedRegime, RegimeChange, RegimeInForce
from pos.application.center.refusals import ApprovedByProposer, RegimeApproved, RegimeFileNotKnown
from pos.application.center.turns import CONSOLE
from pos.domain.errors import BadField

ReadFile = Callable[[Path, date], RegimeInForce]
"""The regime in a file, whole on a day; raises BadField with what is wrong with it."""
Compare = Callable[[bytes, bytes], Sequence[RegimeChange]]


@dataclass(frozen=True, slots=True)
class RegimePreview:
    """A file with what it changes in the one that is in force now; None where there is none of this name."""

    file: ProposedRegime
    changes: Sequence[RegimeChange] | None


@dataclass(frozen=True, slots=True)
class ProposeRegime:
    """Keep a file that is to be in force from a day on. Nothing changes before another person approves it.

    Raises BadField: of the file as wherever a shop tries its own, of a day that is past, and of a name.
    """

    context: CenterContext
    read: ReadFile
    compare: Compare

    def __call__(self, path: Path, starts_on: date, by: str, login: str) -> RegimePreview:
        file = self.read(path, starts_on)
        return _preview(self.context, self.compare, keep_proposed(self.context, file, starts_on, by, login))


@dataclass(frozen=True, slots=True)
class ApproveRegime:
    """The file is in force from its day on, or from now where that has begun.

    Raises RegimeFileNotKnown, RegimeApproved, and ApprovedByProposer where both are one person.
    """

    context: CenterContext

    def __call__(self, number: int, by: str, login: str) -> ProposedRegime:
        name = checked_name(by, "by")
        now = self.context.now()
        with self.context.store.begin() as work:
            work.members.take_turn(CONSOLE, now)
            file = work.regimes.of(number)
            if file is None:
                raise RegimeFileNotKnown(number)
            if file.by.casefold() == name.casefold():
                raise ApprovedByProposer(name)
            if not work.regimes.approve(number, name, now):
                raise RegimeApproved(number)
            facts = {"file": number, "regime": file.regime, "digest": file.digest, "by": name, "login": login}
            work.journal.write(now, CONSOLE, "approve_regime", facts)
            approved = work.regimes.of(number)
            assert approved is not None, "it was approved just now"
            work.commit()
        return approved


@dataclass(frozen=True, slots=True)
class ListRegimeFiles:
    """Every file that was ever proposed, the oldest first, and the regimes that are in force now."""

    context: CenterContext

    def __call__(self) -> tuple[Sequence[ProposedRegime], Sequence[RegimeInForce]]:
        with self.context.store.reading() as work:
            files = work.regimes.all()
        in_force = self.context.regimes()
        return files, [in_force[name] for name in sorted(in_force)]


@dataclass(frozen=True, slots=True)
class ShowRegimeFile:
    """A file and what it changes in the one that is in force now. Raises RegimeFileNotKnown."""

    context: CenterContext
    compare: Compare

    def __call__(self, number: int) -> RegimePreview:
        with self.context.store.reading() as work:
            file = work.regimes.of(number)
        if file is None:
            raise RegimeFileNotKnown(number)
        return _preview(self.context, self.compare, file)


def keep_proposed(context: CenterContext, file: RegimeInForce, starts_on: date, by: str, login: str) -> ProposedRegime:
    """Keep a whole file as the proposal of a person. Raises BadField of a day that is past, and of a name."""
    name = checked_name(by, "by")
    now = context.now()
    check_begin(file, starts_on, now)
    with context.store.begin() as work:
        work.members.take_turn(CONSOLE, now)
        number = work.regimes.propose(file, starts_on, name, now)
        facts = {
            "file": number,
            "regime": file.regime.id,
            "digest": file.digest,
            "from": starts_on.isoformat(),
            "by": name,
            "login": login,
        }
        work.journal.write(now, CONSOLE, "propose_regime", facts)
        work.commit()
    return ProposedRegime(number, file.regime.id, file.digest, file.content, starts_on, name, now, None, None)


def check_begin(file: RegimeInForce, starts_on: date, now: datetime) -> None:
    """Raises BadField of a day that is past by the regime's own clock."""
    if starts_on < now.astimezone(file.regime.zone).date():
        raise BadField("from", "in_the_past", starts_on.isoformat())


def _preview(context: CenterContext, compare: Compare, file: ProposedRegime) -> RegimePreview:
    before = context.regimes().get(file.regime)
    return RegimePreview(file, None if before is None else compare(before.content, file.content))
