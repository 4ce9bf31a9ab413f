"""Notices without a dialog: one line across the screen, with an optional action."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.drawing import draw_box
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, hbox
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce, with_pauses

_LEAST = 220
"""The pixels that the words keep beside the buttons."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice. `seconds` is how long it stays; 0 stays until dismissed or replaced.

    `progress` is a percentage from 0 to 100, or None for no bar. `action` is the text of the button, `action_key` its
    key; `other` is the text of a second button.
    """

    tone: Tone
    text: str
    icon: str = ""
    action: str = ""
    action_key: str = ""
    seconds: int = 0
    progress: int | None = None
    other: str = ""


def _meaning(notice: Notice) -> tuple[object, ...]:
    """What its buttons mean: as a step goes on, the text says how far it is."""
    return notice.tone, "" if notice.progress is not None else notice.text, notice.action, notice.other


class NoticeBar(QWidget):
    """Shows the latest Notice and hides itself when its time is over. `flat` spans edge to edge, otherwise it is a
    card.

    `dismiss` is the accessible name of its closing cross. It never takes the focus.
    """

    fell = Signal()
    """The bar is empty."""
    action_pressed = Signal()
    other_action_pressed = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, *, dismiss: str, flat: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clock: Callable[[], float] = time.monotonic
        """The clock of taps."""
        self._theme = theme
        self._flat = flat
        self._notice: Notice | None = None
        self._text = TextLabel(wrap=True)
        self._progress = QProgressBar()
        self._progress.setFixedWidth(120)
        self._progress.setTextVisible(False)
        self._action = IconButton(theme, height=Size.SMALL_BUTTON)
        self._action.clicked.connect(self.action_pressed)
        self._other = IconButton(theme, height=Size.SMALL_BUTTON)
        self._other.clicked.connect(self.other_action_pressed)
        self._dismiss = IconButton(theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name=dismiss)
        self._dismiss.clicked.connect(self._close)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self.clear)
        for button in (self._action, self._other, self._dismiss):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.gives_way = True
        self._beside = Flow(self._progress, self._other, self._action)
        self._row = Folding(Stretched(self._text), self._beside, room=_LEAST, spacing=Space.S)
        left, above = (Space.L if flat else Space.M) + 20 + 12, 2 if flat else 5
        hbox(Stretched(self._row), self._dismiss, spacing=Space.S, margins=(left, above, 7, above), parent=self)
        self.setMinimumHeight(Size.STATUS_LINE if flat else Size.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def name_dismissal(self, name: str) -> None:
        """Name the closing cross in another language."""
        self._dismiss.present("", name=name)

    @property
    def notice(self) -> Notice | None:
        """The notice on show."""
        return self._notice

    def present(self, notice: Notice, *, silent: bool = False) -> None:
        """Show `notice` in place of the previous one. It is read aloud, unless it is `silent` or only goes on."""
        is_another = self.isHidden() or self._notice is None or _meaning(self._notice) != _meaning(notice)
        if is_another:
            for button in (self._action, self._other, self._dismiss):
                button.means_since = self.clock()
        self._notice = notice
        self._text.setText(notice.text)
        self._action.present(notice.action, key=notice.action_key)
        self._action.setVisible(bool(notice.action))
        self._other.present(notice.other)
        self._other.setVisible(bool(notice.other))
        self._progress.setVisible(notice.progress is not None)
        self._progress.setValue(notice.progress or 0)
        self._beside.setVisible(bool(notice.action or notice.other) or notice.progress is not None)
        self._row.keep(min(_LEAST, self._text.fontMetrics().horizontalAdvance(notice.text)))
        self.setAccessibleName(notice.text)
        if not silent and (is_another or notice.progress is None):
            answer = f"{notice.action} {notice.action_key}".strip()
            announce(self, with_pauses([notice.text, answer, notice.other]))
        self._over.stop()
        if notice.seconds:
            self._over.start(notice.seconds * 1000)
        self.setVisible(self.parentWidget() is not None)
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._over.stop()
        self._notice = None
        self.hide()
        self.fell.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Show a notice that arrived while the bar was hidden."""
        if event.type() == QEvent.Type.ParentChange and self._notice is not None:
            self.show()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._notice is None:
            return
        painter = QPainter(self)
        tone = self._notice.tone
        fill = self._theme.colour(tone.ground)
        if self._flat:
            painter.fillRect(self.rect(), fill)
            painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
        else:
            draw_box(painter, self.rect(), fill=fill, line=self._theme.colour(tone.ink))
        x = Space.L if self._flat else Space.M
        icon = self._notice.icon or tone.icon
        self._theme.icons.paint(painter, icon, tone.ink, x, (self.height() - 20) // 2, 20)

    def _close(self) -> None:
        self.clear()
        self.dismissed.emit()
