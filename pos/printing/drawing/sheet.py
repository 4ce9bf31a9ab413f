"""A single A4 page drawn from above: texts, lines and a bar code, scaled down as a whole if it overflows."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pos.printing.drawing.canvas import new_canvas
from pos.printing.drawing.codes import code128_modules
from pos.printing.drawing.fonts import Fonts, drawable
from pos.printing.drawing.rows import Picture

LOGO_HIGH, LOGO_WIDE = 12 * mm, 60 * mm
"""Largest size of the logo on a sheet."""

_MARGIN = 15 * mm
LEFT = 0.0
CONTENT = A4[0] - 2 * _MARGIN
"""The width between the margins, in points; x runs from LEFT to RIGHT."""
RIGHT = CONTENT

_SMALLEST = 4.5
_MUTED = 0.38
"""The grey of explanatory text."""
_LINE, _STRONG = 0.5, 1.2


class PrintedSheet:
    """A page with a current position `y`, in points below the upper margin; everything fits one page."""

    def __init__(self, fonts: Fonts) -> None:
        self._regular, self._bold = fonts.regular, fonts.bold
        self.y = 0.0
        self._texts: list[tuple[float, float, TTFont, float, str, bool]] = []
        self._lines: list[tuple[float, float, float, float]] = []
        self._boxes: list[tuple[float, float, float, float]] = []
        self._frames: list[tuple[float, float, float, float]] = []
        self._pictures: list[tuple[float, float, float, float, bytes]] = []

    def down(self, points: float) -> None:
        self.y += points

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        face = self._bold if bold else self._regular
        width: float = face.stringWidth(drawable(text, face), size)
        return width

    def text(
        self,
        x: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        at_right: bool = False,
        width: float | None = None,
        below: float = 0,
        muted: bool = False,
    ) -> None:
        """One line of text that starts at `x`, or ends there; shrunk to fit `width`."""
        wide = self.width_of(text, size, bold=bold)
        if width is not None and wide > width:
            size = max(_SMALLEST, size * width / wide)
            wide = self.width_of(text, size, bold=bold)
        face = self._bold if bold else self._regular
        baseline = self.y + below + size
        self._texts.append((x - wide if at_right else x, baseline, face, size, drawable(text, face), muted))

    def logo(self, picture: Picture | None, *, high: float = LOGO_HIGH, wide: float = LOGO_WIDE) -> None:
        """The shop's logo at the left, up to this size; nothing where there is none."""
        if picture is None:
            return
        scale = min(high / picture.height, wide / picture.width)
        size = picture.width * scale, picture.height * scale
        self._pictures.append((LEFT, self.y + size[1], *size, picture.png))
        self.down(size[1] + 2 * mm)

    def section(self, title: str, x: float, width: float) -> None:
        """A title with a line below."""
        self.text(x, title, 10, bold=True, width=width)
        self.down(14.5)
        self.rule(x, width)
        self.down(4)

    def rule(self, x: float = LEFT, width: float = CONTENT, *, strong: bool = False) -> None:
        self._lines.append((x, self.y, width, _STRONG if strong else _LINE))

    def stamp(self, text: str) -> None:
        """A framed notice at the right."""
        wide = self.width_of(text, 12, bold=True)
        self._frames.append((RIGHT - wide - 16, self.y, wide + 16, 20))
        self.text(RIGHT - 8, text, 12, bold=True, at_right=True, below=3.5)
        self.down(24)

    def barcode(self, text: str, right: float, height: float) -> None:
        """A Code 128 that ends at `right`, above the present position, with its text below."""
        if not text:
            return
        modules = code128_modules(text)
        wide = 0.9
        left = right - wide * len(modules)
        for index, module in enumerate(modules):
            if module == "1":
                self._boxes.append((left + index * wide, self.y - height, wide, height))
        self.text(left + (right - left + self.width_of(text, 7)) / 2, text, 7, at_right=True, below=2)

    def drawn(self, title: str, author: str) -> bytes:
        return sheets_pdf([self], title, author)

    def put_on(self, canvas: Canvas) -> None:
        scale = min(1.0, (A4[1] - 2 * _MARGIN) / max(1.0, self.y))
        canvas.translate(_MARGIN + CONTENT * (1 - scale) / 2, A4[1] - _MARGIN)
        canvas.scale(scale, scale)
        for x, y, wide, high, png in self._pictures:
            canvas.drawImage(ImageReader(BytesIO(png)), x, -y, wide, high)
        for x, y, wide, thick in self._lines:
            canvas.setLineWidth(thick)
            canvas.line(x, -y, x + wide, -y)
        canvas.setLineWidth(_STRONG)
        for x, y, wide, high in self._frames:
            canvas.rect(x, -y - high, wide, high)
        for x, y, wide, high in self._boxes:
            canvas.rect(x, -y - high, wide, high, stroke=0, fill=1)
        for x, y, face, size, text, muted in self._texts:
            canvas.setFillGray(_MUTED if muted else 0)
            canvas.setFont(face.fontName, size)
            canvas.drawString(x, -y, text)
        canvas.showPage()

    @property
    def face(self) -> TTFont:
        return self._regular


def sheets_pdf(sheets: Sequence[PrintedSheet], title: str, author: str) -> bytes:
    """A PDF of one page per sheet."""
    out = BytesIO()
    canvas = new_canvas(out, A4, sheets[0].face, title, author)
    for sheet in sheets:
        sheet.put_on(canvas)
    canvas.save()
    return out.getvalue()
