"""Lets the listeners for keys and touches hear each window of the program, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class Listening(QObject):
    """Puts event filters on every window that gets the focus, and on the object that has it.

    A filter on the application would hear the same keys, but it is asked about each event of each widget too: tens of
    thousands while a page opens, and every question is a way into the interpreter and back. Keys and touches come
    through the window; only what an input method composes goes straight to the object with the focus.
    """

    def __init__(self, application: QGuiApplication, listeners: Sequence[QObject], parent: QObject | None = None):
        """The last of `listeners` hears first."""
        super().__init__(parent)
        self._listeners = tuple(listeners)
        self._windows: list[QWindow] = []
        self._focus: QObject | None = None
        application.focusWindowChanged.connect(self.hear)
        application.focusObjectChanged.connect(self._hear_focus)
        self.hear(application.focusWindow())
        self._hear_focus(application.focusObject())

    def hear(self, window: QWindow | None) -> None:
        """Listen to a window, before it first has the focus."""
        self._windows = [known for known in self._windows if shiboken6.isValid(known)]
        if window is not None and window not in self._windows:
            self._windows.append(window)
            self._install(window)

    def stop(self) -> None:
        """Hear nothing more."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.disconnect(self.hear)
        application.focusObjectChanged.disconnect(self._hear_focus)
        for heard in (*self._windows, self._focus):
            self._remove(heard)
        self._windows, self._focus = [], None

    def _hear_focus(self, focus: QObject | None) -> None:
        if focus is self._focus:
            return
        if self._focus not in self._windows:
            self._remove(self._focus)
        self._focus = focus
        if focus is not None and focus not in self._windows:
            self._install(focus)

    def _install(self, heard: QObject) -> None:
        for listener in self._listeners:
            heard.installEventFilter(listener)

    def _remove(self, heard: QObject | None) -> None:
        if heard is None or not shiboken6.isValid(heard):
            return
        for listener in self._listeners:
            if shiboken6.isValid(listener):
                heard.removeEventFilter(listener)
