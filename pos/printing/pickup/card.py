"""A page of any size on which cards and rows are drawn from above: texts that shrink to fit, pictures, QR codes."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont

from pos.printing.drawing.canvas import SHARE_BEFORE, draw_fitted, new_canvas
from pos.printing.drawing.codes import qr_modules
from pos.printing.drawing.fonts import Fonts, drawable
from pos.printing.drawing.wrapping import wrapped

_QUIET = 4
"""The modules that stay free around a QR."""


class CardPages:
    """Pages of one size in points; y runs downwards from the upper edge."""

    def __init__(self, fonts: Fonts, page: tuple[float, float], title: str, author: str) -> None:
        self._regular, self._bold = fonts.regular, fonts.bold
        self.width, self.height = page
        self._out = BytesIO()
        self._canvas = new_canvas(self._out, page, self._regular, title, author)

    def text(
        self, x: float, y: float, text: str, size: float, *, width: float, bold: bool = False, align: str = "left"
    ) -> None:
        """A line with its top at `y`, shrunk to fit `width`."""
        at = x + width * SHARE_BEFORE[align]
        draw_fitted(self._canvas, self._font(bold), text, size, at, self.height - y, width=width, align=align)

    def paragraph(
        self, x: float, y: float, text: str, size: float, *, width: float, lines: int, bold: bool = False
    ) -> float:
        """Text in up to so many lines, the last of which takes the rest; the y below it."""
        font = self._font(bold)
        parts = wrapped(text, width, lambda part: font.stringWidth(drawable(part, font), size))
        if len(parts) > lines:
            parts = [*parts[: lines - 1], " ".join(parts[lines - 1 :])]
        for part in parts:
            self.text(x, y, part, size, width=width, bold=bold)
            y += size * 1.3
        return y

    def qr(self, x: float, y: float, side: float, text: str) -> None:
        """A QR with its quiet zone in a square with this upper left corner."""
        modules = qr_modules(text)
        step = side / (len(modules) + 2 * _QUIET)
        for down, row in enumerate(modules):
            for across, dark in enumerate(row):
                if dark:
                    left, top = x + (across + _QUIET) * step, y + (down + _QUIET) * step
                    self._canvas.rect(left, self.height - top - step, step, step, stroke=0, fill=1)

    def picture(self, x: float, y: float, side: float, png: bytes | None) -> None:
        """A picture in a square; without one the square stays free."""
        if png is not None:
            image = ImageReader(BytesIO(png))
            wide, high = image.getSize()
            scale = side / max(wide, high)
            at = x + (side - wide * scale) / 2, self.height - y - side + (side - high * scale) / 2
            self._canvas.drawImage(image, *at, wide * scale, high * scale, mask="auto")

    def rule(self, x: float, y: float, width: float, thick: float = 0.4) -> None:
        self._canvas.setLineWidth(thick)
        self._canvas.line(x, self.height - y, x + width, self.height - y)

    def turn(self) -> None:
        """The page is full."""
        self._canvas.showPage()

    def drawn(self) -> bytes:
        """All pages; the last one was turned."""
        self._canvas.save()
        return self._out.getvalue()

    def _font(self, bold: bool) -> TTFont:
        return self._bold if bold else self._regular
