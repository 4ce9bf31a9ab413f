"""Boxes and lines of text: sharp edges, one radius, text that is elided when it must be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPainter, QPen

from pos.ui.look.theme import Size, Theme

_ONE_LINE = (Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip).value
_KEPT_WIDTHS = 4_096
_CUT = "…"
_CHINESE = "\u3400"
"""The first of the Chinese characters, before and behind which a line may end."""
_OF_FIGURES = "0123456789.,\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter
BAR = 3
"""Width of the bar that marks the selected row."""
_CHECK = 16
"""Width of the check mark in a box."""
_LIFT = 0.06
"""The middle of a line lies this share of its size below the middle of its capitals and of Chinese characters."""


def draw_box(
    painter: QPainter,
    box: QRect | QRectF,
    *,
    fill: QColor | None = None,
    line: QColor | None = None,
    width: float = 1,
    radius: float = Size.RADIUS,
    dashed: bool = False,
) -> None:
    """Draw a rounded rectangle whose line lies wholly inside `box`."""
    inset = width / 2 if line is not None else 0
    inner = QRectF(box).adjusted(inset, inset, -inset, -inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QBrush(fill) if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
    else:
        pen = QPen(line, width)
        if dashed:
            pen.setDashPattern([4, 3])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
    corner = max(0.0, min(radius - inset, inner.height() / 2))
    painter.drawRoundedRect(inner, corner, corner)
    painter.restore()


def draw_text(
    painter: QPainter,
    box: QRect,
    text: str,
    font: QFont,
    colour: QColor,
    align: Qt.AlignmentFlag = LEFT,
    *,
    ends: bool = False,
) -> int:
    """Draw one line of plain text, shortened to the width of `box`; returns the width used.

    A text whose end distinguishes it (`ends`, the size of goods) keeps its end and is elided in the middle.
    """
    shown, width = text, text_width(font, text)
    if box.width() <= 0:
        return 0
    if width > box.width():
        shown = shortened(font, text, box.width(), ends=ends)
        width = text_width(font, shown)
    _put_line(painter, box, shown, font, colour, align)
    return width


def _put_line(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor, align: Qt.AlignmentFlag) -> None:
    painter.setFont(font)
    painter.setPen(colour)
    lift = round(font.pixelSize() * _LIFT)
    painter.drawText(box.translated(0, -lift), align.value | _ONE_LINE, text)


def draw_caption(
    painter: QPainter,
    box: QRect,
    text: str,
    fonts: Sequence[QFont],
    colour: QColor,
    align: Qt.AlignmentFlag = CENTRE,
) -> None:
    """Draw the words of a button: in the first of `fonts` in which they fit, else in two lines of the last."""
    for font in fonts:
        if text_width(font, text) <= box.width():
            draw_text(painter, box, text, font, colour, align)
            return
    font = fonts[-1]
    lines = _halved(text, font)
    height = QFontMetrics(font).height()
    if len(lines) == 1 or 2 * height > box.height():
        draw_text(painter, box, text, font, colour, align)
        return
    top = box.y() + (box.height() - 2 * height) // 2
    for number, line in enumerate(lines):
        _put_line(painter, QRect(box.x(), top + number * height, box.width(), height), line, font, colour, align)


def _halved(text: str, font: QFont) -> list[str]:
    """Two lines about as long as each other; one where there is no space to part it at."""
    words = text.split(" ")
    parted = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
    if not parted:
        return [text]
    return list(min(parted, key=lambda pair: max(text_width(font, line) for line in pair)))


def shortened(font: QFont, text: str, width: int, *, ends: bool) -> str:
    """The text with … for what does not fit. A number is never cut: its two parts could be read as one sum."""
    mode = Qt.TextElideMode.ElideMiddle if ends else Qt.TextElideMode.ElideRight
    shown = QFontMetrics(font).elidedText(text, mode, width)
    left, cut, right = shown.partition(_CUT)
    if not cut or shown == text:
        return shown
    if text[len(left)] in _OF_FIGURES:
        left = left.rstrip(_OF_FIGURES)
    if right and text[-len(right) - 1] in _OF_FIGURES:
        right = right.lstrip(_OF_FIGURES)
    return left + cut + right


def parted_lines(font: QFont, text: str, width: int) -> tuple[str, str]:
    """What of a text fits in one line, and the rest for the next one: parted between words, or between Chinese signs.

    The rest is empty where all of it fits, and the first line is where not even a word does.
    """
    if text_width(font, text) <= width:
        return text, ""
    ends = (at for at in range(len(text) - 1, 0, -1) if _may_end(text[at - 1], text[at]))
    fitting = next((at for at in ends if text_width(font, text[:at]) <= width), 0)
    return text[:fitting].rstrip(), text[fitting:].lstrip()


def _may_end(before: str, after: str) -> bool:
    """Whether a line may end between two signs; a figure and its unit stay together."""
    return (after == " " and not before.isdigit()) or (_is_chinese(before) and _is_chinese(after))


def _is_chinese(sign: str) -> bool:
    """Whether a line may end before and behind it: not beside brackets and commas, though they are as wide."""
    return sign >= _CHINESE and sign.isalnum()


def draw_row(painter: QPainter, theme: Theme, box: QRect, *, chosen: bool, focused: bool = False) -> None:
    """Draw the ground of a list row: its fill, the line beneath it, and its selection or focus."""
    painter.fillRect(box, theme.colour("accent_soft" if chosen else "surface"))
    painter.fillRect(QRect(box.x(), box.bottom(), box.width(), 1), theme.colour("line"))
    if chosen:
        painter.fillRect(QRect(box.x(), box.y(), BAR, box.height()), theme.colour("accent"))
    if focused:
        draw_box(painter, box.adjusted(0, 0, 0, -1), line=theme.colour("focus"), width=theme.focus_width, radius=0)


def draw_circle(painter: QPainter, centre: QPointF, radius: float, fill: QColor | None, line: QColor | None) -> None:
    """Draw a circle of `radius`, its 1 px line inside."""
    side = radius * 2
    draw_box(painter, QRectF(centre.x() - radius, centre.y() - radius, side, side), fill=fill, line=line, radius=radius)


def draw_check_box(painter: QPainter, theme: Theme, box: QRect, *, on: bool) -> None:
    """Draw a box as those of a form: filled and with a check mark if it is `on`."""
    fill, line = ("accent", "accent") if on else ("surface", "line_strong")
    draw_box(painter, box, fill=theme.colour(fill), line=theme.colour(line), radius=Size.KEY_RADIUS)
    if on:
        x, y = (box.x() + (box.width() - _CHECK) // 2, box.y() + (box.height() - _CHECK) // 2)
        theme.icons.paint(painter, "check", "accent_text", x, y, _CHECK)


def text_width(font: QFont, text: str) -> int:
    """Width of `text` on one line, in pixels."""
    key = (
        font.pixelSize(),
        font.bold(),
        text,
    )  # all fonts are the theme's: these distinguish two of them
    width = _widths.get(key)
    if width is None:
        if len(_widths) >= _KEPT_WIDTHS:
            _widths.clear()
        width = _widths[key] = QFontMetrics(font).horizontalAdvance(text)
    return width


_widths: dict[tuple[int, bool, str], int] = {}
"""Cache of widths: rows, gauges and keys need the same ones at each repaint, and shaping is expensive."""
