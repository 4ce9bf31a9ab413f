"""The PDF that every document is drawn on: equal content gives equal bytes."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pos.printing.drawing.fonts import drawable

SHARE_BEFORE = {"left": 0.0, "centre": 0.5, "right": 1.0}
"""The share of a line that stands before its place, by its alignment."""


def new_canvas(out: BinaryIO, page: tuple[float, float], font: TTFont, title: str, author: str | None = None) -> Canvas:
    """An empty document with pages of this size in points; `font` is the one that it begins with."""
    rl_config.useA85 = 0  # text-safe streams would be a quarter larger
    canvas = Canvas(
        out,
        pagesize=page,
        pageCompression=1,
        invariant=1,  # no time and no random id in the file: a reprint is the same file
        initialFontName=cast(Any, font.fontName),  # the stubs say float
    )
    canvas.setTitle(title)
    if author is not None:
        canvas.setAuthor(author)
    canvas.setCreator("Border POS")
    return canvas


def draw_fitted(
    canvas: Canvas,
    font: TTFont,
    text: str,
    size: float,
    x: float,
    top: float,
    *,
    width: float | None = None,
    align: str = "left",
) -> None:
    """A line with its top at `top`, shrunk to fit `width`. It begins at `x`, ends there (`right`), or has its middle
    there (`centre`).
    """
    shown = drawable(text, font)
    wide: float = font.stringWidth(shown, size)
    if width is not None and wide > width:
        size *= width / wide
        wide = width
    canvas.setFont(font.fontName, size)
    canvas.drawString(x - wide * SHARE_BEFORE[align], top - size, shown)
