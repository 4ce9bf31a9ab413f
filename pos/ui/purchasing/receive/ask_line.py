"""A question with one field, shown where the answer is needed: a count, a reason, a cost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words


class AskLine(Surface):
    """Asks and passes the typed answer to the caller; Esc cancels. `left` is emitted on closing."""

    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CHOSEN, parent)
        self._take: Callable[[str], None] | None = None
        self._asks: Words = str
        """What is asked."""
        self._before = ""
        self._question = TextLabel(role=Role.STRONG, wrap=True)
        self._wrong = Complaint(Role.SMALL_STRONG)
        self.field = QLineEdit()
        self.field.returnPressed.connect(self._answer)
        self.save = IconButton(theme, icon="check", kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self.save.clicked.connect(self._answer)
        row = hbox(Stretched(self.field), self.save, spacing=Space.S)
        vbox(self._question, row, self._wrong, spacing=Space.S, margins=(Space.M, 12, Space.M, 12), parent=self)
        self.hide()

    def ask(self, asks: Words, said: str, tr: Translator, take: Callable[[str], None]) -> None:
        """Ask with `said` in the field; `take` gets the answer and closes the question, or returns an error."""
        self._take, self._asks = take, asks
        self.field.setText(said)
        self._before = said
        self._wrong.say(None)
        self.retranslate(tr)
        self.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def fill_in(self, text: str, *, enter: bool) -> None:
        """What was typed before it was known what the question is about."""
        if text:
            self.field.setText(text)
        if enter:
            self._answer()

    def retranslate(self, tr: Translator) -> None:
        """Show everything in another language; the typed answer stays."""
        question = self._asks()
        self._question.setText(question)
        self.field.setAccessibleName(question)
        self.save.present(tr("Save"))
        self._wrong.reword()

    def show_error(self, words: Words) -> None:
        """Show an error of the answer."""
        self._wrong.say(words)

    def is_for(self, take: Callable[[str], None]) -> bool:
        """Whether the question on show is the one whose answer `take` gets."""
        return not self.isHidden() and self._take is take

    @property
    def is_typed(self) -> bool:
        """Whether an answer is typed that was not given yet."""
        return not self.isHidden() and self.field.text() != self._before

    def insist(self, words: Words) -> bool:
        """Whether an answer is typed that was not given yet; then `words` say so, and the cursor is in the field."""
        if not self.is_typed:
            return False
        self.show_error(words)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def close_down(self) -> bool:
        """Cancel the question; False if there was none."""
        if self.isHidden():
            return False
        self.hide()
        self._take = None
        self.left.emit()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters that the field does not accept are swallowed."""
        event.accept()

    def _answer(self) -> None:
        if self._take is not None:
            self._take(self.field.text().strip())
