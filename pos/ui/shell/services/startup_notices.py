"""Reports start-up checks at sign-in, and regularly a disk that is nearly full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos.application.maintenance.low_disk import low_disk_text
from pos.application.text.formatting import instant_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
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
_CLOCK = N_("The computer clock shows {now}, but the last entry is from {last}. Set the clock.")
_SHOWN = 5
"""The receipts that are named; of more only their number is shown."""


class StartupNotices(QObject):
    """Checks when a user signs in, and the disk every ten minutes.

    Receipts that were left unprinted when the machine stopped are offered once, to the first user who signs in.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._printing: Background | None = None
        self._offered = False
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
        receipts = () if self._offered else findings.receipts
        self._offered = True
        if findings.missing or findings.clock or findings.free is not None or receipts:
            act = self._print(receipts) if receipts else None
            self._session.notify(
                "found.at_start", lambda: self._notice(findings, receipts, self._session.translator), act
            )

    def _notice(self, findings: StartupFindings, receipts: tuple[str, ...], tr: Translator) -> Notice:
        sentences = []
        if findings.missing is not None:
            last, document = findings.missing
            sentences.append(tr(_OLDER, paper=document, last=last))
        if findings.clock is not None:
            sentences.append(self._clock_text(findings.clock, tr))
        if findings.free is not None:
            sentences.append(low_disk_text(findings.free, tr))
        if receipts:
            sentences.append(_not_printed(receipts, tr))
        grave = findings.missing is not None
        action = tr("Print now") if receipts else ""
        return Notice(Tone.OVER if grave else Tone.NEARLY, paragraph(tr, sentences), "triangle-alert", action)

    def _clock_text(self, clock: ClockOff, tr: Translator) -> str:
        if clock.refused is not None:
            return self._session.shop.refusal_text(clock.refused, tr)
        zone = self._session.settings.zone
        now, last = (instant_text(at, zone, tr.language) for at in (clock.now, clock.other))
        return tr(_CLOCK, now=now, last=last)

    def _print(self, receipts: tuple[str, ...]) -> Callable[[], None]:
        def begin() -> None:
            if self._printing is None:
                self._printing = Background("unprinted", self)
            issue, person = self._session.shop.issue_receipt, self._session.person
            done, failed = list[str](), dict[str, Exception]()

            def ended() -> None:
                if len(done) + len(failed) == len(receipts):
                    self._printed(tuple(done), failed)

            def printed(receipt: str, _issued: object) -> None:
                done.append(receipt)
                ended()

            def broken(receipt: str, error: Exception) -> None:
                failed[receipt] = error
                ended()

            for receipt in receipts:
                self._printing.run(partial(issue, receipt, person), partial(printed, receipt), partial(broken, receipt))

        return begin

    def _printed(self, done: tuple[str, ...], failed: Mapping[str, Exception]) -> None:
        """A printer that has just been switched on may miss the first of them: those are offered again."""
        session = self._session
        if not failed:
            session.receipt_printed()
            session.notify(
                "receipt.printed",
                lambda: Notice(Tone.WITHIN, _printed_text(done, session.translator), "printer", seconds=6),
            )
            return
        left, error = tuple(failed), list(failed.values())[-1]
        session.report_foreseen(error)

        def news() -> Notice:
            tr = session.translator
            lacking = tr("Not printed: {receipts}. {reason}", receipts=_named(left, tr), reason=session.wording(error))
            sentences = [_printed_text(done, tr), lacking] if done else [lacking]
            return Notice(Tone.NEARLY, paragraph(tr, sentences), "printer", tr("Print again"))

        session.notify("found.at_start", news, self._print(left))


def _printed_text(receipts: tuple[str, ...], tr: Translator) -> str:
    return tr("Printed: {receipts}.", receipts=_named(receipts, tr))


def _not_printed(receipts: tuple[str, ...], tr: Translator) -> str:
    return tr(
        "Not printed before the till stopped: {receipts}. Receipts that were printed already will be copies.",
        receipts=_named(receipts, tr),
    )


def _named(receipts: tuple[str, ...], tr: Translator) -> str:
    shown = tr(", ").join(receipts[:_SHOWN])
    return shown if len(receipts) <= _SHOWN else tr("{shown} and {n} more", shown=shown, n=len(receipts) - _SHOWN)
