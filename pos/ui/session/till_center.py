"""The center as this till heard from it last: whether it answers, since when it does not, and what is still to be
sent to it.
"""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Signal

_OF_THE_TILL = frozenset({"no_document", "no_rules", "not_asked", "rules_not_readable", "too_many_lookups"})
"""Why nothing was asked although the center may well answer."""


class TillCenter(QObject):
    """`changed` is emitted when what is shown of it differs. In a shop without a center nothing is ever taken."""

    changed = Signal()
    look_again = Signal()
    """The till has joined a center or left it, or somebody waits for the line: ask now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_member = False
        """Whether this till takes part in a center; False until it was looked for."""
        self.is_heard = False
        """Whether anything is known of the line."""
        self.waiting = 0
        """Changes that are still to be sent to the center."""
        self.away_since: datetime | None = None
        """Since when it has not answered; None while it does."""
        self.what = ""
        """Why it does not answer."""

    def take_membership(self, is_member: bool) -> None:
        """Take whether the till takes part."""
        if is_member != self.is_member:
            self.is_member = is_member
            self.is_heard, self.waiting, self.away_since, self.what = False, 0, None, ""
            self.changed.emit()

    def take_line(self, what: str, at: datetime) -> None:
        """Take what became of a call: why it was not answered, empty where it was."""
        if not self.is_member or what in _OF_THE_TILL:
            return
        since = None if not what else self.away_since or at
        if (True, since, what) != (self.is_heard, self.away_since, self.what):
            self.is_heard, self.away_since, self.what = True, since, what
            self.changed.emit()

    def take_waiting(self, waiting: int) -> None:
        """Take how many changes wait."""
        if waiting != self.waiting:
            self.waiting = waiting
            self.changed.emit()
