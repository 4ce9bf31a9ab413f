"""The PIN entry: dots, keypad, and the error of the last attempt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.staff.sign_in.choosing_pin import ChoosingPin, Step
from pos.ui.widgets.buttons.clock_card import PlainIcon
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.buttons.key_names import key_names
from pos.ui.widgets.buttons.keypad import KeyOrder, Keypad
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Complaint, Role, TextLabel, Words
from pos.ui.widgets.fields.input_hints import OWN_PAD
from pos.ui.widgets.fields.key_positions import digit_of
from pos.ui.widgets.fields.pin_field import PinField

if TYPE_CHECKING:
    from pos.application.text.translator import Translator
    from pos.domain.staff.staff import Person


_ROOMY = 564
"""Pixels of height that everything together needs."""
_GAPS = ((8, 4), (16, 8), (12, 4), (8, 4))
"""Pixels between the parts, from the top: as usual, and on a low screen."""


class PinPanel(Surface):
    """Emits `submitted` with the PIN, by Enter, button or keypad. An error stays until the next digit."""

    submitted = Signal(str)
    change_requested = Signal()
    """The user wants to change the PIN, or no longer wants to."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._title = TextLabel(role=Role.TITLE, wrap=True)
        self.field = PinField(theme, "PIN", digit_of=digit_of)
        self._complaint = _Complaint()
        self.field.setProperty(OWN_PAD, True)
        self.pad = Keypad(theme, KeyOrder.PIN)
        self.button = IconButton(theme, icon="log-in", key="Enter", kind=ButtonKind.PRIMARY, height=Size.PRIMARY)
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._demo = Surface(Ground.SUNKEN)
        self._demo_text = TextLabel(role=Role.SMALL, wrap=True)
        self.change = IconButton(theme, icon="user-cog", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON)
        self._lock = TextLabel(role=Role.LABEL, wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        self.field.changed.connect(self._typed)
        self.field.submitted.connect(self.submitted)
        self.pad.pressed.connect(self.field.push)
        self.pad.erased.connect(self.field.pop)
        self.pad.cleared.connect(self.field.clear)
        self.button.clicked.connect(lambda: self.submitted.emit(self.field.pin()))
        self.change.clicked.connect(self.change_requested)
        self.setMinimumWidth(376)
        self._is_low = self._tells_pin = False
        self._lay_out(theme)

    def present(
        self,
        person: Person | None,
        demo_pins: Mapping[str, str],
        tr: Translator,
        choosing: ChoosingPin | None = None,
    ) -> None:
        """Ask for the PIN of `person`, or for the next input of a PIN change; in a demo shop, show it."""
        name = "" if person is None else person.title
        title = tr("PIN of {name}", name=name) if name else tr("PIN")
        if choosing is not None:
            title = choosing.title(name, tr)
        self._title.setText(title)
        self.field.present(title)
        self.pad.present_words(key_names(tr))
        asks_new = choosing is not None and choosing.step is not Step.OLD
        self.button.present(tr("Sign in") if choosing is None else tr("Next"))
        if choosing is None:
            self.change.present(tr("Change my PIN"), icon="user-cog")
        else:
            self.change.present(tr("Cancel"), icon="x")
        pin = "" if person is None else demo_pins.get(person.name, "")
        self._demo_text.setText(tr("Demo shop: PIN of {name}: {pin}", name=name, pin=pin))
        self._tells_pin = bool(pin) and not asks_new
        self._share_place()
        rule = tr("6 to 12 digits. No single repeated digit, no sequence, not the old PIN.")
        self._lock.setText(rule if asks_new else tr("Five wrong PINs lock a person for 15 minutes."))

    def clear(self) -> None:
        """Clear digits and error."""
        self.field.clear()
        self.complain(None)

    def complain(self, words: Words | None) -> None:
        """Show what is missing, None for nothing; the digits stay."""
        self._complaint.say(words)
        self._share_place()

    def reword(self) -> None:
        """Say what is missing in the language on show by now."""
        self._complaint.reword()

    def reject(self, words: Words) -> None:
        """Show why the PIN was refused; the digits are cleared."""
        self.field.reject()
        self.complain(words)

    @property
    def complaint(self) -> str:
        """The error shown; empty for none."""
        return self._complaint.text()

    def set_busy(self, busy: bool) -> None:
        """The PIN is being checked."""
        self.button.setEnabled(not busy)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a low screen the keys come before the rule of wrong PINs, and the button is lower."""
        super().resizeEvent(event)
        self._is_low = low = event.size().height() < _ROOMY
        self._lock.setVisible(not low)
        self.button.setFixedHeight(Size.BUTTON if low else Size.PRIMARY)
        side, edge = (Space.M, Space.S) if low else (32, 12)
        self._column.setContentsMargins(side, edge, side, edge)
        items = (self._column.itemAt(at) for at in range(self._column.count()))
        gaps = [gap for item in items if item is not None and (gap := item.spacerItem())]
        for gap, heights in zip(gaps, _GAPS, strict=True):
            gap.changeSize(0, heights[low])
        self._share_place()

    def _share_place(self) -> None:
        """On a low screen the hint of a demo shop has the place of the error, while there is none."""
        self._demo.setVisible(self._tells_pin and not (self._is_low and self.complaint))
        self._complaint.yield_place(self._is_low and self._tells_pin)
        self._column.invalidate()

    def _typed(self, digits: int) -> None:
        if digits:
            self.complain(None)

    def _lay_out(self, theme: Theme) -> None:
        hbox(
            Aligned(PlainIcon(theme, "info", "accent"), Qt.AlignmentFlag.AlignVCenter),
            Stretched(self._demo_text),
            spacing=12,
            margins=(12, Space.XS, 12, Space.XS),
            parent=self._demo,
        )
        self._demo.setMinimumHeight(Size.SMALL_BUTTON)
        self._column = vbox(
            self._title,
            Gap(Space.S),
            self.field,
            self._complaint,
            Stretched(self.pad),
            Gap(Space.M),
            self.button,
            Gap(12),
            self._demo,
            Gap(Space.S),
            self._lock,
            Aligned(self.change, Qt.AlignmentFlag.AlignHCenter),
            spacing=0,
            margins=(32, 12, 32, 12),
            parent=self,
        )


class _Complaint(Complaint):
    """Has room for two lines, so that nothing moves when it appears; on a low screen it yields its room to the
    keypad, but for what the ring of the field takes.
    """

    _LINE, _ROOM = 20, 40

    def __init__(self) -> None:
        super().__init__(Role.SMALL, keeps_room=True)
        self.setMaximumHeight(self._ROOM)
        policy = self.sizePolicy()
        policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(False)
        self.setSizePolicy(policy)

        self._yields = False

    def yield_place(self, yields: bool) -> None:
        """Whether it has no place without words."""
        self._yields = yields
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), Space.S if self._yields and not self.text() else self._ROOM)

    def minimumSizeHint(self) -> QSize:
        """The lines that it shows."""
        lines = self.heightForWidth(self.width()) if self.text() else 0
        return QSize(0, min(max(lines, Space.XS if self._yields else self._LINE), self._ROOM))
