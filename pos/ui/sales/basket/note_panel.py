"""The note of a basket that is being parked, typed beside the basket."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QLineEdit

from pos.application.text.translator import Translator
from pos.domain.sales.parking import LONGEST_NOTE
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretched, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.spoken.announcements import announce

_FIELD = 300
"""The pixels that the field keeps beside the buttons."""


class NotePanel(Surface):
    """Asks for a note, which may stay empty. `entered` carries the note; `left` means that the basket is not parked."""

    entered = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.CHOSEN)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self.field = QLineEdit()
        self.field.setMaxLength(LONGEST_NOTE)
        self.field.setFixedHeight(Size.BUTTON)
        self._leave = IconButton(theme, key="Esc")
        self._park = IconButton(theme, icon="pause", kind=ButtonKind.TINTED, key="Enter")
        self._park.clicked.connect(self._enter)
        self._leave.clicked.connect(self.left)
        row = Folding(Stretched(self.field), Flow(self._leave, self._park), room=_FIELD, spacing=Space.S)
        vbox(self._title, row, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self)
        self.setMinimumHeight(2 * Size.BUTTON)
        self.hide()

    def open(self) -> None:
        """Ask for a note; where it is being asked for already, the typed text stays."""
        if self.isHidden():
            self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_begun(self) -> bool:
        """Whether a note is typed that is not entered yet."""
        return not self.isHidden() and bool(self.field.text().strip())

    def ask_to_finish(self) -> None:
        """Put the cursor behind what is typed."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_down(self) -> bool:
        """Close the panel; return whether it was open."""
        asked = not self.isHidden()
        self.hide()
        return asked

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed text stays."""
        self._title.setText(tr("Park this sale. Goods and allowance are held for a limited time"))
        self.field.setAccessibleName(tr("Note"))
        self.field.setPlaceholderText(tr("Note (optional)"))
        self._park.present(tr("Park"))
        self._leave.present(tr("Cancel"))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        announce(self, self._title.text())  # a reader says the field only

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter parks, Esc leaves."""
        if event.key() in ENTERS:
            self._enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        self.entered.emit(self.field.text())
