"""What a widget that draws itself is for a screen reader. Names and descriptions are set by the widget.

Qt knows the roles of its own widgets only; one that is drawn here would be a frame without a meaning, and the keys
typed into it would be read aloud, also those of a PIN.
"""

from __future__ import annotations

from enum import StrEnum


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
