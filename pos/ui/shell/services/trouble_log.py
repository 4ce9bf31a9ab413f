"""The log file of what nobody foresaw: where it happened, never whose document, PIN or name it was."""

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


class TroubleLog(QObject):
    """Writes entries to one file, which is set aside when it has grown to 1 MB; a full disk is not another trouble.

    `happened` tells the window of an exception; `watch` hears of those that nobody caught, in every thread, and of
    Qt's own warnings.
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
        """Where it writes."""
        return self._path

    def record(self, error: BaseException) -> None:
        """Write where `error` was raised and what kind it is."""
        self._write(error_text(error))

    def note(self, text: str) -> None:
        """Write one line; whatever could be a code or a document in it is masked."""
        self._write(without_figures(text) + "\n")

    def watch(self) -> None:
        """Hear of every exception that nobody catches, and of Qt's warnings; `unwatch` gives it all back."""
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
        """Give the hooks back to whoever had them."""
        for undo in self._undo:
            undo()
        self._undo = []

    def _uncaught(self, kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):
            return
        if isValid(self):  # a signal of what is gone would raise, and be heard here again without end
            self.happened.emit(error if error is not None else kind())

    def _qt_said(self, kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
        if kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg):
            return
        self.note(f"Qt {kind.name.removeprefix('Qt').removesuffix('Msg').lower()}: {message or ''}")

    def _write(self, text: str) -> None:
        stamp = f"{self._now():%Y-%m-%dT%H:%M:%SZ} {self._version} "
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if self._path.exists() and self._path.stat().st_size > _LONGEST:
                self._path.replace(self._path.with_suffix(".old.log"))
            with self._path.open("a", encoding="utf-8") as file:
                file.write(stamp + text)
        except OSError:
            return
