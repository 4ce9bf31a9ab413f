"""Money asked of payment providers, as this till heard of it last. Pages listen here; the shell speaks to them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from pos.domain.outside_partners.attempt import PartnerAttempt


class TillPartners(QObject):
    """Passes on what becomes of attempts at payment providers, and keeps who does not answer."""

    changed = Signal(object)
    """A PartnerAttempt of which more is known, or about which a person has decided."""
    begun = Signal(str)
    """The number of a charge that is written down: it is sent now."""
    look_again = Signal()
    """Something new may be due at a provider."""
    line_changed = Signal()
    """Another provider does not answer, or one answers again."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._away: dict[str, datetime] = {}

    @property
    def away(self) -> Mapping[str, datetime]:
        """The providers that do not answer, by name, each with the time since when."""
        return self._away

    def take(self, attempt: PartnerAttempt, at: datetime) -> None:
        """Take what is known of an attempt since then."""
        before = dict(self._away)
        if attempt.is_open and attempt.lost:
            self._away.setdefault(attempt.partner, at)
        else:
            self._away.pop(attempt.partner, None)
        if self._away != before:
            self.line_changed.emit()
        self.changed.emit(attempt)
