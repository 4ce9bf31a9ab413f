"""Draw rows on a receipt strip 80 or 58 mm wide: one PDF page as long as its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pos.printing.drawing.canvas import new_canvas
from pos.printing.drawing.codes import code128_modules, qr_modules
from pos.printing.drawing.fonts import DRAWING, Fonts, drawable
from pos.printing.drawing.rows import (
    Banner,
    Barcode,
    Cells,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Qr,
    Row,
    Ruler,
    Signature,
    TotalRow,
)
from pos.printing.drawing.wrapping import Measure, celled, paired, wrapped

DOT = mm / 8
"""One dot of the printer (203 dpi): bars and modules in whole dots stay sharp."""

_MARGINS = {80: 4 * mm, 58: 5 * mm}
"""Print width by paper width in millimetres: heads print 72 mm of the 80, and 48 of the 58."""

_HEADING, _BODY, _SMALL, _TOTAL = 13.0, 8.4, 7.5, 14.5
_LEADING = 1.34
_GAP = 2 * mm
_BAR_HEIGHT = 9 * mm
_TO_SIGN = 11 * mm
_QR_MODULE = 4 * DOT
_QUIET = 4
_DARK = re.compile("1+")


def strip_pdf(rows: Sequence[Row], fonts: Fonts, title: str, author: str = "", millimetres: int = 80) -> bytes:
    """Draw the rows at this paper width; equal rows give equal bytes. Raises PrinterError without its fonts."""
    with DRAWING:
        strip = _Strip(fonts, millimetres)
        for row in rows:
            strip.put(row)
        return strip.drawn(title, author)


@dataclass(frozen=True, slots=True)
class _Grid:
    """Modules of a code: upper left corner, size of a module, runs of dark modules."""

    x: float
    y: float
    width: float
    height: float
    runs: list[tuple[int, int, int]]


class _Strip:
    """The strip while it is drawn: rows are measured from above; the length of the page is known at the end."""

    def __init__(self, fonts: Fonts, millimetres: int = 80) -> None:
        self._width, self._margin = millimetres * mm, _MARGINS[millimetres]
        self._regular = fonts.regular
        self._bold = fonts.bold
        self._y = self._margin
        self._texts: list[tuple[float, float, TTFont, float, str]] = []
        self._grids: list[_Grid] = []
        self._lines: list[tuple[float, bool]] = []
        self._frames: list[tuple[float, float]] = []
        self._pictures: list[tuple[float, float, float, Picture]] = []

    def put(self, row: Row) -> None:
        """Add a row below the previous ones."""
        match row:
            case Heading(text):
                self._paragraph(text, self._bold, _HEADING, centered=True)
                self._y += 0.6 * mm
            case Picture() as picture:
                self._picture(picture)
            case Banner(text):
                self._banner(text)
            case Paragraph(text, centered, bold, small):
                self._paragraph(text, self._face(bold), _SMALL if small else _BODY, centered=centered)
            case Pair(left, right, bold, small):
                self._y += 0.7 * mm if bold and not small else 0
                self._pair(left, right, self._face(bold), _SMALL if small else _BODY)
            case Cells(cells, bold, small):
                self._cells(cells, self._face(bold), _SMALL if small else _BODY)
            case TotalRow(left, right):
                self._pair(left, right, self._bold, _TOTAL)
            case Ruler(solid):
                self._y += 1.1 * mm
                self._lines.append((self._y, solid))
                self._y += 1.1 * mm
            case Signature(text):
                self._y += _TO_SIGN
                self._lines.append((self._y, True))
                self._y += 0.8 * mm
                self._paragraph(text, self._regular, _SMALL, centered=True)
            case Barcode(text):
                self._barcode(text)
            case Qr(content, beside):
                self._qr(content, beside)

    def _face(self, bold: bool) -> TTFont:
        return self._bold if bold else self._regular

    def _text(self, x: float, font: TTFont, size: float, text: str) -> None:
        """Draw a line of text at the present position, without advancing."""
        baseline = self._y + size * (0.5 * _LEADING + 0.36)  # capitals are centred in the line
        self._texts.append((x, baseline, font, size, text))

    def _paragraph(self, text: str, font: TTFont, size: float, *, centered: bool = False) -> None:
        measure = _measure(font, size)
        for line in wrapped(drawable(text, font), self._width - 2 * self._margin, measure):
            self._text((self._width - measure(line)) / 2 if centered else self._margin, font, size, line)
            self._y += size * _LEADING

    def _pair(self, left: str, right: str, font: TTFont, size: float) -> None:
        measure = _measure(font, size)
        room = self._width - 2 * self._margin
        for at_left, at_right in paired(drawable(left, font), drawable(right, font), room, _GAP, measure):
            if at_left:
                self._text(self._margin, font, size, at_left)
            if at_right:
                self._text(self._width - self._margin - measure(at_right), font, size, at_right)
            self._y += size * _LEADING

    def _cells(self, cells: Sequence[str], font: TTFont, size: float) -> None:
        drawn = [drawable(cell, font) for cell in cells]
        for line in celled(drawn, self._width - 2 * self._margin, _GAP, _measure(font, size)):
            for at, text in line:
                self._text(self._margin + at, font, size, text)
            self._y += size * _LEADING

    def _banner(self, text: str) -> None:
        top = self._y
        self._y += 1.2 * mm
        self._paragraph(text, self._bold, _HEADING, centered=True)
        self._y += 1.2 * mm
        self._frames.append((top, self._y))
        self._y += 2 * mm

    def _picture(self, picture: Picture) -> None:
        scale = min(1.0, (self._width - 2 * self._margin) / (picture.width * DOT))
        left = round((self._width - picture.width * scale * DOT) / 2 / DOT) * DOT
        self._y += picture.height * scale * DOT
        self._pictures.append((left, self._y, scale * DOT, picture))
        self._y += 1.5 * mm

    def _barcode(self, text: str) -> None:
        modules = code128_modules(text)
        room = int((self._width - 2 * self._margin) / DOT)
        dots = max(1, min(3, room // (len(modules) + 2 * 10)))  # a quiet zone of ten modules on each side
        x = (self._width - len(modules) * dots * DOT) / 2
        x = round(x / DOT) * DOT
        self._y += 1 * mm
        self._grids.append(_Grid(x, self._y, dots * DOT, _BAR_HEIGHT, _runs([modules])))
        self._y += _BAR_HEIGHT + 0.4 * mm
        self._paragraph(text, self._regular, _SMALL, centered=True)

    def _qr(self, content: str, beside: Sequence[str]) -> None:
        modules = qr_modules(content)
        side = len(modules) * _QR_MODULE
        left = self._margin + _QUIET * _QR_MODULE / 2  # the paper margin is a quiet zone as well
        self._y += 1.5 * mm
        top = self._y
        rows = ["".join("1" if dark else "0" for dark in row) for row in modules]
        self._grids.append(_Grid(left, top, _QR_MODULE, _QR_MODULE, _runs(rows)))
        x = left + side + _QUIET * _QR_MODULE
        lines = [
            (line, font, size)
            for index, text in enumerate(beside)
            for font, size in [(self._regular, _SMALL) if index == len(beside) - 1 else (self._bold, _BODY)]
            for line in wrapped(drawable(text, font), self._width - self._margin - x, _measure(font, size))
        ]
        self._y = top + max(0.0, (side - sum(size * _LEADING for _, _, size in lines)) / 2)
        for line, font, size in lines:
            self._text(x, font, size, line)
            self._y += size * _LEADING
        self._y = max(self._y, top + side) + 1.5 * mm

    def drawn(self, title: str, author: str) -> bytes:
        height = self._y + self._margin
        out = BytesIO()
        canvas = new_canvas(out, (self._width, height), self._regular, title, author)
        self._draw_graphics(canvas, height)
        self._draw_texts(canvas, height)
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    def _draw_texts(self, canvas: Canvas, height: float) -> None:
        block = canvas.beginText()
        set_as: tuple[str, float] | None = None
        for x, y, font, size, text in self._texts:
            if set_as != (font.fontName, size):
                set_as = (font.fontName, size)
                block.setFont(font.fontName, size)
            block.setTextOrigin(x, height - y)
            block.textOut(text)
        canvas.drawText(block)

    def _draw_graphics(self, canvas: Canvas, height: float) -> None:
        for grid in self._grids:
            canvas.saveState()
            canvas.transform(grid.width, 0, 0, -grid.height, grid.x, height - grid.y)
            # Raw PDF operators: the library's paths would take half of the total time for a thousand small boxes.
            boxes = " ".join(f"{column} {row} {modules} 1 re" for column, row, modules in grid.runs)
            canvas.addLiteral(f"{boxes} f")
            canvas.restoreState()
        for x, y, dot, picture in self._pictures:
            image = ImageReader(BytesIO(picture.png))
            canvas.drawImage(image, x, height - y, picture.width * dot, picture.height * dot)
        canvas.setLineWidth(2 * DOT)
        for solid in (True, False):
            canvas.setDash([] if solid else [8 * DOT, 6 * DOT])
            for y, is_solid in self._lines:
                if is_solid == solid:
                    canvas.line(self._margin, height - y, self._width - self._margin, height - y)
        canvas.setDash([])
        canvas.setLineWidth(3 * DOT)
        for top, bottom in self._frames:
            canvas.rect(self._margin + 2 * DOT, height - bottom, self._width - 2 * self._margin - 4 * DOT, bottom - top)


def _runs(rows: Sequence[str]) -> list[tuple[int, int, int]]:
    """Adjacent dark modules as one box (column, row, modules): no hairlines, a third of the bytes."""
    return [(run.start(), number, len(run[0])) for number, row in enumerate(rows) for run in _DARK.finditer(row)]


def _measure(font: TTFont, size: float) -> Measure:
    width: Callable[[str, float], float] = font.stringWidth
    return lambda text: width(text, size)
