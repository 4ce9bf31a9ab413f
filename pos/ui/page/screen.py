"""The base class of every screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.ui.look.sounds import Sound
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.read_as import ReadAs

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.outside_partners.payment_code import PaymentCode
    from pos.ui.session.session import Session


class Screen(QWidget):
    """One page of the window; it lives as long as the window and keeps its contents while hidden.

    `screen_id` is its name in `actions.py`, `help` and `rail_entries.py`; `rail` is the rail item that is lit while it
    is shown. `key_handlers` are those of this page, by action id: a key without a handler is neither bound nor
    shown. `takes_scans` is whether scans belong here; if not, the window passes them to the checkout. `takes_pickups`:
    the QR of a customer order is shown here, and not opened at the checkout.
    """

    read_as = ReadAs.PAGE
    screen_id = ""
    rail = ""
    takes_scans = False
    takes_pickups = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = session.theme
        self.key_handlers: dict[str, Callable[[], None]] = {}
        session.day_began.connect(self._day_began)
        session.minute_began.connect(self._minute_began)

    @property
    def translator(self) -> Translator:
        """The current message catalogue."""
        return self.session.translator

    @property
    def figures(self) -> frozenset[str]:
        """The figures of the rail's badges that stand on this page as it is shown: see `rail_figures.py`."""
        return frozenset()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language, in place: typed and chosen values stay."""

    def hasHeightForWidth(self) -> bool:
        """A page gets its height from the window, however its sentences wrap.

        If every frame up to the window asked for the height of a width, each would ask the one inside it twice.
        """
        return False

    def entered(self) -> None:
        """The page is shown now: set the first focus."""

    def left(self) -> None:
        """Another page is shown now, or the till is locked."""

    def follow_day(self) -> None:
        """Another day has begun while this page is shown, or `changes_at` has come: show what is true by now."""

    @property
    def changes_at(self) -> datetime | None:
        """When what is on show becomes another by itself within the day, as a scheduled price does; None for never."""
        return None

    def _minute_began(self, instant: datetime) -> None:
        """While the database is away the page stays as it is: each minute would report that again."""
        if not self.isVisible() or self.session.is_away:
            return
        if self.changes_at is not None and self.changes_at <= instant:
            self.follow_day()

    def _day_began(self) -> None:
        if self.isVisible():
            self.follow_day()

    def scanned(self, text: str) -> None:
        """A product's code was scanned while this page was shown."""

    def document_scanned(self, _text: str) -> None:
        """A complete document was scanned. Personal data: not for a log. Most pages have no use for it, and say so."""
        self.notify_unread(lambda: self.translator("Documents are scanned at the checkout."))

    def payment_code_scanned(self, _code: PaymentCode, *, perhaps_document: bool) -> None:  # noqa: ARG002 # of a page
        """The payment code of a phone was scanned; `perhaps_document`: the digits may be an identity number."""
        self.notify_unread(lambda: self.translator("This is a payment code. It is scanned at the payment."))

    def unreadable(self, _text: str) -> None:
        """An incomplete scan. Personal data: not for a log."""
        self.notify_unread(lambda: self.translator("The scan was incomplete. Scan again."))

    def notify_unread(self, said: Callable[[], str]) -> None:
        """Play a sound and show a notice for a scan that does not belong here."""
        self.session.sounds.play(Sound.UNREAD)
        self.session.notify("scan.unread", lambda: Notice(Tone.NEARLY, said(), seconds=8))

    def report_elsewhere(self, error: Exception) -> None:
        """A refusal that is shown on this page: another one may be on show by now, on which it is reported."""
        self.session.report_if_hidden(self, error)

    def may_discard(self, kind: str, about: object, again: Callable[[], None], action: str = "back") -> bool:
        """Whether unsaved changes may be dropped; else ask: the key of `action` or the button of the question answers.

        `about` is what would be dropped, and `again` the step of that key.
        """
        key = self.session.actions.key_text(action)

        def question() -> Notice:
            text = self.translator("Discard unsaved changes? Press {key} again to confirm.", key=key)
            return Notice(Tone.NEARLY, text, action=self.translator("Discard changes"), seconds=10)

        return self.session.sure(kind, about, question, again)

    def emptied(self) -> None:
        """The user closes the till although work is waiting here: do not offer it again, but for money."""

    def waiting(self) -> str:
        """What would be lost if the till closed now, in a few words (3 lines · ¥ 412.50); empty for nothing."""
        return ""
