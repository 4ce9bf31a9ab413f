"""Prints a paper of customer orders, and says where it is kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.domain.staff.staff import Person
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


def print_paper(session: Session, step: Callable[[Person], Path]) -> None:
    """Draw, keep and print a paper beside the work."""

    def printed(path: Path) -> None:
        session.sounds.play(Sound.ACCEPT)

        def notice() -> Notice:
            return Notice(Tone.WITHIN, session.translator("Printed: {file}.", file=path.name), "printer", seconds=10)

        session.notify("pickup.printed", notice)

    def failed(error: Exception) -> None:
        session.sounds.play(Sound.REFUSE)
        session.report_foreseen(error)

    session.run_as(step, printed, failed)
