"""Reports start-up checks at sign-in, and regularly a disk that is nearly full."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos.application.maintenance.low_disk import low_disk_text
from pos.application.text.formatting import instant_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
from pos.domain.shifts.shift_report import z_name
from pos.ui.session.background import Background
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.access.steady_clock import ClockOff
    from pos.application.maintenance.startup_checks import StartupFindings
    from pos.domain.staff.staff import Person
    from pos.ui.session.session import Session

_AGAIN_MS = 10 * 60_000
_OLDER = N_(
    "Receipt {paper} was printed, but the last recorded one is {last}. This is an old database. Stop selling and "
    "restore the current one. Until then numbers continue after {paper}."
)
_ELSEWHERE = N_(
    "The shift of {till} has been open since {since}, but this computer has printed none of its receipts. If it was "
    "opened on another computer, a basket left there is not offered here, and money received for it is in no list."
)
_CLOCK = N_("The computer clock shows {now}, but the last entry is from {last}. Set the clock.")
_NO_Z = N_("The till stopped before {z} was printed. It will be printed as a copy.")
_SHOWN = 5
"""The receipts that are named; of more only their number is shown."""


@dataclass(frozen=True, slots=True)
class _Unprinted:
    """What a stop of the machine kept from the paper: receipts, and the number of the last Z of the till."""

    receipts: tuple[str, ...]
    z: int | None
    till: str

    @property
    def named(self) -> tuple[str, ...]:
        """All of it, as it is named on paper."""
        return self.receipts if self.z is None else (*self.receipts, z_name(self.till, self.z))

    def without(self, printouts: Collection[str]) -> _Unprinted:
        """The rest beside these printouts."""
        receipts = tuple(receipt for receipt in self.receipts if receipt not in printouts)
        return replace(self, receipts=receipts, z=None if self.z is None or self.named[-1] in printouts else self.z)

    def together_with(self, other: _Unprinted) -> _Unprinted:
        """Both together."""
        return replace(self, receipts=self.receipts + other.receipts, z=self.z if other.z is None else other.z)


class StartupNotices(QObject):
    """Checks when a user signs in, and the disk every ten minutes.

    Receipts that were left unprinted when the machine stopped are offered once, to the first user who signs in, and the
    last Z to the first one who may print it. What then fails is offered again at the next sign-in.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._printing: Background | None = None
        self._unprinted: _Unprinted | None = None
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.look_at_the_disk)
        self._again.start()
        session.person_changed.connect(self._person_changed)

    def look_at_the_disk(self) -> None:
        """Check the free space; a disk that became nearly full is reported."""
        session = self._session
        session.think(self._how_much_is_free, self._low, session.report_foreseen)

    def stop(self) -> None:
        """Stop checking, and finish the printing in progress."""
        self._again.stop()
        if self._printing is not None:
            self._printing.stop()

    def _person_changed(self, person: Person | None) -> None:
        if person is not None:
            self._session.run(self._look, self._take_findings)

    def _look(self) -> StartupFindings:
        return self._session.shop.office.look_around()

    def _how_much_is_free(self) -> int | None:
        return self._session.shop.office.look_around.low()

    def _low(self, free: int | None) -> None:
        if free is not None and not self._session.disk_trouble:
            self._session.notify(
                "disk.low",
                lambda: Notice(Tone.NEARLY, low_disk_text(free, self._session.translator), "database"),
                holds=lambda: bool(self._session.disk_trouble),
            )
        self._session.take_disk(free)

    def _take_findings(self, findings: StartupFindings) -> None:
        self._session.take_disk(findings.free)
        if self._unprinted is None:  # what is printed from now on is in the window's own hands
            self._unprinted = _Unprinted(findings.receipts, findings.z, self._session.shop.till)
        unprinted = self._offered()
        is_notable = findings.missing or findings.clock or findings.free is not None or findings.elsewhere
        if is_notable or unprinted.named:
            action = self._print(unprinted) if unprinted.named else None
            self._session.notify(
                "found.at_start", lambda: self._notice(findings, unprinted, self._session.translator), action
            )

    def _offered(self) -> _Unprinted:
        """What the user may print, taken from what is left to offer; who has left meanwhile is offered nothing."""
        person, left = self._session.person, self._unprinted
        assert left is not None, "it was looked at"
        if person is None:
            return replace(left, receipts=(), z=None)
        is_closer = person.may("close_shift")
        self._unprinted = replace(left, receipts=(), z=None if is_closer else left.z)
        return left if is_closer else replace(left, z=None)

    def _notice(self, findings: StartupFindings, unprinted: _Unprinted, tr: Translator) -> Notice:
        sentences = []
        if findings.missing is not None:
            last, document = findings.missing
            sentences.append(tr(_OLDER, paper=document, last=last))
        if findings.elsewhere is not None:
            since = instant_text(findings.elsewhere, self._session.settings.zone, tr.language)
            sentences.append(tr(_ELSEWHERE, till=self._session.shop.till, since=since))
        if findings.clock is not None:
            sentences.append(self._clock_text(findings.clock, tr))
        if findings.free is not None:
            sentences.append(low_disk_text(findings.free, tr))
        if unprinted.receipts:
            sentences.append(_not_printed(unprinted.receipts, tr))
        if unprinted.z is not None:
            sentences.append(tr(_NO_Z, z=unprinted.named[-1]))
        grave = findings.missing is not None
        action = tr("Print now") if unprinted.named else ""
        return Notice(Tone.OVER if grave else Tone.NEARLY, paragraph(tr, sentences), "triangle-alert", action)

    def _clock_text(self, clock: ClockOff, tr: Translator) -> str:
        if clock.refused is not None:
            return self._session.shop.refusal_text(clock.refused, tr)
        zone = self._session.settings.zone
        now, last = (instant_text(at, zone, tr.language) for at in (clock.now, clock.other))
        return tr(_CLOCK, now=now, last=last)

    def _print(self, unprinted: _Unprinted) -> Callable[[], None]:
        def begin() -> None:
            person, shop = self._session.person, self._session.shop
            if person is None:
                return
            if self._printing is None:
                self._printing = Background("unprinted", self)
            self._keep(lambda kept: kept.without(unprinted.named))
            printouts: dict[str, Callable[[], object]] = {
                receipt: partial(shop.issue_receipt, receipt, person) for receipt in unprinted.receipts
            }
            if unprinted.z is not None:
                printouts[unprinted.named[-1]] = partial(shop.issue_shift.again, person, unprinted.z)
            printed, failed = list[str](), dict[str, Exception]()

            def ended() -> None:
                if len(printed) + len(failed) == len(printouts):
                    self._printed(unprinted.without(printed), tuple(printed), failed)

            def done(printout: str, _issued: object) -> None:
                printed.append(printout)
                ended()

            def broken(printout: str, error: Exception) -> None:
                failed[printout] = error
                ended()

            for printout, issue in printouts.items():
                self._printing.run(issue, partial(done, printout), partial(broken, printout))

        return begin

    def _printed(self, left: _Unprinted, printed: tuple[str, ...], failed: Mapping[str, Exception]) -> None:
        """A printer that has just been switched on may miss the first of them: those are offered again."""
        session = self._session
        if not failed:
            session.receipt_printed()
            session.notify(
                "receipt.printed",
                lambda: Notice(Tone.WITHIN, _printed_text(printed, session.translator), "printer", seconds=6),
            )
            return
        error = list(failed.values())[-1]
        self._keep(lambda kept: kept.together_with(left))
        session.report_foreseen(error)

        def news() -> Notice:
            tr = session.translator
            lacking = tr(
                "Not printed: {receipts}. {reason}", receipts=_named(left.named, tr), reason=session.wording(error)
            )
            sentences = [_printed_text(printed, tr), lacking] if printed else [lacking]
            return Notice(Tone.NEARLY, paragraph(tr, sentences), "printer", tr("Print again"))

        session.notify("found.at_start", news, self._print(left))

    def _keep(self, changed: Callable[[_Unprinted], _Unprinted]) -> None:
        """Change what is offered at the next sign-in."""
        assert self._unprinted is not None, "it was looked at"
        self._unprinted = changed(self._unprinted)


def _printed_text(printouts: tuple[str, ...], tr: Translator) -> str:
    return tr("Printed: {receipts}.", receipts=_named(printouts, tr))


def _not_printed(receipts: tuple[str, ...], tr: Translator) -> str:
    return tr(
        "Not printed before the till stopped: {receipts}. Receipts that were printed already will be copies.",
        receipts=_named(receipts, tr),
    )


def _named(receipts: tuple[str, ...], tr: Translator) -> str:
    shown = tr(", ").join(receipts[:_SHOWN])
    return shown if len(receipts) <= _SHOWN else tr("{shown} and {n} more", shown=shown, n=len(receipts) - _SHOWN)
