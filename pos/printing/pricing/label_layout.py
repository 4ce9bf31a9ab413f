"""The layout of a label: its texts and bars with their positions, in points from the upper left corner."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from reportlab.lib.units import mm
from reportlab.pdfbase.ttfonts import TTFont

from pos.application.catalogue.typed_codes import code_words
from pos.application.settings.settings import Settings
from pos.application.text.formatting import MINUS, date_text, money_text, number_text, percent_text, unit_text
from pos.application.text.translator import N_, Translator
from pos.domain.money import Money
from pos.domain.pricing.label import Label, UnitPrice
from pos.printing.drawing.bars import BarCode, bars_of
from pos.printing.drawing.fonts import Fonts, drawable
from pos.printing.drawing.pdf import DOT
from pos.printing.drawing.printable import printable
from pos.printing.drawing.wrapping import Measure, is_wide, wrapped
from pos.printing.pricing.label_paper import LabelPaper

BEST_BEFORE = N_("use by {day}")

_LONGEST_NAME = 120
_LEADING = 1.16
_CAPITAL = 0.714
"""Height of capitals and digits, relative to the font size."""

_SECOND = 0.8
"""Size of the second name, relative to the first."""

_FLOOR = 5.5
"""Smallest size of a name: below it letters run together on a head of 203 dpi."""

_SMALL_PRICE = 0.56
_CODE_TEXT = 6.2
_LOW = 29 * mm
"""A label lower than this has no room for everything at the usual size."""

_META_FLOOR = 4.6
_LEAST_PRICE = 0.62
"""Smallest size of a price beside other text, relative to the usual size."""

_LEAST_STEP = _META_FLOOR * _LEADING
_COLUMN = 9 * mm
"""Least width of the column right of the bars."""

_PRICE_PARTS = re.compile(r"(?P<symbol>[^0-9]*)(?P<whole>[0-9][0-9, \u202f\u00a0]*)(?P<part>[.,][0-9]+)?\Z")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A line of text: start, baseline, face and size; `struck` through, or `inverse` on black."""

    x: float
    y: float
    text: str
    font: TTFont
    size: float
    struck: bool = False
    inverse: bool = False

    @property
    def width(self) -> float:
        width: float = self.font.stringWidth(self.text, self.size)
        return width


@dataclass(slots=True)
class LabelLayout:
    """Texts, and bars with their left edge (without the quiet zone), top and height."""

    texts: list[PlacedText] = field(default_factory=list)
    bars: BarCode | None = None
    bars_at: tuple[float, float, float] = (0.0, 0.0, 0.0)


def layout_of(label: Label, paper: LabelPaper, settings: Settings, tr: Translator, fonts: Fonts) -> LabelLayout:
    """Lay out a label. `tr` are those of the first language of labels, which also formats numbers."""
    return _LayoutBuilder(label, paper, settings, tr, fonts).built()


class _LayoutBuilder:
    """Three rows that never overlap: names, the price with its details, the bars with the small print."""

    def __init__(self, label: Label, paper: LabelPaper, settings: Settings, tr: Translator, fonts: Fonts) -> None:
        self._label, self._paper, self._settings, self._translator = label, paper, settings, tr
        self._regular, self._bold = fonts.regular, fonts.bold
        self._lacks = fonts.lacks
        self._left, self._right = paper.edge, paper.label[0] - paper.edge
        self._top, self._bottom = min(paper.edge, 3 * mm), paper.label[1] - min(paper.edge, 3 * mm)
        self._layout = LabelLayout()
        height = self._bottom - self._top
        self._price_size = min(26.0, height * 0.29)
        self._bars_height = _whole_dots(height * 0.22)
        self._lot_size = 6.6
        if paper.label[1] < _LOW and (label.lot or label.expiry is not None):  # two names keep one line each
            self._price_size, self._lot_size = 0.82 * self._price_size, 5.6

    def built(self) -> LabelLayout:
        """Lay out from below: the bars need their room, the names use the rest."""
        below = self._lot(self._foot())
        above = self._price(below - 2.5)
        self._names(above - 2.0)
        return self._layout

    # ── the foot ─────────────────────────────────────────────────────────────────────────────────────────────

    def _foot(self) -> float:
        """Bars with their text, and the small print beside them; returns their top."""
        room = int(self._paper.label[0] / DOT)
        bars = bars_of(self._label.code, room, self._paper.narrowest)
        text_top = self._bottom - _CODE_TEXT * _LEADING
        if bars is None:
            return self._foot_without_bars(text_top)
        top = text_top - self._bars_height - 0.6
        left = _whole_dots(max(self._left, bars.before * DOT))
        if left + (bars.width + bars.after) * DOT > self._paper.label[0]:
            left = _whole_dots((self._paper.label[0] - bars.room * DOT) / 2) + bars.before * DOT
        self._layout.bars, self._layout.bars_at = bars, (left, top, self._bars_height)
        column = left + (bars.width + bars.after) * DOT + 1.5
        wide = self._right - column >= _COLUMN
        code = drawable(bars.text, self._regular)
        if wide:
            middle = left + bars.width * DOT / 2
            self._centred(code, middle, text_top, left, left + bars.width * DOT)
            self._column(column, top, text_top + _CODE_TEXT * _LEADING)
        else:
            shown = self._fitting(code, self._regular, _CODE_TEXT, (self._right - self._left) * 0.6)
            self._put(left, text_top, shown[0], self._regular, shown[1])
            used = left + _width(self._regular, *shown) + 4
            self._meta_line(used, text_top)
        return top

    def _foot_without_bars(self, text_top: float) -> float:
        """No bars can hold the code: it is printed as text, for typing."""
        code, size = self._fitting(drawable(self._label.code, self._bold), self._bold, 9.0, self._right - self._left)
        top = text_top - size * _LEADING
        self._put(self._left, top, code, self._bold, size)
        self._meta_line(self._left, text_top)
        return top

    def _centred(self, text: str, middle: float, top: float, left: float, right: float) -> None:
        text, size = self._fitting(text, self._regular, _CODE_TEXT, right - left)
        self._put(middle - _width(self._regular, text, size) / 2, top, text, self._regular, size)

    def _column(self, left: float, top: float, bottom: float) -> None:
        """Shelf, date and shop below each other, at the right edge."""
        room = self._right - left
        lines = [(text, bold) for text, bold in self._small() if text][: int((bottom - top) / _LEAST_STEP)]
        if not lines:
            return
        step = min(9.0, (bottom - top) / len(lines))
        y = bottom - step * len(lines)
        for text, bold in lines:
            face = self._bold if bold else self._regular
            size = min(step / _LEADING, 7.6 if bold else 6.0)
            shown, size = self._fitting(drawable(text, face), face, size, room)
            self._put(self._right - _width(face, shown, size), y + step - size * _LEADING, shown, face, size)
            y += step

    def _meta_line(self, left: float, top: float) -> None:
        """The same on one line, as far as it fits; the shop's name is dropped first."""
        said = [text for text, _ in self._small() if text]
        while said:
            text = drawable(" · ".join(said), self._regular)
            if _width(self._regular, text, 5.4) <= self._right - left or len(said) == 1:
                shown, size = self._fitting(text, self._regular, 5.4, self._right - left)
                width = _width(self._regular, shown, size)
                if width <= self._right - left:
                    self._put(self._right - width, top + (_CODE_TEXT - size), shown, self._regular, size)
                return
            said.pop()

    def _small(self) -> list[tuple[str, bool]]:
        """The small print, the most useful first: (text, bold)."""
        label, language = self._label, self._translator.language
        said = [(printable(label.shelf, 20), True)]
        said.append((date_text(label.since, language), False))
        said.append((printable(self._settings.shop_name, 40), False))
        return said

    def _lot(self, bottom: float) -> float:
        """Details of the goods, expiry date and lot on a line of their own, which fits every paper; returns its top."""
        label = self._label
        said = [printable(code_words(name, text, self._translator), 40) for name, text in label.details]
        if label.expiry is not None:
            said.append(self._translator(BEST_BEFORE, day=date_text(label.expiry, self._translator.language)))
        if label.lot:
            said.append(printable(label.lot, 20))
        if not said:
            return bottom
        text = drawable(" · ".join(said), self._regular)
        text, size = self._fitting(text, self._regular, self._lot_size, self._right - self._left)
        top = bottom - size * _LEADING - 1.2
        self._put(self._left, top, text, self._regular, size)
        return top

    # ── the price ────────────────────────────────────────────────────────────────────────────────────────────

    def _price(self, bottom: float) -> float:
        """The price as large as it fits, at its right its unit and the price before; returns its top."""
        label, language = self._label, self._translator.language
        match = _PRICE_PARTS.match(money_text(label.price, language))
        assert match is not None, "money is written with digits"
        symbol, whole, part = match["symbol"].strip(), match["whole"], match["part"] or ""
        per = f" / {unit_text('kg', language)}" if label.by_weight else ""
        beside = self._beside_price()
        beside_width = max((_width(font, text, size) for text, font, size in beside), default=0.0)
        wide = self._price_width(symbol, whole, part + per)
        all_width = self._right - self._left
        room = all_width - max(beside_width, self._was_width()) - 6
        size = min(self._price_size, room / wide)
        if size < _LEAST_PRICE * self._price_size:  # the price before then moves above it
            room = all_width - (beside_width + 6 if beside_width else 0)
            size = min(self._price_size * (_LEAST_PRICE if label.regular else 1), room / wide)
        baseline = bottom - 1.0 - (size * 0.1 if "," in whole else 0)  # the tail of the comma is no descender
        small = size * _SMALL_PRICE
        x = self._left
        rise = (size - small) * _CAPITAL
        self._text(x, baseline, symbol, self._bold, small)
        x += _width(self._bold, symbol, small) + small * 0.18
        self._text(x, baseline, whole, self._bold, size)
        x += _width(self._bold, whole, size)
        if part:
            self._text(x, baseline - rise, part, self._bold, small)
        if per:
            self._text(x + _width(self._bold, part, small), baseline, per, self._regular, small * 0.8)
        top = bottom - self._price_size * (_CAPITAL + 0.1) - 1.0
        self._beside(beside, top, bottom - 1.0)
        return top

    def _price_width(self, symbol: str, whole: str, part: str) -> float:
        """The width of the price at size 1."""
        return (
            _width(self._bold, symbol, _SMALL_PRICE) + _SMALL_PRICE * 0.18
            + _width(self._bold, whole, 1) + _width(self._bold, part, _SMALL_PRICE)
        )  # fmt: skip

    def _beside_price(self) -> list[tuple[str, TTFont, float]]:
        said = []
        large = self._paper.label[1] > 32 * mm
        if self._label.unit_price is not None and not self._label.by_weight:
            text = unit_price_text(self._label.unit_price, self._translator.language)
            said.append((drawable(text, self._regular), self._regular, 8.2 if large else 6.6))
        return said

    def _beside(self, said: list[tuple[str, TTFont, float]], top: float, baseline: float) -> None:
        y = baseline
        for text, font, size in said:
            self._text(self._right - _width(font, text, size), y, text, font, size)
            y -= size * 1.12
        regular = self._label.regular
        if regular is None:
            return
        size, was, flag = self._was(regular)
        y = min(y, top + size * _CAPITAL + 1)
        x = self._right
        if flag:
            x -= _width(self._bold, flag, size) + 2
            self._layout.texts.append(PlacedText(x, y, flag, self._bold, size, inverse=True))
            x -= 5
        self._layout.texts.append(
            PlacedText(x - _width(self._regular, was, size), y, was, self._regular, size, struck=True)
        )

    def _was(self, regular: Money) -> tuple[float, str, str]:
        """Font size, the price without the promotion, and the reduction."""
        size = 7.6 if self._paper.label[1] > 32 * mm else 6.4
        was = drawable(money_text(regular, self._translator.language), self._regular)
        return size, was, _off_text(self._label.price, regular, self._translator.language)

    def _was_width(self) -> float:
        if self._label.regular is None:
            return 0.0
        size, was, flag = self._was(self._label.regular)
        return _width(self._regular, was, size) + (_width(self._bold, flag, size) + 7 if flag else 0)

    # ── the names ────────────────────────────────────────────────────────────────────────────────────────────

    def _names(self, bottom: float) -> None:
        """Names as large as they fit whole; at the smallest size as many lines as fit, and an ellipsis."""
        names = [self._name(name) for name in self._label.names]
        room, width = bottom - self._top, self._right - self._left
        size = 11.5 if self._paper.label[1] > 32 * mm else 9.0
        while True:
            sizes = [size if index == 0 else max(_FLOOR, size * _SECOND) for index in range(len(names))]
            faces = [self._bold if index == 0 else self._regular for index in range(len(names))]
            set_in = [
                wrapped(drawable(name, face), width, _measure(face, own))
                for name, face, own in zip(names, faces, sizes, strict=True)
            ]
            height = sum(len(lines) * own * _LEADING for lines, own in zip(set_in, sizes, strict=True))
            whole = all(
                _keeps_words(name, width, _measure(face, own))
                for name, face, own in zip(names, faces, sizes, strict=True)
            )
            if (height <= room and whole) or size <= _FLOOR:
                break
            size = max(_FLOOR, size - 0.5)
        fits = max(len(names), int(room / (_FLOOR * _LEADING))) if height > room else 99
        y = self._top
        for index, (lines, face, own) in enumerate(zip(set_in, faces, sizes, strict=True)):
            later = sum(min(len(rest), 1) for rest in set_in[index + 1 :])
            share = max(1, fits - later if index else (fits + 1) // 2 if later else fits)
            kept = lines[:share]
            if len(lines) > share:
                kept[-1] = _shortened(kept[-1] + _ELLIPSIS, width, _measure(face, own))
            fits -= len(kept)
            for line in kept:
                self._put(self._left, y, line, face, own)
                y += own * _LEADING

    def _name(self, name: str) -> str:
        """The name of a carton starts with its number of pieces, which is never cut off."""
        shown = printable(name, _LONGEST_NAME)
        if not shown or self._lacks(shown):
            shown = self._label.code
        pieces = number_text(self._label.pieces, self._translator.language)
        return f"{pieces} × {shown}" if self._label.pieces > 1 else shown

    # ── texts ────────────────────────────────────────────────────────────────────────────────────────────────

    def _put(self, x: float, top: float, text: str, font: TTFont, size: float) -> None:
        """A line with its top at `top`."""
        self._text(x, top + size * (0.5 * _LEADING + 0.36), text, font, size)

    def _text(self, x: float, baseline: float, text: str, font: TTFont, size: float) -> None:
        if text:
            self._layout.texts.append(PlacedText(x, baseline, text, font, size))

    def _fitting(self, text: str, font: TTFont, size: float, width: float) -> tuple[str, float]:
        """The text and the size at which it fits, shortened if even the smallest is too large."""
        wide = _width(font, text, size)
        if wide > width:
            size = max(_META_FLOOR, size * width / wide)
        return _shortened(text, width, _measure(font, size)), size


def unit_price_text(unit: UnitPrice, language: str) -> str:
    """The unit price as printed: ¥ 642.86 / L; ≈ where it was rounded."""
    count, _, name = unit.unit.rpartition(" ")
    per = f"{count}\u00a0{unit_text(name, language)}" if count else unit_text(name, language)
    return f"{'≈ ' if unit.rounded else ''}{money_text(unit.amount, language)} / {per}"


def _off_text(price: Money, regular: Money, language: str) -> str:
    """The reduction, in whole per cent where it is even: −10 %."""
    off = (regular.minor - price.minor) * 100
    if regular.minor and off % regular.minor == 0:
        return percent_text(-(off // regular.minor), language)
    return MINUS + money_text(regular - price, language, symbol=False) if off > 0 else ""


def _measure(font: TTFont, size: float) -> Measure:
    width: Callable[[str, float], float] = font.stringWidth
    return lambda text: width(text, size)


def _width(font: TTFont, text: str, size: float) -> float:
    width: float = font.stringWidth(text, size)
    return width


def _keeps_words(name: str, width: float, measure: Measure) -> bool:
    """Whether no word of letters is wider than the label."""
    return all(measure(word) <= width for word in name.split() if not any(is_wide(char) for char in word))


def _shortened(text: str, width: float, measure: Measure) -> str:
    if measure(text) <= width:
        return text
    kept = text.rstrip(_ELLIPSIS)
    while kept and measure(kept + _ELLIPSIS) > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def _whole_dots(points: float) -> float:
    return round(points / DOT) * DOT
