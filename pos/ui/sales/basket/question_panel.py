"""A question with its answers side by side. Neither Enter nor a scan answers it: no answer is the default."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.surface import Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

MOST = 3
"""The most answers of one question."""
_BESIDE = QBoxLayout.Direction.LeftToRight
_LEAST = 240
"""The pixels that a question needs beside its answers."""


class QuestionPanel(Surface):
    """Asks a question; `answered` carries the index of the answer. It never takes the focus; Tab reaches its buttons.

    `keys` are the keys that give the answers.
    """

    answered = Signal(int)

    def __init__(self, theme: Theme, keys: Sequence[str], clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` is the clock of taps."""
        super().__init__(Tone.NEARLY)
        self._clock = clock
        self._keys = keys
        self._text = TextLabel(role=Role.STRONG, wrap=True)
        self._buttons = [IconButton(theme, kind=ButtonKind.SECONDARY, height=Size.SMALL_BUTTON) for _ in range(MOST)]
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for index, button in enumerate(self._buttons):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _on=False, index=index: self.answered.emit(index))
            row.addWidget(button)
        self._answers = row
        self._whole = QBoxLayout(_BESIDE, self)
        self._whole.setSpacing(Space.S)
        self._whole.setContentsMargins(12, Space.S, Space.S, Space.S)
        self._whole.addWidget(self._text, 1)
        self._whole.addLayout(row)
        self.hide()

    @property
    def text(self) -> str:
        """The question."""
        return self._text.text()

    def buttons(self) -> list[IconButton]:
        """The answer buttons, from the left."""
        return [button for button in self._buttons if not button.isHidden()]

    def ask(self, text: str, answers: Sequence[str]) -> None:
        """Show a question with its answers."""
        is_another = text != self._text.text() or self.isHidden()
        self._text.setText(text)
        for index, button in enumerate(self._buttons):
            if is_another:
                button.means_since = self._clock()
            button.setVisible(index < len(answers))
            if index < len(answers):
                button.present(answers[index], key=self._keys[index])
        self.setAccessibleName(text)
        if is_another:
            announce(self, with_pauses([text, *(f"{answer} {key}" for answer, key in zip(answers, self._keys))]))
        self._arrange()
        self.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """Put the answers beside the question, or below it when it would have too little room."""
        room = self.width() - self._answers.sizeHint().width()
        self._whole.setDirection(_BESIDE if room >= _LEAST else QBoxLayout.Direction.TopToBottom)
