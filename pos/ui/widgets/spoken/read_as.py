"""What a widget that draws itself is for a screen reader. Names and descriptions are set by the widget.

Qt knows the roles of its own widgets only; one that is drawn here would be a frame without a meaning, and the keys
typed into it would be read aloud, also those of a PIN.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface


class ReadAs(StrEnum):
    """Set as `read_as` of the class of a widget."""

    FIELD = "field"
    """What stands in it is its description."""
    SECRET = "secret"
    """A field whose keys and text are never read."""
    GAUGE = "gauge"
    """It has a `share`: what is reached, and the whole."""
    PAGE = "page"
    GROUND = "ground"
    """It only holds others: of a frame a reader reads every text first."""


@cache
def serve_screen_readers() -> None:
    """Answer for these widgets from now on."""
    QAccessible.installFactory(_interface_of)


def _interface_of(name: str, asked: QObject) -> QAccessibleInterface | None:
    """Asked only while a screen reader listens; a till without one does not read the rest."""
    from pos.ui.widgets.spoken.interfaces import interface_of

    return interface_of(name, asked)
