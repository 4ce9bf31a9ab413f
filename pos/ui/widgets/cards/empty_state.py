"""Shown in place of an empty list: a picture, what is missing, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, vbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS

_ROOM_FOR_PICTURE = 240
"""The height from which the picture is shown, in pixels."""
_CENTRE = Qt.AlignmentFlag.AlignCenter


class EmptyState(QWidget):
    """Picture, title, one sentence of advice, and a button if the action is possible here (`action_pressed`)."""

    action_pressed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = _Picture(theme)
        self._title = TextLabel(role=Role.TITLE, wrap=True, align=_CENTRE)
        self._hint = TextLabel(wrap=True, align=_CENTRE)
        self._hint.setProperty("tint", "muted")
        self._action = IconButton(theme)
        self._action.clicked.connect(self.action_pressed)
        vbox(
            Stretch(),
            Aligned(self._picture, _CENTRE),
            Gap(Space.S),
            self._title,
            self._hint,
            Gap(Space.S),
            Aligned(self._action, _CENTRE),
            Stretch(),
            spacing=Space.S,
            margins=(Space.L, Space.L, Space.L, Space.L),
            parent=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low room the words and the button come first."""
        super().resizeEvent(event)
        self._picture.setVisible(event.size().height() >= _ROOM_FOR_PICTURE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus, as it opens a row of the list."""
        if event.key() in ENTERS and self._action.hasFocus():
            self._action.click()
        else:
            super().keyPressEvent(event)

    def present(self, icon: str, title: str, hint: str, action: str = "", key: str = "") -> None:
        """Show the texts; without `action` there is no button."""
        self._picture.present(icon)
        self._title.setText(title)
        self._hint.setText(hint)
        self._action.present(action, key=key)
        self._action.setVisible(bool(action))
        self.setAccessibleName(title)
        self.setAccessibleDescription(hint)


class _Picture(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = "package"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, icon: str) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40, 40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._theme.icons.paint(QPainter(self), self._icon, "muted", 0, 0, 40)
