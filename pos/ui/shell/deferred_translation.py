"""Changes the language of hidden pages one by one, and of other users' pages when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pos.ui.look.event_loop import call_soon

if TYPE_CHECKING:
    from pos.ui.page.screen import Screen
    from pos.ui.session.session import Session


class Unspoken(QObject):
    """Pages that still show the previous language.

    A page that the user may not enter (`may_enter`) might load data in the name of the user who left it: it waits until
    it is shown, or until a user with the permission signs in.
    """

    def __init__(self, session: Session, may_enter: Callable[[Screen], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._may_enter = may_enter
        self._screens: list[Screen] = []
        self._is_speaking = False

    def take(self, screens: Sequence[Screen]) -> None:
        """The language was changed: these pages are hidden."""
        self._screens = list(screens)
        self.speak_on()

    def speak(self, screen: Screen) -> None:
        """A page is about to be shown: translate it."""
        if screen in self._screens:
            self._screens.remove(screen)
            screen.retranslate(self._session.translator)

    def speak_on(self) -> None:
        """Begin to translate the pages, unless it is under way."""
        if self._screens and not self._is_speaking:
            self._is_speaking = True
            call_soon(self, self.speak_next)

    def speak_next(self) -> None:
        """One page a turn: the page on the screen changes at once when the user chooses a language."""
        mine = next((screen for screen in self._screens if self._may_enter(screen)), None)
        self._is_speaking = mine is not None
        if mine is not None:
            self.speak(mine)
            call_soon(self, self.speak_next)
