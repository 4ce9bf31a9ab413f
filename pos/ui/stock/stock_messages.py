"""Messages of the stock pages: a sound and a sentence, and confirmation by pressing the same key again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pos.application.text.translator import N_
from pos.domain.catalogue.barcode import BadCode
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.ui.look.sounds import Sound
from pos.ui.session.session import Session
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone


class StockMessages:
    """Shows messages in the notice bar of the window."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def notify(self, tone: Tone, text: str, sound: Sound | None = None) -> None:
        """Show a sentence of the catalogue (N_)."""
        self.say(tone, lambda: self._session.translator(text), sound)

    def say(self, tone: Tone, text: Callable[[], str], sound: Sound | None = None) -> None:
        """Show what `text` returns in the current language."""
        if sound is not None:
            self._session.sounds.play(sound)
        kind = "stock.refused" if tone is Tone.NEARLY else "stock.said"
        self._session.notify(kind, lambda: Notice(tone, text(), seconds=10))

    def ask(self, text: Callable[[], str]) -> None:
        """Say what the next figure is of; `asked` ends it."""
        self._session.notify("stock.asked", lambda: Notice(Tone.INFO, text(), seconds=10))

    def asked(self) -> None:
        """The figure was entered, or would now be of other goods."""
        self._session.withdraw("stock.asked")

    def sure(self, what: str, text: Callable[[], str]) -> bool:
        """Whether the key was pressed twice in a row; the first press announces the effect."""
        return self._session.sure("stock.sure", what, lambda: Notice(Tone.NEARLY, text(), seconds=10))

    def forget_others(self, what: str) -> None:
        """Cancel the open confirmation unless it is of this: another row is chosen."""
        if self._session.question != ("stock.sure", what):
            self.forget()

    def forget(self) -> None:
        """Cancel the open confirmation."""
        self._session.withdraw("stock.sure")

    def working(self) -> None:
        """The differences are worked out."""
        text = N_("Calculating the differences…")
        if self._session.person is not None:  # else the till was locked meanwhile
            self._session.notify("stock.working", lambda: Notice(Tone.NEUTRAL, self._session.translator(text)))

    def rest(self) -> None:
        """They are there, or were refused."""
        self._session.withdraw("stock.working")

    def printed(self, path: Path) -> None:
        """A document was printed."""
        self.say(Tone.WITHIN, lambda: self._session.translator("Printed: {file}", file=path.name))

    def refused(self, error: Exception) -> None:
        """A step was refused, or the store failed."""
        self._session.sounds.play(Sound.REFUSE)
        self._session.report_foreseen(error)

    def unknown(self, error: Exception) -> None:
        """A scan was unknown or refused, or the store failed."""
        strange = isinstance(error, UnknownCode | BadCode)
        self._session.sounds.play(Sound.UNKNOWN if strange else Sound.REFUSE)
        self._session.report_foreseen(error)
