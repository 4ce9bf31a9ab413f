"""Segmented control: one of a few options side by side (destination of a visitor, currency of the change)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.badge import NO_BADGE, Badge
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, draw_box, draw_caption, text_width
from pos.ui.widgets.drawing.tab_order import set_tab_order_at

_ICON = 16
_RIM = 4


@dataclass(frozen=True, slots=True)
class Segment:
    """One option: its key, its text, and the icon shown until it is chosen (then a tick).

    A tab may have a badge; `spoken` is what a screen reader says then.
    """

    key: str
    text: str
    icon: str = ""
    badge: Badge = NO_BADGE
    spoken: str = ""


class Segmented(QWidget):
    """Segments of equal width, one chosen. Arrow keys choose; `chosen` carries the key and is emitted on user input
    only.

    Without `even`, each segment is as wide as its text needs.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None, *, even: bool = True) -> None:
        super().__init__(parent)
        self._theme = theme
        self._even = even
        self._shown: tuple[Segment, ...] = ()
        self._buttons: list[SegmentButton] = []
        self.setAccessibleName(name)
        self.setFixedHeight(Size.SMALL_BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_RIM, 0, _RIM, 0)
        self._row.setSpacing(_RIM)

    def present(self, segments: Sequence[Segment], chosen: str) -> None:
        """Show `segments` and select the one with the key `chosen`; an unknown key selects none."""
        options = tuple(segments)
        if [segment.key for segment in options] == [segment.key for segment in self._shown]:
            self._say(options)
        else:
            self._rebuild(options)
        self.select(chosen)

    def select(self, chosen: str) -> None:
        """Select the segment with the key `chosen`; an unknown key selects none."""
        for button in self._buttons:
            button.setAutoExclusive(False)  # allows no selection
            button.setChecked(button.segment.key == chosen)
            button.setAutoExclusive(True)

    def choice(self) -> str:
        """The key of the chosen segment, or an empty text."""
        return next((button.segment.key for button in self._buttons if button.isChecked()), "")

    @property
    def keys(self) -> Sequence[str]:
        """The keys of the segments, from the left."""
        return [segment.key for segment in self._shown]

    @property
    def words_width(self) -> int:
        """The least width in which the words of each segment stand in one line."""
        font = self._theme.font(Type.LABEL, bold=True)
        words = [text_width(font, segment.text) + 2 * Space.S + _RIM for segment in self._shown]
        return (len(words) * max(words, default=0) if self._even else sum(words)) + 2 * _RIM

    def focus_chosen(self) -> None:
        """Focus the chosen segment, else the first."""
        for button in sorted(self._buttons, key=lambda one: not one.isChecked())[:1]:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def letters(self) -> int:
        """The size of the letters of all segments: the largest in which each has its words in one line."""
        sizes = (Type.BODY, Type.LABEL, Type.KEY)
        return next((size for size in sizes if all(one.holds(size) for one in self._buttons)), Type.KEY)

    def button_for(self, segment: Segment) -> SegmentButton:
        """The button of one segment."""
        return SegmentButton(self._theme, segment)

    def paintEvent(self, _event: QPaintEvent) -> None:
        colour = self._theme.colour
        draw_box(QPainter(self), self.rect(), fill=colour("sunken"), line=colour("line"))

    def _say(self, segments: tuple[Segment, ...]) -> None:
        """Replace the texts only: new buttons would be styled and laid out again at each counted scan."""
        for button, before, segment in zip(self._buttons, self._shown, segments, strict=True):
            if segment != before:
                button.say(segment)
                self._row.setStretchFactor(button, self._share_of(button))
        self._shown = segments

    def _rebuild(self, segments: tuple[Segment, ...]) -> None:
        focused = next((button.segment.key for button in self._buttons if button.hasFocus()), "")
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._shown = segments
        self._buttons = [self.button_for(segment) for segment in segments]
        for button in self._buttons:
            button.clicked.connect(self._emit_chosen)
            self._row.addWidget(button, self._share_of(button))
            if button.segment.key == focused:
                button.show()  # a hidden widget takes no focus, and layouts show late
                button.setFocus()
        set_tab_order_at(self, self._buttons)

    def _share_of(self, button: SegmentButton) -> int:
        return 1 if self._even else button.sizeHint().width()

    def _emit_chosen(self) -> None:
        button = self.sender()
        if isinstance(button, SegmentButton):
            self.chosen.emit(button.segment.key)


class SegmentButton(DrawnButton):
    """One of the segments."""

    def __init__(self, theme: Theme, segment: Segment) -> None:
        super().__init__(theme, segment.text, segment.spoken)
        self.segment = segment
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a tap the keys stay where they were
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def say(self, segment: Segment) -> None:
        """Show the same option with another text."""
        self.segment = segment
        self.setText(segment.text)
        self.setAccessibleName(segment.spoken or segment.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words = text_width(self.theme.font(Type.BODY, bold=True), self.text())
        return QSize(words + _ICON + 3 * Space.S, Size.SMALL_BUTTON)

    def minimumSizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON, Size.SMALL_BUTTON)

    def holds(self, size: int) -> bool:
        """Whether its words have room in letters of this size, also while it is chosen."""
        return text_width(self.theme.font(size, bold=True), self.text()) <= self.width() - 2 * Space.XS

    def box(self) -> QRect:
        """The touch area is as high as a finger needs; the painted part is lower."""
        return self.rect().adjusted(0, _RIM, 0, -_RIM)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        if chosen:
            look = Look("surface", "accent", "accent") if self.isEnabled() else Look("sunken", "line_strong", "muted")
        else:
            look = Look("surface" if self.hovered else "", "", "muted")
        self.draw_ground(painter, look, radius=5)
        row = self.parentWidget()
        size = row.letters if isinstance(row, Segmented) else Type.BODY
        font = self.theme.font(size, bold=chosen)
        icon = "check" if chosen else self.segment.icon
        small = text_width(self.theme.font(Type.LABEL, bold=chosen), self.text())
        side = Space.S if small <= self.width() - 2 * Space.S else Space.XS
        room = self.width() - 2 * side
        if text_width(font, self.text()) + _ICON + Space.S > room:
            icon = ""  # the text has priority; frame and bold letters mark the selection too
        lead = _ICON + Space.S if icon else 0
        width = min(room, lead + text_width(font, self.text()))
        x = (self.width() - width) // 2
        if icon:
            self.theme.icons.paint(painter, icon, look.ink, x, (self.height() - _ICON) // 2, _ICON)
        box = QRect(x + lead, 0, room - lead - (x - side), self.height())
        fonts = [font, *(self.theme.font(smaller, bold=chosen) for smaller in (Type.LABEL, Type.KEY) if smaller < size)]
        draw_caption(painter, box, self.text(), fonts, self.colour(look.ink), LEFT if icon else CENTRE)
