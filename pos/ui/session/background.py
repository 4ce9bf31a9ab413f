"""Application calls outside the GUI thread: one after another, in the order of the requests."""

from __future__ import annotations

import queue
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

T = TypeVar("T")

_TURN = 0.0001
"""Seconds after which a working thread yields the interpreter.

Qt hands the interpreter back and forth at each call, many times in one repaint: the usual 5 ms each would make a
visible pause of every step of the store.
"""

_PATIENCE = 2.0
"""Seconds that closing the window waits for calls whose result is not needed."""

_Outcome = tuple[Callable[[Any], None], Any]


class Background(QObject):
    """A worker thread; the store has one of its own. `done` and `failed` are called back on the GUI thread, in order.

    The caller of `run` keeps the receivers of its callbacks alive, or calls `stop` first.
    """

    _finished = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._calls: queue.SimpleQueue[Callable[[], _Outcome] | None] = queue.SimpleQueue()
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._waiting = 0
        self._stopped = False
        sys.setswitchinterval(_TURN)
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._is_running = False

    def run(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Call `call` on the worker thread, then `done` with its value, or `failed` with its exception."""
        self._waiting += 1

        def outcome() -> _Outcome:
            try:
                return done, call()
            except Exception as error:  # noqa: BLE001 # whatever it was, the window must hear of it
                return failed, error

        self._calls.put(outcome)
        if not self._is_running:  # the window starts with several threads, of which it needs one
            self._is_running = True
            self._thread.start()

    @property
    def is_idle(self) -> bool:
        """Whether every call has been answered."""
        return self._waiting == 0

    def _work(self) -> None:
        while (call := self._calls.get()) is not None:
            outcome = call()
            with suppress(RuntimeError):  # the receiver is gone
                self._finished.emit(outcome)

    @Slot(object)
    def _deliver(self, outcome: _Outcome) -> None:
        self._waiting -= 1
        if not self._stopped:
            receive, value = outcome
            receive(value)

    def stop(self) -> None:
        """Finish the requested calls, deliver no more results, end the thread."""
        self._stopped = True
        self._calls.put(None)
        if self._is_running:
            self._thread.join()

    def leave(self) -> None:
        """As `stop`, but with a short wait: unfinished calls end with the program."""
        self._stopped = True
        self._calls.put(None)
        if self._is_running:
            self._thread.join(_PATIENCE)
