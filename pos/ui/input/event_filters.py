"""Installs the filters for keys and touches on each window of the program, and on no other object."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow


class Listening(QObject):
    """Installs event filters on every window that gets the focus, and on the object with the focus.

    A filter on the application would get the same keys, but also each event of each widget: tens of thousands while a
    page opens, and each of these calls goes into the interpreter and back. Keys and touches come through the window;
    only input method events go straight to the object with the focus.
    """

    def __init__(self, application: QGuiApplication, listeners: Sequence[QObject], parent: QObject | None = None):
        """The last of `listeners` is called first."""
        super().__init__(parent)
        self._listeners = tuple(listeners)
        self._windows: list[QWindow] = []
        self._focus: QObject | None = None
        application.focusWindowChanged.connect(self.hear)
        application.focusObjectChanged.connect(self._hear_focus)
        self.hear(application.focusWindow())
        self._hear_focus(application.focusObject())

    def hear(self, window: QWindow | None) -> None:
        """Install the filters on a window before it first has the focus."""
        self._windows = [known for known in self._windows if shiboken6.isValid(known)]
        if window is not None and window not in self._windows:
            self._windows.append(window)
            self._install(window)

    def stop(self) -> None:
        """Remove all filters."""
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.focusWindowChanged.disconnect(self.hear)
        application.focusObjectChanged.disconnect(self._hear_focus)
        for watched in (*self._windows, self._focus):
            self._remove(watched)
        self._windows, self._focus = [], None

    def _hear_focus(self, focus: QObject | None) -> None:
        if focus is self._focus:
            return
        if self._focus not in self._windows:
            self._remove(self._focus)
        self._focus = focus
        if focus is not None and focus not in self._windows:
            self._install(focus)

    def _install(self, watched: QObject) -> None:
        for listener in self._heard_by():
            watched.installEventFilter(listener)

    def _remove(self, watched: QObject | None) -> None:
        if watched is None or not shiboken6.isValid(watched):
            return
        for listener in self._heard_by():
            watched.removeEventFilter(listener)

    def _heard_by(self) -> list[QObject]:
        """The listeners that are still there: some are deleted with their window, before anyone stops this."""
        return [listener for listener in self._listeners if shiboken6.isValid(listener)]
