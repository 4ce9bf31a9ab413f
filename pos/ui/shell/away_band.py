"""The band that is shown while the database does not answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from pos.application.text.formatting import time_text
from pos.ui.shell.band import Band

if TYPE_CHECKING:
    from pos.ui.session.session import Session


class AwayBand(Band):
    """Says since when nothing can be sold, and that nothing is lost; hidden without a fault."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, "unplug", "over_soft", "over")
        self._session = session
        self._since: datetime | None = None
        self.hide()
        session.away_changed.connect(self._changed)
        session.language_changed.connect(lambda _tr: self.retranslate())

    def retranslate(self) -> None:
        """Show it in the current language."""
        if self._since is None:
            return
        tr, zone = self._session.translator, self._session.settings.zone
        since = time_text(self._since.astimezone(zone))
        self.present(
            tr("No connection to the database since {time}", time=since),
            tr("Sales are not possible now. The basket and parked sales are kept. The till reconnects automatically."),
        )

    def _changed(self, is_away: bool) -> None:  # carried by the session's signal
        self._since = self._session.shop.now() if is_away else None
        self.retranslate()
        self.setVisible(is_away)
