"""A panel below the rows that asks for input in place: a title, errors, Enter and Esc."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.spoken.announcements import announce


class AskingPanel(Surface):
    """Lays its `fields` out below the title. Enter calls `submit`, Esc emits `left`, `wrong` carries invalid input."""

    wrong = Signal(object)
    left = Signal()
    keeps_room = True
    """Whether there is room for an error while there is none."""

    def __init__(self, theme: Theme, fields: QLayout, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._translator = Translator.english()
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._wrong = Complaint(Role.SMALL_STRONG, keeps_room=self.keeps_room)
        self._save = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self._leave = IconButton(theme, key="Esc", kind=ButtonKind.SECONDARY, height=Size.SMALL_BUTTON)
        self._save.clicked.connect(self.submit)
        self._leave.clicked.connect(self.left)
        head = hbox(Stretched(self._title), self._leave, self._save, spacing=Space.S)
        vbox(head, fields, self._wrong, spacing=Space.XS, margins=(Space.M, Space.S, Space.M, 12), parent=self)
        self.hide()

    def submit(self) -> None:
        """Take the typed text if it is valid."""
        raise NotImplementedError

    def show_error(self, words: Words) -> None:
        """Show the error."""
        self._wrong.say(words)

    def excuse(self, *_: object) -> None:
        """Another value is in a field: the error was about what stood there before."""
        self._wrong.say(None)

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._translator = tr
        self._wrong.reword()

    def insist(self) -> None:
        """Say that what is typed waits for its Enter."""
        self.show_error(lambda: self._translator("Press Enter to accept this entry, or Esc to drop it."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        announce(self, self._title.text())  # a reader says the field only

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the input, Esc leaves."""
        if event.key() in ENTERS:
            self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
