"""Prints a paper of customer orders, and says where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.page.step_once import StepOnce
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class Papers:
    """Draws, keeps and prints papers beside the work; a key pressed twice prints one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._once = StepOnce(session)

    def print(self, which: object, step: Callable[[Person], Path]) -> None:
        """Print the paper that `step` makes."""
        session = self._session

        def printed(path: Path) -> None:
            session.sounds.play(Sound.ACCEPT)

            def notice() -> Notice:
                said = session.translator("Printed: {file}.", file=path.name)
                return Notice(Tone.WITHIN, said, "printer", seconds=10)

            session.notify("pickup.printed", notice)

        def failed(error: Exception) -> None:
            session.sounds.play(Sound.REFUSE)
            session.report_foreseen(error)

        if not self._once.do(which, lambda person, _key: step(person), printed, failed):
            session.sounds.play(Sound.NOTE)
