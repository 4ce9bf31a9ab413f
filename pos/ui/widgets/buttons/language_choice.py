"""Choice of the four languages, each by its own name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.application.text.translator import LANGUAGE_NAMES
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.plain_tip import plain_tip

SHORT_NAMES = {"en": "EN", "zh": "中", "ru": "Р", "kk": "Қ"}
"""One character each, for the narrow status line."""


class LanguageChoice(QWidget):
    """Buttons for the languages; `chosen` carries the code. `short`, or too narrow, it shows one character each."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, *, short: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._short = short
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0 if short else Space.XS)
        self._buttons = {
            code: _LanguageButton(theme, code, SHORT_NAMES[code] if short else name, name)
            for code, name in LANGUAGE_NAMES.items()
        }
        for button in self._buttons.values():
            button.clicked.connect(self._emit_chosen)
            row.addWidget(button)

    def sizeHint(self) -> QSize:
        """With whole names, unless it is short."""
        wide = sum(button.whole_width for button in self._buttons.values())
        return QSize(wide + (len(self._buttons) - 1) * (0 if self._short else Space.XS), Size.SMALL_BUTTON)

    def minimumSizeHint(self) -> QSize:
        """With one character each."""
        return QSize(len(self._buttons) * Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_close = event.size().width() < self.sizeHint().width()
        self._row.setSpacing(0 if self._short or is_close else Space.XS)
        for button in self._buttons.values():
            button.shorten(shortens=is_close)

    def present(self, name: str, language: str) -> None:
        """Mark the current language; `name` is the accessible name of the row."""
        self.setAccessibleName(name)
        for code, button in self._buttons.items():
            button.setChecked(code == language)

    def button(self, language: str) -> DrawnButton:
        """The button of one language."""
        return self._buttons[language]

    def _emit_chosen(self) -> None:
        button = self.sender()
        if isinstance(button, _LanguageButton):
            button.setChecked(True)
            self.chosen.emit(button.code)


class _LanguageButton(DrawnButton):
    def __init__(self, theme: Theme, code: str, text: str, name: str) -> None:
        super().__init__(theme, text, name)
        self.code = code
        self._name = name
        self._whole = text
        self._short = text != name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # what is being typed goes on
        self.setCheckable(True)
        self.setAutoExclusive(True)
        if self._short:
            self.setToolTip(plain_tip(name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def whole_width(self) -> int:
        """Its width with the text that it was made with."""
        size = Type.LABEL if self._whole != self._name else Type.BODY
        return max(Size.SMALL_BUTTON, text_width(self.theme.font(size, bold=True), self._whole) + 2 * 12)

    def shorten(self, *, shortens: bool) -> None:
        """Show one character, or the text that it was made with."""
        self.setText(SHORT_NAMES[self.code] if shortens else self._whole)
        self._short = self.text() != self._name
        self.setToolTip(plain_tip(self._name if self._short else ""))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """The touch area is as high as a finger needs; the painted part is lower."""
        size = Type.LABEL if self._short else Type.BODY
        words = text_width(self.theme.font(size, bold=True), self.text())
        return QSize(max(Size.SMALL_BUTTON, words + 2 * 12), Size.SMALL_BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        inset = 8 if self._short else 4
        box = self.rect().adjusted(2, inset, -2, -inset)
        chosen = self.isChecked()
        if chosen or self.isDown():
            draw_box(painter, box, fill=self.colour("accent_soft"))
        elif self.hovered:
            draw_box(painter, box, fill=self.colour("sunken"))
        self.draw_focus(painter, box, "line")
        font = self.theme.font(Type.LABEL if self._short else Type.BODY, bold=chosen)
        draw_text(painter, box, self.text(), font, self.colour("accent" if chosen else "muted"), CENTRE)


def language_of_system(tags: list[str]) -> str:
    """The first of the system's language tags (zh-Hans-CN, ru_RU) that the till supports; English otherwise."""
    for tag in tags:
        code = tag.replace("_", "-").split("-", maxsplit=1)[0].lower()
        if code in LANGUAGE_NAMES:
            return code
    return "en"
