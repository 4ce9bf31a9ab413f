"""The button that opens a training window beside the till, for all users."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess

from pos.application.settings.options import in_language
from pos.ui.look.theme import Size
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.ui.session.session import Session


_OPENS = 12
"""Seconds that a new window may take."""


class TrainingButton(IconButton):
    """Starts the program a second time as a process of its own. A till in training has no such button."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.theme, icon="graduation-cap", kind=ButtonKind.DASHED, height=Size.SMALL_BUTTON)
        self._session = session
        self._pressed = float("-inf")
        self.clicked.connect(self._start)
        self.setVisible(bool(session.shop.training_command))

    def retranslate(self, tr: Translator) -> None:
        """Show it in another language."""
        self.present(tr("Train on a copy of the shop"))

    def _start(self) -> None:
        at = self._session.finishing.clock()
        if at - self._pressed < _OPENS:  # a second program would only say that the training is open already
            return
        program, *arguments = in_language(self._session.shop.training_command, self._session.language)
        process = QProcess()
        process.setProgram(program)
        process.setArguments(arguments)
        for leave in (process.setStandardOutputFile, process.setStandardErrorFile):
            leave(QProcess.nullDevice())
        started: object = process.startDetached()  # whether it did; the stubs promise a pair
        if started:
            self._pressed = at
        self._session.notify("training.opens", self._opening if started else self._not_started)

    def _opening(self) -> Notice:
        text = self._session.translator("The training window is opening.")
        return Notice(Tone.INFO, text, seconds=_OPENS)

    def _not_started(self) -> Notice:
        return Notice(Tone.OVER, self._session.translator("The training window could not be started."))
