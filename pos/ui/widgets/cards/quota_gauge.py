"""One quota as a gauge: earlier use, this basket, what is left or over, in figures and a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.cards.quota_bar import draw_bar
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.read_as import ReadAs

_ICON = 16
BETWEEN = " · "
"""Between the parts of a detail."""


class GaugeState(StrEnum):
    """State of a quota. SPENT gives nothing until a day (named in the detail); OPEN depends on an unanswered question
    about the visitor.
    """

    WITHIN = "within"
    NEARLY = "nearly"
    OVER = "over"
    UNKNOWN = "unknown"
    SPENT = "spent"
    OPEN = "open"

    @property
    def tone(self) -> Tone:
        """Colours of the state."""
        return {GaugeState.WITHIN: Tone.WITHIN, GaugeState.OVER: Tone.OVER}.get(self, Tone.NEARLY)

    @property
    def icon(self) -> str:
        """Icon of the state."""
        own = {
            GaugeState.UNKNOWN: "circle-question-mark",
            GaugeState.OPEN: "circle-dashed",
            GaugeState.SPENT: "hourglass",
        }
        return own.get(self, self.tone.icon)


@dataclass(frozen=True, slots=True)
class GaugeView:
    """View model of a gauge: texts ready, amounts exact and in one unit.

    `lead` and `figure` are shown at the right ("left", "0.50 L"), `detail` under the bar ("earlier 0 · now 1 · of
    1.50"), `aside` at its right end ("+2 more"). `is_most`: the figure is the most that can be left, as `lead` says.
    `elsewhere` is the part of `earlier` that other shops of the center sold.
    """

    title: str
    state: GaugeState
    word: str
    earlier: Fraction | int
    now: Fraction | int
    limit: Fraction | int
    lead: str = ""
    figure: str = ""
    detail: str = ""
    aside: str = ""
    is_most: bool = False
    elsewhere: Fraction | int = 0


@dataclass(frozen=True, slots=True)
class _Measure:
    """Measures in pixels; a detail of height 0 is not drawn."""

    pitch: int
    title: int
    bar: int
    bar_height: int
    detail: int
    detail_height: int
    size: int


class Density(StrEnum):
    """How densely gauges are stacked: three or four, five, two in each card of a party, or wherever space is scarce."""

    ROOMY = "roomy"
    SNUG = "snug"
    PARTY = "party"
    CLOSE = "close"

    @property
    def pitch(self) -> int:
        """Pixels from one gauge to the next."""
        return _MEASURES[self].pitch


_MEASURES = {
    Density.ROOMY: _Measure(76, 24, 29, 8, 42, 20, Type.BODY),
    Density.SNUG: _Measure(58, 20, 23, 8, 33, 20, Type.BODY),
    Density.PARTY: _Measure(48, 18, 20, 6, 27, 18, Type.LABEL),
    Density.CLOSE: _Measure(29, 18, 20, 5, 27, 0, Type.LABEL),
}


class QuotaGauge(QWidget):
    """Draws a GaugeView. Its fixed height is the pitch of its density, so that gauges are stacked without spacing."""

    read_as = ReadAs.GAUGE

    def __init__(self, theme: Theme, density: Density = Density.ROOMY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measure = _MEASURES[density]
        self._view: GaugeView | None = None
        self.setFixedHeight(self._measure.pitch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, view: GaugeView) -> None:
        """Show `view`; nothing is repainted when it is already on show."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(view.title)
        spoken = (view.word, f"{view.lead} {view.figure}".strip(), view.detail, view.aside)
        self.setAccessibleDescription(", ".join(part for part in spoken if part))
        self.update()

    @property
    def view(self) -> GaugeView | None:
        """What is on show."""
        return self._view

    def share(self) -> tuple[float, float]:
        """What is used with this basket, and the limit."""
        view = self._view
        used = 0.0 if view is None else float(view.earlier + view.now)
        return used, (0.0 if view is None else float(view.limit)) or used or 1.0

    def set_density(self, density: Density) -> None:
        """Change the density."""
        if self._measure is _MEASURES[density]:
            return
        self._measure = _MEASURES[density]
        self.setFixedHeight(self._measure.pitch)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(352, self._measure.pitch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._view is None:
            return
        painter = QPainter(self)
        self._draw_words(painter, self._view)
        bar = QRect(0, self._measure.bar, self.width(), self._measure.bar_height)
        if self._view.state is GaugeState.UNKNOWN:
            amber = self._theme.colour("nearly")
            draw_box(painter, bar, line=amber, radius=bar.height() / 2, dashed=True)
        else:
            draw_bar(painter, self._theme, bar, self._view, self._view.state.tone.ink)
        if self._measure.detail_height:
            self._draw_detail(painter, self._view)

    def _draw_detail(self, painter: QPainter, view: GaugeView) -> None:
        font, muted = self._theme.font(Type.LABEL), self._theme.colour("muted")
        detail = QRect(0, self._measure.detail, self.width(), self._measure.detail_height)
        if view.aside:
            draw_text(painter, detail, view.aside, font, muted, RIGHT)
            detail.setWidth(max(0, self.width() - text_width(font, view.aside) - Space.S))
        draw_text(painter, detail, _fitting(view, font, detail.width()), font, muted)

    def _draw_words(self, painter: QPainter, view: GaugeView) -> None:
        title_font, word_font = self._theme.font(self._measure.size, bold=True), self._theme.font(Type.LABEL, bold=True)
        lead_font, ink = self._theme.font(Type.LABEL), view.state.tone.ink
        height, width = self._measure.title, self.width()
        figure = text_width(title_font, view.figure)
        lead = text_width(lead_font, view.lead) + Space.S if view.lead else 0
        word_text = view.word
        state = _ICON + 6 + text_width(word_font, word_text)
        needed = text_width(title_font, view.title) + 12 + state + Space.M
        if needed + figure + lead > width:
            if view.is_most:  # nothing else says so of the figure; the icon says the same as the word of the state
                word_text, state = "", _ICON
            else:
                lead = 0  # the word of the state carries the same meaning
        figure_colour = self._theme.colour("text" if view.state is GaugeState.WITHIN else ink)
        draw_text(painter, QRect(width - figure, 0, figure + 1, height), view.figure, title_font, figure_colour, LEFT)
        if lead:
            box = QRect(width - figure - lead, 0, lead - Space.S + 1, height)
            draw_text(painter, box, view.lead, lead_font, self._theme.colour("muted"), RIGHT)
        room = width - figure - lead - Space.S
        taken = self._draw_title(painter, view.title, title_font, max(40, room - state - 12), height)
        x = taken + 12
        self._theme.icons.paint(painter, view.state.icon, ink, x, (height - _ICON) // 2, _ICON)
        word = QRect(x + _ICON + 6, 0, max(0, room - x - _ICON - 6 + 1), height)
        draw_text(painter, word, word_text, word_font, self._theme.colour(ink))

    def _draw_title(self, painter: QPainter, title: str, font: QFont, room: int, height: int) -> int:
        return draw_text(painter, QRect(0, 0, room, height), title, font, self._theme.colour("text"))


def _fitting(view: GaugeView, font: QFont, room: int) -> str:
    """The detail as far as it fits: what was bought elsewhere stands whole, and the title's line says what is left."""
    parts = view.detail.split(BETWEEN)
    while view.elsewhere and len(parts) > 1 and text_width(font, BETWEEN.join(parts)) > room:
        parts.pop()
    return BETWEEN.join(parts)
