"""Has a screen reader say once what has changed beside the cursor, and together what changes together.

A reader speaks of what has the focus; a verdict, a notice or a total is beside it. Each announcement cuts off the one
before, so those of one step are collected and said together, behind the field that the step puts the cursor into.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import shiboken6
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_COLLECTED_MS = 200
_ENDS = ".!?…:;。！？：；"


class PendingAnnouncements(QTimer):
    """Collects what is to be said; the last text of a widget takes the place of its earlier ones."""

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._texts: dict[QWidget, tuple[QWidget, str]] = {}
        self.setSingleShot(True)
        self.setInterval(_COLLECTED_MS)
        self.timeout.connect(self.end)

    def take(self, widget: QWidget, text: str, place: QWidget) -> None:
        """Say it soon, if `place` is visible then; nothing of the widget if it is empty."""
        self._texts.pop(widget, None)
        if text:
            self._texts[widget] = place, text
        if self._texts and not self.isActive():
            self.start()

    def end(self) -> None:
        """Say now what was collected."""
        self.stop()
        texts, self._texts = self._texts, {}
        shown = [(place, text) for place, text in texts.values() if shiboken6.isValid(place) and place.isVisible()]
        if shown:
            say(shown[0][0].window(), with_pauses([text for _place, text in shown]))


def announce(widget: QWidget, text: str, place: QWidget | None = None) -> None:
    """Have `text` said of `widget`, while `place` is on show: itself, if none is given.

    It costs nothing while no screen reader listens.
    """
    if is_heard():
        pending().take(widget, text, place or widget)


class Announcer:
    """Announces the text of a widget when it differs from the one before."""

    def __init__(self, widget: QWidget) -> None:
        self._widget, self._text = widget, ""

    def update(self, text: str, place: QWidget | None = None) -> None:
        """Announce another text; an empty one withdraws what is still to be said of the widget."""
        if text != self._text:
            self._text = text
            announce(self._widget, text, place)

    def forget(self) -> None:
        """Announce the next text also if it is the same."""
        self._text = ""


def is_heard() -> bool:
    """Whether a screen reader listens."""
    return QAccessible.isActive()


def with_pauses(texts: Sequence[str]) -> str:
    """Texts with a pause between them, each once."""
    ended = (text if text[-1] in _ENDS else f"{text}." for text in dict.fromkeys(texts) if text)
    return " ".join(ended)


@cache
def pending() -> PendingAnnouncements:
    """The only one, for there is one screen reader."""
    return PendingAnnouncements()


def say(window: QWidget, text: str) -> None:
    """Have it said now."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(window, text))
