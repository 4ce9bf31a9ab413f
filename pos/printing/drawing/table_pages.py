"""A4 pages drawn in sequence: texts, lines and bars from above, a footer with page x / y."""

from __future__ import annotations

from io import BytesIO
from typing import Any, BinaryIO

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont

from pos.printing.drawing.canvas import new_canvas
from pos.printing.drawing.fonts import DRAWING, Fonts, drawable
from pos.printing.drawing.rows import Picture
from pos.printing.drawing.sheet import LOGO_HIGH, LOGO_WIDE
from pos.printing.drawing.table_layout import MARGIN, PORTRAIT

_FOOT = 16.0
_FOOT_SIZE = 7.0
_PAGES = "pages"
"""The form with the number of pages: referenced on each page, filled in at the end."""

INK, MUTED, LINE, SHADE, BAR = 0.0, 0.38, 0.72, 0.94, 0.45
"""Grey levels: 0 is black."""


class TablePages:
    """Pages with a current position `y`, in points below the upper margin; x runs from 0 to `width`."""

    def __init__(self, stream: BinaryIO, fonts: Fonts, title: str, foot: str, stamp: str) -> None:
        self._regular, self._bold = fonts.regular, fonts.bold
        self._foot, self._stamp = foot, stamp
        self._canvas = new_canvas(stream, PORTRAIT, self._regular, title)
        self._page = PORTRAIT
        self.number = 0
        self.y = 0.0

    @property
    def width(self) -> float:
        """The width between the margins."""
        return self._page[0] - 2 * MARGIN

    @property
    def room(self) -> float:
        """The height left below the present position."""
        return self._page[1] - 2 * MARGIN - _FOOT - self.y

    @property
    def page(self) -> tuple[float, float]:
        return self._page

    def new_page(self, page: tuple[float, float]) -> None:
        if self.number:
            self._canvas.showPage()
        self._page = page
        self._canvas.setPageSize(page)
        self.number += 1
        self.y = page[1] - 2 * MARGIN - _FOOT_SIZE
        self.text(0, self._foot, _FOOT_SIZE, muted=True, width=self.width * 0.8)
        whole = f"{self.number} / "
        self.text(self.width - 18, whole, _FOOT_SIZE, muted=True, at_right=True)
        self._canvas.saveState()
        self._canvas.translate(MARGIN + self.width - 18, self._below(_FOOT_SIZE))
        self._canvas.doForm(_PAGES)
        self._canvas.restoreState()
        self.y = 0.0
        if self._stamp:
            wide = self.width_of(self._stamp, 11, bold=True)
            self._canvas.setLineWidth(1.2)
            self._canvas.rect(MARGIN + self.width - wide - 12, self._below(18), wide + 12, 18)
            self.text(self.width - 6, self._stamp, 11, bold=True, at_right=True, below=2.5)
            self.y = 24.0

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        face = self._face(bold=bold)
        wide: float = face.stringWidth(drawable(text, face), size)
        return wide

    def text(
        self,
        x: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        muted: bool = False,
        at_right: bool = False,
        width: float | None = None,
        below: float = 0.0,
    ) -> None:
        """One line of text that starts at `x`, or ends there; shrunk to fit `width`."""
        if not text:
            return
        wide = self.width_of(text, size, bold=bold)
        if width is not None and wide > width:
            size, wide = size * width / wide, width
        face = self._face(bold=bold)
        self._canvas.setFillGray(MUTED if muted else INK)
        self._canvas.setFont(face.fontName, size)
        self._canvas.drawString(MARGIN + x - (wide if at_right else 0), self._below(below + size), drawable(text, face))

    def rule(self, *, strong: bool = False) -> None:
        self._canvas.setStrokeGray(INK if strong else LINE)
        self._canvas.setLineWidth(0.9 if strong else 0.4)
        self._canvas.line(MARGIN, self._below(0), MARGIN + self.width, self._below(0))
        self._canvas.setStrokeGray(INK)

    def box(self, x: float, below: float, width: float, height: float, gray: float) -> None:
        """A filled rectangle with its upper edge `below` the present position."""
        self._canvas.setFillGray(gray)
        self._canvas.rect(MARGIN + x, self._below(below + height), width, height, stroke=0, fill=1)

    def frame(self, x: float, below: float, width: float, height: float, *, crossed: bool = False) -> None:
        """The outline of a rectangle, crossed out as a ticked box is."""
        left, top = MARGIN + x, self._below(below)
        self._canvas.setLineWidth(0.7)
        self._canvas.rect(left, top - height, width, height)
        if crossed:
            self._canvas.setLineWidth(1.1)
            self._canvas.line(left, top, left + width, top - height)
            self._canvas.line(left, top - height, left + width, top)

    def picture(self, x: float, drawing: Any) -> None:
        """A reportlab drawing at the present position, without advancing."""
        drawing.drawOn(self._canvas, MARGIN + x, self._below(drawing.height))

    def logo(self, logo: Picture | None) -> None:
        """The shop's logo at the left, as large as on other sheets; nothing where there is none."""
        if logo is None:
            return
        scale = min(LOGO_HIGH / logo.height, LOGO_WIDE / logo.width)
        wide, high = logo.width * scale, logo.height * scale
        self._canvas.drawImage(ImageReader(BytesIO(logo.png)), MARGIN, self._below(high), wide, high)
        self.y += high + 6

    def bar(self, x: float, below: float, width: float, height: float, colour: Any) -> None:
        """A filled rectangle in a reportlab colour."""
        self._canvas.setFillColor(colour)
        self._canvas.rect(MARGIN + x, self._below(below + height), width, height, stroke=0, fill=1)

    def line(self, x: float, width: float) -> None:
        self._canvas.setLineWidth(0.6)
        self._canvas.line(MARGIN + x, self._below(0), MARGIN + x + width, self._below(0))

    @property
    def face(self) -> TTFont:
        return self._regular

    def finish(self) -> None:
        self._canvas.showPage()
        self._canvas.beginForm(_PAGES, 0, -2, 24, _FOOT_SIZE + 2)
        self._canvas.setFillGray(MUTED)
        self._canvas.setFont(self._regular.fontName, _FOOT_SIZE)
        self._canvas.drawString(0, 0, str(self.number))
        self._canvas.endForm()
        with DRAWING:  # the letters in use are read from the font now, while a receipt may be drawn in parallel
            self._canvas.save()

    def _below(self, points: float) -> float:
        return self._page[1] - MARGIN - self.y - points

    def _face(self, *, bold: bool) -> TTFont:
        return self._bold if bold else self._regular
