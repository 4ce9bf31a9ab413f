"""The row of what was scanned last: a key behind the scan waits until it is there, and concerns no other."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.ui.look.event_loop import call_soon
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session


class ScannedRow(QObject):
    """Counts the scans that are on their way, and keeps the key that was pressed behind them."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._coming = 0
        self._waiting: tuple[int, Callable[[], None]] | None = None
        """What the key does, and the number of the key."""
        self._before: object = None
        """The row that was selected when it was scanned, or by a view since: another one is a hand's choice."""
        self.selected: Callable[[], object] = lambda: None
        """Asks which row is selected."""

    def once_there(self, step: Callable[[], None]) -> None:
        """Do `step`, which concerns the selected row: that of the last scan, once its goods are there, unless another
        row was selected by hand since. It is given up where they are refused, or something else was begun meanwhile.
        """
        if self._coming and self.selected() == self._before:
            self._waiting = self._session.finishing.begun, step
        else:
            step()

    def scan(self) -> None:
        """Goods were scanned."""
        self._coming += 1
        self.follow()

    def follow(self) -> None:
        """A view has selected its row."""
        self._before = self.selected()

    def answer(self, *, is_added: bool) -> None:
        """The goods of a scan are there, or refused."""
        self._coming -= 1
        if self._waiting is None or (is_added and self._coming):
            return
        (begun, step), self._waiting = self._waiting, None
        if is_added and begun == self._session.finishing.begun:
            call_soon(self, step)  # its field keeps the cursor, which an answer puts back
        else:
            self._session.sounds.play(Sound.NOTE)
