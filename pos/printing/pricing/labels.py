"""Price labels as PDF: A4 sheets and rolls, bars in whole dots of a head of 203 dpi."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO

from reportlab.pdfgen.canvas import Canvas

from pos.application.ports.pricing_ports import LabelSheet
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.pricing.label import Label
from pos.printing.drawing.bars import bars_of
from pos.printing.drawing.canvas import new_canvas
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.pdf import DOT
from pos.printing.drawing.printable import printable
from pos.printing.pricing.label_layout import LabelLayout, PlacedText, layout_of
from pos.printing.pricing.label_paper import LabelPaper

_BEARER = 4
"""Thickness of the lines above and below ITF-14, in dots."""


def label_sheet(
    labels: Sequence[Label],
    paper: LabelPaper,
    start: int,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
) -> LabelSheet:
    """The labels drawn as by `labels_pdf`, with their pages and the codes that have no room for bars."""
    room = int(paper.label[0] / DOT)
    return LabelSheet(
        labels_pdf(labels, paper, start, settings, translators, fonts),
        pages=-(-(start - 1 + len(labels)) // paper.count),
        without_bars=tuple(
            dict.fromkeys(one.code for one in labels if bars_of(one.code, room, paper.narrowest) is None)
        ),
    )


def labels_pdf(
    labels: Sequence[Label],
    paper: LabelPaper,
    start: int,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
) -> bytes:
    """Draw the labels, from position `start` of the first sheet; equal labels give equal bytes."""
    language = translators[settings.label_languages[0]]
    with DRAWING:
        out = BytesIO()
        canvas = new_canvas(out, paper.page, fonts.regular, "Labels", printable(settings.shop_name))
        open_page = 0
        layouts: dict[Label, LabelLayout] = {}
        for label, (page, x, y) in zip(labels, paper.positions(start)):
            while open_page < page:
                canvas.showPage()
                open_page += 1
            if label not in layouts:
                layouts[label] = layout_of(label, paper, settings, language, fonts)
            _draw(canvas, layouts[label], x, paper.page[1] - y, paper.page[1])
        canvas.showPage()
        canvas.save()
        return out.getvalue()


def _draw(canvas: Canvas, layout: LabelLayout, x: float, top: float, page: float) -> None:
    """Draw a layout with its upper left corner at (x, top), y growing upwards."""
    _draw_bars(canvas, layout, x, top, page)
    block = canvas.beginText()
    set_as: tuple[str, float] | None = None
    for text in layout.texts:
        if text.inverse:
            continue
        if set_as != (text.font.fontName, text.size):
            set_as = (text.font.fontName, text.size)
            block.setFont(*set_as)
        block.setTextOrigin(x + text.x, top - text.y)
        block.textOut(text.text)
    canvas.drawText(block)
    for text in layout.texts:
        if text.struck:
            canvas.setLineWidth(0.09 * text.size)
            middle = top - text.y + text.size * 0.27
            canvas.line(x + text.x - 0.8, middle, x + text.x + text.width + 0.8, middle)
        if text.inverse:
            _draw_inverse(canvas, text, x, top)


def _draw_inverse(canvas: Canvas, text: PlacedText, x: float, top: float) -> None:
    high = text.size * 1.16
    canvas.roundRect(x + text.x - 2, top - text.y - text.size * 0.22, text.width + 4, high, 1.6, stroke=0, fill=1)
    canvas.setFillGray(1)
    canvas.setFont(text.font.fontName, text.size)
    canvas.drawString(x + text.x, top - text.y, text.text)
    canvas.setFillGray(0)


def _draw_bars(canvas: Canvas, layout: LabelLayout, x: float, top: float, page: float) -> None:
    """Draw the bars on whole dots of the page, counted from its upper left corner, as a print head counts them."""
    bars = layout.bars
    if bars is None:
        return
    left, at, height = layout.bars_at
    first = round((x + left) / DOT)
    upper, high = round((page - top + at) / DOT), round(height / DOT)
    boxes, column = [], first
    for number, dots in enumerate(bars.dots):
        if number % 2 == 0:
            boxes.append((column, upper, dots, high))
        column += dots
    if bars.bearer:
        wide = bars.width
        boxes += [(first, upper, wide, _BEARER), (first, upper + high - _BEARER, wide, _BEARER)]
    canvas.saveState()
    canvas.transform(DOT, 0, 0, -DOT, 0, page)
    canvas.addLiteral(" ".join(f"{a} {b} {c} {d} re" for a, b, c, d in boxes) + " f")
    canvas.restoreState()
