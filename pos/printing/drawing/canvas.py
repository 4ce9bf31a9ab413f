"""The PDF that every document is drawn on: equal content gives equal bytes."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from reportlab import rl_config
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas


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
