"""The steps of a page that the store has not answered: what is typed next is meant for what they bring."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

T = TypeVar("T")

PATIENCE = 0.7
"""Seconds from the first of such steps for which keys wait. A till that is slower says so, and each key is judged then
by what is on show."""


class StepsUnderWay(QObject):
    """Counts the steps that are asked and not answered."""

    settled = Signal()
    """The last one is answered, and what follows from it is done."""
    refused = Signal()
    """One was refused, and no other step was asked in its place."""

    def __init__(self, clock: Callable[[], float], parent: QObject | None = None) -> None:
        """`clock` is a steady clock in seconds."""
        super().__init__(parent)
        self.patience = PATIENCE
        self._clock = clock
        self._count = 0
        self._since = 0.0

    @property
    def hold_keys(self) -> bool:
        """Whether a key that is pressed now has to wait."""
        return self.left > 0

    @property
    def left(self) -> float:
        """Seconds for which it would wait without an answer."""
        return max(self._since + self.patience - self._clock(), 0.0) if self._count else 0.0

    def counted(
        self, done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> tuple[Callable[[T], None], Callable[[Exception], None]]:
        """`done` and `failed` of a step that is asked now."""
        if not self._count:
            self._since = self._clock()
        self._count += 1

        def answered(value: T) -> None:
            try:
                done(value)
            finally:
                self._end()

        def refused(error: Exception) -> None:
            count = self._count
            try:
                failed(error)
            finally:
                if self._count == count:
                    self.refused.emit()
                self._end()

        return answered, refused

    def _end(self) -> None:
        self._count -= 1
        if not self._count:
            self.settled.emit()
