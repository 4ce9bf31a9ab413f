"""Time that passes at once: what the timers of a window would do by then is done, each at its moment of the clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer, QTimerEvent
from PySide6.QtWidgets import QApplication

from pos.ui.look.event_loop import call_soon
from pos.ui.shell.application import TillWindow


class PassingTime:
    """The time of one till, in milliseconds. Timers that repeat go by the real clock: they only look again.

    A timer has a new number each time it is started. One that several waits leave running keeps the moment at which
    it comes.
    """

    def __init__(self, till: TillWindow, move: Callable[[float], None]) -> None:
        """`move` moves the clock of the till by seconds; a clock that stands may leave it at that."""
        self._till, self._move = till, move
        self._now = 0.0
        self._due: dict[int, float] = {}

    def pass_by(self, milliseconds: int, settle: Callable[[], None]) -> None:
        """Let so much time pass. `settle` awaits what takes no time of the till: the answers of the store."""
        settle()
        _let_next_turns_come()
        settle()
        end = self._now + milliseconds
        while (timer := self._next(end)) is not None:
            self._go_to(self._due[timer.timerId()])
            QCoreApplication.sendEvent(timer, QTimerEvent(timer.timerId()))
            _let_next_turns_come()
            settle()
        self._go_to(end)

    def _go_to(self, moment: float) -> None:
        if moment > self._now:
            self._move((moment - self._now) / 1000)
            self._now = moment

    def _next(self, end: float) -> QTimer | None:
        """The timer that comes first until then."""
        running = {timer.timerId(): timer for timer in self._running()}
        due = {number: self._now + timer.remainingTime() for number, timer in running.items()}
        self._due = {number: min(moment, self._due.get(number, moment)) for number, moment in due.items()}
        first = min(self._due, key=self._due.__getitem__, default=None)
        return None if first is None or self._due[first] > end else running[first]

    def _running(self) -> Iterator[QTimer]:
        roots: list[QObject] = [self._till, *(top for top in QApplication.topLevelWidgets() if top.parent() is None)]
        for root in roots:
            for timer in root.findChildren(QTimer):
                if timer.isActive() and timer.isSingleShot():
                    yield timer


def _let_next_turns_come() -> None:
    """What `call_soon` has put off: its timers belong to no object, so only the real clock brings them, in order."""
    turns = QEventLoop()
    call_soon(turns, turns.quit)
    turns.exec()
