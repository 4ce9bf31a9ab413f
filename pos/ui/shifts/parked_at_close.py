"""Parked sales at the close of a shift: reported before the count, and handed over to the next shift on the spot."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from pos.application.text.translator import Translator
from pos.domain.sales.parking import ParkedSalesOpen
from pos.domain.staff.staff import Approval
from pos.ui.look.sounds import Sound
from pos.ui.notices.notice_factory import News
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

_SECONDS = 12


class ParkedAtClose(QObject):
    """Shows notices on the page that closes a shift; `approval` allows closing another cashier's shift."""

    def __init__(self, session: Session, news: News, approval: Callable[[], Approval | None]) -> None:
        super().__init__(news)
        self._approval = approval
        self._session = session
        self._news = news

    def look(self) -> None:
        """Check for parked sales, so that no count is made in vain."""
        self._session.run(self._session.shop.parked_sales.left, self._left)

    def offer_hand_over(self, error: Exception) -> bool:
        """Show why the shift is not closed, with what to do; False if there is another reason."""
        if isinstance(error, ParkedSalesOpen):
            self._left(error.count)
            return True
        return False

    def hand_over(self) -> None:
        """Hand the parked sales over to the next shift."""
        person, sales, approval = self._session.person, self._session.shop.parked_sales, self._approval()
        if person is not None:
            self._session.run(lambda: sales.hand_over(person, approval), self._handed_over)

    def _left(self, count: int) -> None:
        if not count:
            return

        def make_notice(tr: Translator) -> Notice:
            text = tr.plural(
                "{n} parked sale is open. Settle it or hand it over.",
                "{n} parked sales are open. Settle them or hand them over.",
                count,
            )
            key = self._session.actions.key_text("hand_over_parked")
            return Notice(Tone.NEARLY, text, "pause", tr("Hand over to the next shift"), key)

        self._news.notify("shift.parked", make_notice, self.hand_over)

    def _handed_over(self, count: int) -> None:
        if not count:
            return
        self._session.sounds.play(Sound.ACCEPT)

        def make_notice(tr: Translator) -> Notice:
            text = tr.plural(
                "{n} parked sale handed over to the next shift.",
                "{n} parked sales handed over to the next shift.",
                count,
            )
            return Notice(Tone.WITHIN, text, "pause", seconds=_SECONDS)

        self._news.notify("shift.parked_handed", make_notice)
