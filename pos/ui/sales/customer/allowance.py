"""The remaining allowance: the bars of one visitor, or one line for each companion by letter."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect
from PySide6.QtGui import QFont, QPainter, QPaintEvent

from pos.ui.sales.customer.display_element import DisplayPart, Measure
from pos.ui.sales.customer.view_models import DisplayedBasket, Holder
from pos.ui.sales.customer.wrapped import draw_wrapped, wrapped_height
from pos.ui.widgets.buttons.avatar import draw_letter
from pos.ui.widgets.cards.quota_bar import draw_bar
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.drawing.tone import Tone

_BAR = 16
_PITCH, _LEAST = 84, 60
_PARTY_PITCH = 92
_TEXT, _SMALL = 28, 25


class CustomerAllowance(DisplayPart):
    """Shows the holders of a DisplayedBasket; repainted only when something differs."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(measure)
        self._shown: tuple[str, tuple[Holder, ...], str, str] = ("", (), "", "")

    def present(self, basket: DisplayedBasket) -> None:
        """Show the remaining allowance."""
        shown = (basket.title, basket.holders, basket.more, basket.estimate)
        if shown != self._shown:
            self._shown = shown
            self.describe(
                "; ".join(part for part in (basket.title, *map(_spoken, basket.holders), basket.estimate) if part)
            )

    def paintEvent(self, _event: QPaintEvent) -> None:
        title, holders, more, estimate = self._shown
        painter, px, colour = QPainter(self), self.px, self.theme.colour
        inner = self.rect().adjusted(px(24), px(16), -px(24), -px(16))
        draw_box(painter, self.rect(), fill=colour("surface"), line=colour("line"))
        heading = self.measure.fitting(title, _TEXT, inner.width(), bold=True)
        draw_text(painter, QRect(inner.x(), inner.y(), inner.width(), px(36)), title, heading, colour("text"))
        foot = wrapped_height(self.font_of(_SMALL), estimate, inner.width())
        room = QRect(inner.x(), inner.y() + px(46), inner.width(), inner.height() - px(46) - foot - px(6))
        draw_wrapped(
            painter, QRect(inner.x(), inner.bottom() - foot, inner.width(), foot + 1), estimate,
            self.font_of(_SMALL), colour("muted"),
        )  # fmt: skip
        if len(holders) == 1 and not holders[0].letter:
            self._draw_one(painter, room, holders[0])
        else:
            self._draw_party(painter, room, holders, more)

    def _draw_one(self, painter: QPainter, room: QRect, holder: Holder) -> None:
        verdict = self._verdict_height(holder, room.width())
        space = room.height() - verdict - self.px(8)
        shown = max(1, min(len(holder.bars), space // self.px(_LEAST)))
        pitch = min(self.px(_PITCH), space // shown)
        for index, bar in enumerate(holder.bars[:shown]):
            self._draw_gauge(painter, QRect(room.x(), room.y() + index * pitch, room.width(), pitch), bar)
        self._draw_verdict(painter, QRect(room.x(), room.bottom() - verdict, room.width(), verdict), holder)

    def _draw_gauge(self, painter: QPainter, box: QRect, gauge: GaugeView) -> None:
        px, colour = self.px, self.theme.colour
        ink = gauge.state.tone.ink
        figure_font = self.font_of(_TEXT, bold=True)
        wide = text_width(figure_font, gauge.figure)
        line = QRect(box.x(), box.y(), box.width(), px(34))
        shade = colour("text" if gauge.state is GaugeState.WITHIN else ink)
        draw_text(painter, line.adjusted(line.width() - wide, 0, 0, 0), gauge.figure, figure_font, shade, RIGHT)
        draw_text(painter, line.adjusted(0, 0, -wide - px(14), 0), gauge.title, self.font_of(_TEXT), colour("text"))
        bar = QRect(box.x(), box.y() + px(37), box.width(), px(_BAR))
        if gauge.detail:
            draw_text(painter, bar.adjusted(0, -px(4), 0, px(8)), gauge.detail, self.font_of(_SMALL), colour("muted"))
        elif gauge.state is GaugeState.UNKNOWN:
            draw_box(painter, bar, line=colour("nearly"), radius=bar.height() / 2, dashed=True)
        else:
            draw_bar(painter, self.theme, bar, gauge, ink)

    def _verdict_height(self, holder: Holder, width: int) -> int:
        words = wrapped_height(self.font_of(_TEXT, bold=True), holder.word, width - self.px(80))
        return max(self.px(60), words + self.px(24))

    def _draw_verdict(self, painter: QPainter, box: QRect, holder: Holder) -> None:
        px, colour = self.px, self.theme.colour
        draw_box(painter, box, fill=colour(holder.tone.ground), line=colour(holder.tone.ink))
        side = px(32)
        self.theme.icons.paint(
            painter, holder.icon, holder.tone.ink, box.x() + px(16), box.y() + (box.height() - side) // 2, side
        )
        room = box.adjusted(px(64), px(12), -px(16), -px(12))
        draw_wrapped(painter, room, holder.word, self.font_of(_TEXT, bold=True), colour(holder.tone.ink))

    def _draw_party(self, painter: QPainter, room: QRect, holders: tuple[Holder, ...], more: str) -> None:
        px, colour = self.px, self.theme.colour
        pitch = min(px(_PARTY_PITCH), room.height() // max(1, len(holders)))
        side = min(px(48), pitch - px(8))
        for index, holder in enumerate(holders):
            box = QRect(room.x(), room.y() + index * pitch, room.width(), pitch)
            letter = QRect(box.x(), box.y() + px(4), side, side)
            draw_letter(painter, self.theme, letter, holder.letter, self.font_of(26, bold=True))
            left, icon = box.x() + side + px(14), px(28)
            bar = holder.bars[0] if holder.bars else None
            font = self.font_of(_SMALL, bold=True)
            line = QRect(left, box.y(), box.right() - left, px(34))
            figure, said = party_texts(holder, partial(_fit, font, line.width() - icon - px(26)))
            draw_text(painter, line, figure, font, colour("text"), RIGHT)
            self.theme.icons.paint(painter, holder.icon, holder.tone.ink, left, line.y() + px(3), icon)
            draw_text(painter, line.adjusted(icon + px(8), 0, 0, 0), said, font, colour(holder.tone.ink), LEFT)
            if bar is not None and bar.limit and bar.state is not GaugeState.UNKNOWN:
                track = QRect(left, line.bottom() + px(4), line.width(), px(12))
                draw_bar(painter, self.theme, track, bar, bar.state.tone.ink)
        if more:
            top = room.y() + len(holders) * pitch
            draw_text(painter, QRect(room.x(), top, room.width(), px(30)), more, self.font_of(_SMALL), colour("muted"))


def _fit(font: QFont, width: int, *texts: str) -> bool:
    return sum(text_width(font, text) for text in texts) <= width


def party_texts(holder: Holder, fit: Callable[..., bool]) -> tuple[str, str]:
    """What is left, with the name of its allowance, and the verdict, as far as both `fit` on one line.

    A verdict that is not within goes before the figure; within, the icon says it.
    """
    named = holder.named
    if fit(named, holder.word):
        return named, holder.word
    if holder.tone is not Tone.WITHIN or not named:
        return "", holder.word
    return named if fit(named) else holder.bars[0].figure, ""


def _spoken(holder: Holder) -> str:
    bars = (f"{bar.title}: {bar.figure} {bar.detail}".strip() for bar in holder.bars)
    return ", ".join(part for part in (holder.letter, holder.word, *bars) if part)
