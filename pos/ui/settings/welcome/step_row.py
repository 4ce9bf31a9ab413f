"""One step of the guide: its purpose, whether it is done, and the button that opens its page."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.settings.welcome.steps import StepView
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_HEIGHT = 84
_ACTION_WIDTH = 232
_SKIP = 132
_WORDS = 300
"""The pixels that the words keep beside the buttons."""


class StepState(StrEnum):
    """State of a step."""

    TO_DO = "to_do"
    DONE = "done"
    SKIPPED = "skipped"


class StepRow(Surface):
    """Presents a step; `requested` asks to open its page, `skipped` toggles skipping it."""

    requested = Signal()
    skipped = Signal()

    def __init__(self, theme: Theme, number: int, view: StepView) -> None:
        super().__init__(Ground.CARD)
        self._view = view
        self.state = StepState.TO_DO
        self.setMinimumHeight(_HEIGHT)
        self._mark = _Mark(theme, number)
        self._title = TextLabel(role=Role.TITLE)
        self._sentence = TextLabel(role=Role.LABEL, wrap=True)
        self._word = TextLabel(
            role=Role.SMALL_STRONG, align=Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        )
        self.action_button = IconButton(theme, icon=view.icon, name=f"step_{view.screen_id}_{number}")
        self.action_button.setFixedWidth(_ACTION_WIDTH)
        self.skip = IconButton(theme, kind=ButtonKind.QUIET, name=f"skip_{number}")
        self.skip.setFixedWidth(_SKIP)
        self.action_button.clicked.connect(self.requested)
        self.skip.clicked.connect(self.skipped)
        words = vbox(Stretch(), self._title, self._sentence, Stretch(), spacing=Space.XS)
        scrolled = hbox(self._mark, Stretched(words), self._word, spacing=Space.M)
        row = Folding(Stretched(scrolled), Flow(self.action_button, self.skip, spacing=Space.M), room=_WORDS)
        vbox(row, margins=(Space.M, Space.XS, Space.M, Space.XS), parent=self)

    def present(self, state: StepState, tr: Translator, *, is_next: bool) -> None:
        """Show the state of the step; the button of the next step is filled."""
        self.state = state
        title, sentence = tr(self._view.title), tr(self._view.sentence)
        state_text = {
            StepState.TO_DO: "", StepState.DONE: tr("Done"), StepState.SKIPPED: tr("Skipped"),
        }[state]  # fmt: skip
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._word.setText(state_text)
        self._word.setVisible(bool(state_text))
        self._word.set_tone(Tone.WITHIN if state is StepState.DONE else None)
        self._mark.present(state, is_next=is_next)
        self.action_button.set_kind(ButtonKind.PRIMARY if is_next else ButtonKind.SECONDARY)
        self.action_button.present(tr(self._view.action_text), icon=self._view.icon)
        self.skip.present(tr("Skip for now") if state is StepState.TO_DO else "")
        self.skip.setVisible(state is StepState.TO_DO)
        self.setAccessibleName(", ".join(part for part in (title, state_text, sentence) if part))


class _Mark(QWidget):
    """The number of a step, or a tick."""

    def __init__(self, theme: Theme, number: int) -> None:
        super().__init__()
        self._theme, self._number = theme, number
        self._state, self._is_next = StepState.TO_DO, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, state: StepState, *, is_next: bool) -> None:
        self._state, self._is_next = state, is_next
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(Size.THUMBNAIL, Size.THUMBNAIL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self._theme.colour
        box = QRect(0, 0, Size.THUMBNAIL, Size.THUMBNAIL)
        done = self._state is StepState.DONE
        fill = "within_soft" if done else "accent" if self._is_next else "sunken"
        draw_box(
            painter, box, fill=colour(fill), line=None if self._is_next else colour("line"), radius=box.width() / 2
        )
        if done:
            self._theme.icons.paint(painter, "check", "within", 10, 10, 20)
            return
        ink = "accent_text" if self._is_next else "muted"
        draw_text(painter, box, str(self._number), self._theme.font(Type.TITLE, bold=True), colour(ink), CENTRE)
