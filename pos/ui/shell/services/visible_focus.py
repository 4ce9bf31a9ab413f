"""Keeps the keys on what is on show: a step that ends late may give the focus to a page that was left meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from pos.ui.look.event_loop import call_soon


class VisibleFocus(QObject):
    """Gives the focus back when a widget has it that is not visible: what is typed would go where it is not seen.

    A page may set its first focus just before it is shown, so a moment passes before the focus is looked at.
    """

    def __init__(self, app: QApplication, window: QWidget) -> None:
        super().__init__(window)
        self._app, self._window = app, window
        self._before: QWidget | None = None
        app.focusChanged.connect(self._follow)

    def stop(self) -> None:
        """Look no more; another window of the same application does it for itself."""
        self._app.focusChanged.disconnect(self._follow)

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is None or now.isVisible() or not self._window.isAncestorOf(now):
            return
        if before is not None and before.isVisible():
            self._before = before
        call_soon(self, self._give_back)

    def _give_back(self) -> None:
        focused, before = QApplication.focusWidget(), self._before
        self._before = None
        if focused is None or focused.isVisible() or not self._window.isVisible():
            return
        if before is not None and isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            focused.clearFocus()
