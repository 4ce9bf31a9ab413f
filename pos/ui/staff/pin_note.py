"""A one-time PIN, shown once, to be copied by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.staff.manage_staff import OneTimePin
from pos.application.text.formatting import instant_text
from pos.application.text.translator import Translator
from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.staff.staff_words import pin_text
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text
from pos.ui.widgets.drawing.layouts import Stretch, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.fields.key_positions import ENTERS

_HIGH = 96


class PinNote(Surface):
    """Shows the PIN until it is noted; it cannot be shown again. `noted` means that the button was pressed."""

    noted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.PANEL)
        self._given: OneTimePin | None = None
        self._zone: tzinfo = UTC
        self.counts: Callable[[], bool] = lambda: True
        """Whether Enter may put the PIN away: the one that has asked for it, pressed twice, does not."""
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self._pin = _BigPin(theme)
        self._until = TextLabel(role=Role.BODY, wrap=True)
        self._once = TextLabel(role=Role.SMALL_STRONG, wrap=True)
        self._once.set_tone(Tone.NEARLY)
        self.button = IconButton(theme, icon="check", key="Enter", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.button.clicked.connect(self._note)
        vbox(
            self._title,
            self._pin,
            self._until,
            self._once,
            self.button,
            Stretch(),
            spacing=Space.M,
            margins=(Space.M, Space.M, Space.M, Space.M),
            parent=self,
        )

    @property
    def pin(self) -> str:
        """The PIN shown; empty for none."""
        return "" if self._given is None else self._given.pin

    def present(self, given: OneTimePin, zone: tzinfo, tr: Translator) -> None:
        """Show a PIN."""
        self._given, self._zone = given, zone
        self.retranslate(tr)

    def retranslate(self, tr: Translator) -> None:
        """Show the content in another language."""
        given, zone = self._given, self._zone
        if given is None:
            return
        name, until = given.person.title, instant_text(given.until, zone, tr.language)
        self._title.setText(tr("One-time PIN of {name}", name=name))
        self._pin.present(pin_text(given.pin))
        self._until.setText(tr("Valid until {until} for choosing a new PIN.", until=until))
        self._once.setText(tr("It is shown only once. Write it down and hand it over."))
        self.button.present(tr("PIN written down"))

    def forget(self) -> bool:
        """Remove the PIN; return whether there was one."""
        had, self._given = self._given is not None, None
        self._pin.present("")
        return had

    def begin(self) -> None:
        """Focus the button."""
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter confirms that it is noted."""
        if event.key() not in ENTERS:
            super().keyPressEvent(event)
        elif self.counts():
            self._note()

    def _note(self) -> None:
        self.forget()
        self.noted.emit()


class _BigPin(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._text = ""
        self.setFixedHeight(_HIGH)

    def present(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        draw_box(painter, self.rect(), fill=theme.colour("sunken"), line=theme.colour("line_strong"))
        box = QRect(0, 0, self.width(), self.height())
        draw_text(painter, box, self._text, theme.font(Type.TOTAL, bold=True), theme.colour("text"), CENTRE)
