"""What the window expects of every screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from pos.ui.look.sounds import Sound
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.text.words import Words
    from pos.ui.session.session import Session


class Screen(QWidget):
    """One page of the window; it lives as long as the window and keeps its contents while it is not on show.

    `place` is its name in `actions.py`, `help` and `places.py`; `rail` the item of the rail that is lit meanwhile.
    `steps` says what the keys of this page do, by the id of their action: a key without a step is neither bound nor
    shown. `takes_scans` is whether scans belong here; where they do not, the window takes them to the checkout.
    """

    place = ""
    rail = ""
    takes_scans = False

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.theme = session.theme
        self.steps: dict[str, Callable[[], None]] = {}

    @property
    def words(self) -> Words:
        """The words of the moment."""
        return self.session.words

    def retranslate(self, words: Words) -> None:
        """Say everything in another language, in place: what was typed and chosen stays."""

    def hasHeightForWidth(self) -> bool:
        """A page is given its height, however its sentences wrap.

        Where every frame up to the window asks for the height of a width, each asks twice of the one inside it.
        """
        return False

    def entered(self) -> None:
        """The page is on show now: put the focus where the hand begins."""

    def left(self) -> None:
        """Another page is on show now, or the till is locked."""

    def scanned(self, text: str) -> None:
        """A product's code was scanned while this page was on show."""

    def document_scanned(self, _text: str) -> None:
        """A whole paper was scanned. Personal data: not for a log. Most pages have no use for it, and say so."""
        self.tell_unread(lambda: self.words("Documents are scanned at the checkout."))

    def unreadable(self, _text: str) -> None:
        """A scan of which something is missing. Personal data: not for a log."""
        self.tell_unread(lambda: self.words("The scan was incomplete. Scan again."))

    def tell_unread(self, said: Callable[[], str]) -> None:
        """A sound and a word for a scan that does not belong here."""
        self.session.sounds.play(Sound.UNREAD)
        self.session.tell("scan.unread", lambda: Notice(Tone.NEARLY, said(), seconds=8))

    def emptied(self) -> None:
        """Somebody ends the till although something is waiting here: it is not to be offered again."""

    def waiting(self) -> str:
        """What would be lost if the till ended now, in a few words (3 lines · ¥ 412.50); empty for nothing."""
        return ""
