"""What would be lost if the window closed now, and how it is reported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from pos.application.text.typography import paragraph
from pos.ui.input.actions import CHECKOUT, PAYMENT
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.page.screen import Screen

_OF_THE_BASKET = frozenset({CHECKOUT, PAYMENT})


class Unfinished:
    """Asks the pages that are `built`, by place, at the moment of the request."""

    def __init__(self, built: Mapping[str, Screen], tr: Callable[[], Translator]) -> None:
        self._built, self._translator = built, tr
        self._said = ""

    def all(self) -> str:
        """All unfinished work in words; empty for none."""
        return " · ".join(part for part in (self.basket(), self._rest()) if part)

    def basket(self) -> str:
        """The basket of the till and what was given for it (3 lines · ¥ 412.50); empty for no basket."""
        return _said(screen for screen_id, screen in self._built.items() if screen_id in _OF_THE_BASKET)

    def _rest(self) -> str:
        return _said(screen for screen_id, screen in self._built.items() if screen_id not in _OF_THE_BASKET)

    def news(self) -> Notice:
        """The notice that prevents closing, with a button to close nevertheless."""
        tr, self._said = self._translator(), self.all()
        basket, rest = self.basket(), self._rest()
        sentences = []
        is_paid = bool(_said(screen for screen_id, screen in self._built.items() if screen_id == PAYMENT))
        if is_paid:
            sentences.append(
                tr(
                    "A basket is open: {basket}. Closing the program keeps it with its money; "
                    "it is offered at the next start.",
                    basket=basket,
                )
            )
        elif basket:
            sentences.append(tr("A basket is open: {basket}. Closing the program clears it.", basket=basket))
        if rest:
            sentences.append(tr("Not finished: {what}. Closing the program discards it.", what=rest))
        action = tr("Close anyway") if rest or is_paid else tr("Close and clear basket")
        icon = "shopping-cart" if basket else "triangle-alert"
        return Notice(Tone.NEARLY, paragraph(tr, sentences), icon=icon, action=action)

    def is_as_said(self) -> bool:
        """Whether the last notice is still true: else its button would drop other work than it names."""
        return self.all() == self._said

    def empty(self) -> None:
        """Drop all of it, so that it is not offered again: but for a basket for which money was received."""
        for screen in self._built.values():
            screen.emptied()


def _said(screens: Iterable[Screen]) -> str:
    return " · ".join(text for screen in screens if (text := screen.waiting()))


def is_desktop_ending() -> bool:
    """Whether the desktop is shutting its programs down: no user is there to answer."""
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()
