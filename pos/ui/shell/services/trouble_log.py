"""The log file of unexpected errors: where they happened, never a document, PIN or name."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from shiboken6 import isValid

from pos.application.text.error_text import error_text, without_figures

if TYPE_CHECKING:
    from pos.application.ports.store import Clock

_LONGEST = 1_000_000
_OF_READERS = "qt.accessibility"
"""A screen reader asks behind the window for what is gone by then; Qt reports each question."""


class TroubleLog(QObject):
    """Writes entries to one file, which is rotated at 1 MB; a full disk is not reported as another fault.

    `happened` carries an exception to the window; `watch` installs hooks for uncaught exceptions in every thread, and
    for Qt's own warnings.
    """

    happened = Signal(object)

    def __init__(self, path: Path, now: Clock, version: Callable[[], str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._now = now
        self._version = version
        self._undo: list[Callable[[], object]] = []

    @property
    def path(self) -> Path:
        """The path of the file."""
        return self._path

    def record(self, error: BaseException) -> None:
        """Log where `error` was raised and of which kind it is."""
        self._write(error_text(error))

    def note(self, text: str) -> None:
        """Write one line; text that could be a code or a document is masked."""
        self._write(without_figures(text) + "\n")

    def watch(self) -> None:
        """Install hooks for uncaught exceptions and for Qt's warnings; `unwatch` restores the previous ones."""
        before, before_threads = sys.excepthook, threading.excepthook
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(args.exc_type, args.exc_value, args.exc_traceback)
        before_qt = qInstallMessageHandler(self._qt_said)
        self._undo = [
            lambda: setattr(sys, "excepthook", before),
            lambda: setattr(threading, "excepthook", before_threads),
            lambda: qInstallMessageHandler(before_qt),
        ]

    def unwatch(self) -> None:
        """Restore the previous hooks."""
        for undo in self._undo:
            undo()
        self._undo = []

    def _uncaught(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        if isValid(self):  # a signal of a deleted object would raise, and be caught here again without end
            self.happened.emit(error if error is not None else kind())

    def _qt_said(self, kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        if (context.category or "").startswith(_OF_READERS):
            return
        self.note(f"Qt {kind.name.removeprefix('Qt').removesuffix('Msg').lower()}: {message or ''}")

    def _write(self, text: str) -> None:
        stamp = f"{self._now():%Y-%m-%dT%H:%M:%SZ} {self._version()} "
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _LONGEST:
                self._path.replace(self._path.with_suffix(".old.log"))
            with self._path.open("a", encoding="utf-8") as file:
                file.write(stamp + text)
        except OSError:
            return
