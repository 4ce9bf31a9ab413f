"""One quota as a gauge: what went earlier, what this basket takes, what is left or over, in figures and a word."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.tone import Tone

_GAP = 2
_HATCH = 4
_ICON = 16


class GaugeState(StrEnum):
    """How a quota stands; SPENT is one that gives nothing until a day (its detail says which)."""

    WITHIN = "within"
    NEARLY = "nearly"
    OVER = "over"
    UNKNOWN = "unknown"
    SPENT = "spent"

    @property
    def tone(self) -> Tone:
        """The colours of the state."""
        return {GaugeState.WITHIN: Tone.WITHIN, GaugeState.OVER: Tone.OVER}.get(self, Tone.NEARLY)

    @property
    def icon(self) -> str:
        """The icon of the state."""
        own = {GaugeState.UNKNOWN: "circle-question-mark", GaugeState.SPENT: "hourglass"}
        return own.get(self, self.tone.icon)


@dataclass(frozen=True, slots=True)
class GaugeView:
    """A gauge as it is to be drawn: words ready, amounts exact and in one unit.

    `lead` and `figure` stand at the right ("left", "0.50 L"), `detail` under the bar ("earlier 0 · now 1 · of 1.50"),
    `aside` at its right end ("+2 more").
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


@dataclass(frozen=True, slots=True)
class _Measure:
    pitch: int
    title: int
    bar: int
    bar_height: int
    detail: int
    detail_height: int
    size: int


class Density(StrEnum):
    """How close gauges stand: three or four, five, or two in each card of a party."""

    ROOMY = "roomy"
    SNUG = "snug"
    PARTY = "party"


_MEASURES = {
    Density.ROOMY: _Measure(76, 24, 29, 8, 42, 20, Type.BODY),
    Density.SNUG: _Measure(58, 20, 23, 8, 33, 20, Type.BODY),
    Density.PARTY: _Measure(48, 18, 20, 6, 27, 18, Type.LABEL),
}


class QuotaGauge(QWidget):
    """Draws a GaugeView. Its fixed height is the pitch of its density, so that gauges are stacked without spacing."""

    def __init__(self, theme: Theme, density: Density = Density.ROOMY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._measure = _MEASURES[density]
        self._view: GaugeView | None = None
        self.setFixedHeight(self._measure.pitch)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, view: GaugeView) -> None:
        """Draw `view`; nothing is repainted when it is the one on show."""
        if view == self._view:
            return
        self._view = view
        self.setAccessibleName(view.title)
        said = (view.word, f"{view.lead} {view.figure}".strip(), view.detail, view.aside)
        self.setAccessibleDescription(", ".join(part for part in said if part))
        self.update()

    def set_density(self, density: Density) -> None:
        """Stand closer or wider."""
        self._measure = _MEASURES[density]
        self.setFixedHeight(self._measure.pitch)
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(352, self._measure.pitch)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        if self._view is None:
            return
        painter = QPainter(self)
        self._draw_words(painter, self._view)
        bar = QRect(0, self._measure.bar, self.width(), self._measure.bar_height)
        if self._view.state is GaugeState.UNKNOWN:
            amber = self._theme.colour("nearly")
            draw_box(painter, bar, line=amber, radius=bar.height() / 2, dashed=True)
        else:
            self._draw_bar(painter, bar, self._view)
        font, muted = self._theme.font(Type.LABEL), self._theme.colour("muted")
        detail = QRect(0, self._measure.detail, self.width(), self._measure.detail_height)
        if self._view.aside:
            draw_text(painter, detail, self._view.aside, font, muted, RIGHT)
            detail.setWidth(max(0, self.width() - text_width(font, self._view.aside) - Space.S))
        draw_text(painter, detail, self._view.detail, font, muted)

    def _draw_words(self, painter: QPainter, view: GaugeView) -> None:
        title_font, word_font = self._theme.font(self._measure.size, bold=True), self._theme.font(Type.LABEL, bold=True)
        lead_font, ink = self._theme.font(Type.LABEL), view.state.tone.ink
        height, width = self._measure.title, self.width()
        figure = text_width(title_font, view.figure)
        lead = text_width(lead_font, view.lead) + Space.S if view.lead else 0
        state = _ICON + 6 + text_width(word_font, view.word)
        needed = text_width(title_font, view.title) + 12 + state + Space.M
        if needed + figure + lead > width:
            lead = 0  # the word of the state says it too
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
        draw_text(painter, word, view.word, word_font, self._theme.colour(ink))

    def _draw_title(self, painter: QPainter, title: str, font: QFont, room: int, height: int) -> int:
        return draw_text(painter, QRect(0, 0, room, height), title, font, self._theme.colour("text"))

    def _draw_bar(self, painter: QPainter, bar: QRect, view: GaugeView) -> None:
        spent = view.earlier + view.now
        scale = max(Fraction(view.limit), Fraction(spent))
        over = spent > view.limit
        radius = bar.height() / 2
        line = self._theme.colour("over" if over else "line_strong")
        draw_box(painter, bar, fill=self._theme.colour("sunken"), radius=radius)
        if not scale:
            draw_box(painter, bar, line=line, radius=radius)
            return

        def at(amount: Fraction | int) -> int:
            return round(bar.width() * min(Fraction(amount), scale) / scale)

        now_from, now_to = at(view.earlier), max(at(spent), at(view.earlier))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(bar), radius, radius)
        painter.setClipPath(shape)
        limit = at(view.limit) if over else bar.width()
        if view.earlier:
            painter.fillRect(QRect(0, bar.y(), min(now_from, limit), bar.height()), self._theme.colour("earlier"))
        start = now_from + (_GAP if view.earlier and view.now else 0)
        if view.now and start < limit:
            now = QRect(start, bar.y(), max(1, min(now_to, limit) - start), bar.height())
            painter.fillRect(now, self._theme.colour(view.state.tone.ink))
        if over:
            self._hatch(painter, QRect(limit, bar.y(), bar.width() - limit, bar.height()))
        painter.restore()
        draw_box(painter, bar, line=line, radius=radius)
        if over:
            tick = QRect(min(limit, bar.width() - 2), bar.y() - 2, 2, bar.height() + 4)
            painter.fillRect(tick, self._theme.colour("text"))

    def _hatch(self, painter: QPainter, part: QRect) -> None:
        painter.fillRect(part, self._theme.colour("over_soft"))
        painter.setPen(QPen(self._theme.colour("over"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
        painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
        height = part.height()
        for x in range(part.x() - height, part.right() + height, _HATCH):
            painter.drawLine(QPointF(x, part.bottom() + 1), QPointF(x + height, part.top()))
