"""The page of a user who can do nothing on this till: it says so, and where their work is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.input.actions import NOTHING_HERE
from pos.ui.page.screen import Screen
from pos.ui.widgets.cards.empty_state import EmptyState

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.session.session import Session


class NothingHereScreen(Screen):
    """Shown only where the rail would be empty."""

    screen_id = NOTHING_HERE

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._state = EmptyState(session.theme)
        column = QVBoxLayout(self)
        column.addWidget(self._state)

    def retranslate(self, tr: Translator) -> None:
        self._state.present(
            "info",
            tr("Your role has no pages in this window."),
            tr("Use the commands in a terminal for your work. Lock the till when you leave."),
        )
