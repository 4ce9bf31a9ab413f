"""News of the checkout: a notice that speaks the language of the moment and knows what its button does."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from pos.application.words import Words
from pos.ui.theme import Theme
from pos.ui.widgets.notice_bar import Notice, NoticeBar

Tell = Callable[[Words], Notice]
"""Makes the notice in a language, so that it can be said again in another one."""


class News(NoticeBar):
    """A NoticeBar that is told a Tell; `then` is what its button does."""

    def __init__(self, theme: Theme, words: Words, *, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, dismiss=words("Dismiss"), flat=flat, parent=parent)
        self._words = words
        self._telling: Tell | None = None
        self._then: Callable[[], None] | None = None
        self.acted.connect(self._act)

    def tell(self, telling: Tell, then: Callable[[], None] | None = None) -> None:
        """Show what `telling` says, in place of the news before."""
        self._telling, self._then = telling, then
        self.present(telling(self._words))

    def retranslate(self, words: Words) -> None:
        """Say what is on show in another language."""
        self._words = words
        if self.notice is not None and self._telling is not None:
            self.present(self._telling(words))

    def _act(self) -> None:
        then = self._then
        self.clear()
        if then is not None:
            then()
