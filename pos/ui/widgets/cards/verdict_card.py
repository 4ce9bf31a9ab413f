"""The verdict on the basket: icon, headline, reason, duty, and the one key that applies the advice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.cards.amount_label import AmountLabel
from pos.ui.widgets.drawing.layouts import Aligned, Gap, Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import Announcer, with_pauses


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict in words. Empty parts take no room.

    `figure` is a label and an amount ("Estimated duty", "¥ 229.80"), `notes` are small lines under it, `advice` is bold
    above the button `action`, whose key is `action_key`. `unsettled`: part of it is still being computed.
    """

    tone: Tone
    headline: str
    icon: str = ""
    lines: tuple[str, ...] = ()
    figure: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()
    advice: str = ""
    action: str = ""
    action_key: str = ""
    unsettled: bool = False


class VerdictCard(Surface):
    """Shows a VerdictView; `action_pressed` is emitted when its button is pressed."""

    action_pressed = Signal()

    def __init__(
        self, theme: Theme, parent: QWidget | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """`clock` is the clock of taps."""
        super().__init__(Tone.NEUTRAL, parent)
        self._clock = clock
        self._view: VerdictView | None = None
        self._announcer = Announcer(self)
        self._icon = _ToneIcon(theme)
        self._headline = TextLabel(role=Role.TITLE, wrap=True)
        self._lines = TextLabel(wrap=True)
        self._figure_label = TextLabel(wrap=True)
        self._figure = AmountLabel(theme, Type.SECTION)
        self._side_notes = TextLabel(role=Role.LABEL, wrap=True)
        self._notes = TextLabel(role=Role.LABEL, wrap=True)
        self._rule = Line(strong=True)
        self._advice = TextLabel(role=Role.STRONG, wrap=True)
        self._action = IconButton(theme, kind=ButtonKind.TINTED, height=Size.SMALL_BUTTON)
        self._action.setMinimumWidth(2 * Size.SMALL_BUTTON)  # in a narrow card its words are parted
        self._action.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # it goes when it is pressed
        self._action.clicked.connect(self.action_pressed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._lay_out()

    def present(self, view: VerdictView) -> None:
        """Show `view`; nothing changes when it is already on show."""
        if view == self._view:
            self._announce(view)
            return
        known = self._view is not None and self._view.tone is view.tone
        held = self.height() if view.unsettled and known and self.isVisible() else 0
        self.setMinimumHeight(held)  # pending parts keep their room, so that the card does not shrink and grow again
        if self._view is None or (self._view.advice, self._view.action) != (view.advice, view.action):
            self._action.means_since = self._clock()
        self._view = view
        self.set_look(view.tone)
        self._icon.present(view.icon or view.tone.icon, view.tone.ink)
        self._headline.setText(view.headline)
        self._headline.set_tone(view.tone)
        _fill(self._lines, "\n".join(view.lines))
        notes = "\n".join(view.notes)
        _fill(self._side_notes, "" if view.figure else notes)  # without a figure they belong to the headline
        _fill(self._notes, notes if view.figure else "")
        _fill(self._advice, view.advice)
        label, amount = view.figure or ("", "")
        _fill(self._figure_label, label)
        self._figure.present(amount)
        self._figure.setVisible(bool(amount))
        self._action.present(view.action, key=view.action_key)
        self._action.setVisible(bool(view.action))
        self._rule.setVisible(bool(view.advice or view.action))
        self.setAccessibleName(view.headline)
        spoken = (*view.lines, f"{label} {amount}".strip(), *view.notes, view.advice)
        self.setAccessibleDescription(" ".join(part for part in spoken if part))
        self._announce(view)

    def hideEvent(self, event: QHideEvent) -> None:
        """A card that goes is said again when it comes back; one that goes with its page is not."""
        super().hideEvent(event)
        if self.isHidden():
            self._announcer.forget()

    def announce_again(self) -> None:
        """Announce the next verdict also if it is the same: the page of the card is opened once more."""
        self._announcer.forget()

    def _announce(self, view: VerdictView) -> None:
        """Announce each verdict once, as soon as it is settled."""
        figure = " ".join(view.figure or ())
        spoken = (view.headline, *view.lines, figure, view.advice, f"{view.action} {view.action_key}".strip())
        text = "" if view.unsettled else with_pauses(spoken)
        if text:
            self._announcer.update(text, self.parentWidget())  # with little room the words stand elsewhere

    def _lay_out(self) -> None:
        head = hbox(Aligned(self._icon, Qt.AlignmentFlag.AlignTop), spacing=12)
        words = vbox(self._headline, self._lines, self._side_notes, spacing=2)
        head.addLayout(words, 1)
        figure = hbox(Stretched(self._figure_label), self._figure)
        vbox(
            head,
            figure,
            self._notes,
            Stretch(),
            Gap(4),
            self._rule,
            self._advice,
            self._action,
            spacing=4,
            margins=(16, 12, 16, 12),
            parent=self,
        )


class _ToneIcon(QWidget):
    def __init__(self, theme: Theme, side: int = 28) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._token, self._side = "info", "muted", side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, name: str, token: str) -> None:
        self._name, self._token = name, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._theme.icons.paint(QPainter(self), self._name, self._token, 1, 1, self._side - 2)


def _fill(label: TextLabel, text: str) -> None:
    label.setText(text)
    label.setVisible(bool(text))
