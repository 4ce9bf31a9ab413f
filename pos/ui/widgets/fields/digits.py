"""How a key press becomes a digit: fields take a function, because a layout may hide digits behind Shift."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QKeyEvent

DigitOf = Callable[[QKeyEvent], str | None]
"""Returns "0" … "9" for a key that means a digit, None for any other."""


def typed_digit(event: QKeyEvent) -> str | None:
    """The digit that was typed, in any script."""
    text = event.text()
    return str(int(text)) if len(text) == 1 and text.isdecimal() else None
