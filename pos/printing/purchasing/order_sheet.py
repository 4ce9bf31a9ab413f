"""A purchase order on A4: as many pages as needed, in the two languages of the shop's documents.

It has costs where any is known; the supplier reads which are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader

from pos.application.purchasing.order_words import without_cost_text
from pos.application.purchasing.purchase_orders import OrderView
from pos.application.settings.settings import Settings
from pos.application.text.formatting import date_text, money_text, number_text
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import N_, Translator
from pos.domain.money import Money
from pos.printing.drawing.canvas import draw_fitted, new_canvas
from pos.printing.drawing.codes import code128_modules
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Picture
from pos.printing.drawing.wrapping import wrapped

_TITLE = N_("Purchase order")
_SUPPLIER = N_("Supplier")
_EXPECTED = N_("Expected on")
_GOODS = N_("Goods")
_PIECES = N_("Pieces")
_ALL = N_("Total pieces")
_COST = N_("Unit price")
"""The supplier's word for what the shop calls the cost."""
_TOTAL = N_("Total")
_AT_LEAST = N_("Total, at least")
_UNKNOWN = "—"
_MARGIN = 16 * mm
_LOGO_HIGH = 34.0
_WIDTH = A4[0] - 2 * _MARGIN
_CODE_AT, _NAME_AT = 26.0, 122.0
_NAME_WIDTH = _WIDTH - _NAME_AT - 60
_COST_AT, _TOTAL_WIDE, _COST_WIDE = _WIDTH - 92, 86, 76
_PIECES_AT = _COST_AT - _COST_WIDE - 6
_PRICED_NAME_WIDTH = _PIECES_AT - 48 - _NAME_AT
"""Where costs stand beside the pieces, right-aligned; the names have less room then."""
_BODY, _LEADING = 9.5, 12.5
_END_HIGH, _TOTAL_LEADING = 50, 18
"""What the pieces and the lines without a cost need below the last line, and each total."""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    code: str
    names: tuple[str, ...]
    pieces: str
    cost: str
    total: str

    @property
    def height(self) -> float:
        return len(self.names) * _LEADING + 6


def order_pdf(
    view: OrderView, settings: Settings, translators: Mapping[str, Translator], folder: Path, *, training: bool = False
) -> bytes:
    """Draw the order; equal content gives equal bytes. Raises PrinterError where a font is missing."""
    fonts, tr = Fonts(folder), JoinedTranslator.of(translators, settings.receipt_languages)
    with DRAWING:
        return _Printout(view, settings, tr, fonts, tr(TRAINING_STAMP) if training else "").drawn()


class _Printout:
    def __init__(self, view: OrderView, settings: Settings, tr: JoinedTranslator, fonts: Fonts, stamp: str) -> None:
        self._view, self._settings, self._translator, self._stamp = view, settings, tr, stamp
        self._regular, self._bold = fonts.regular, fonts.bold
        self._out = BytesIO()
        self._canvas = new_canvas(self._out, A4, self._regular, view.order.name, printable(settings.shop_name))
        self._y = A4[1] - _MARGIN
        self._page = 1
        self._totals = view.order.totals
        priced = self._totals.is_known
        self._name_width = _PRICED_NAME_WIDTH if priced else _NAME_WIDTH
        self._pieces_at = _PIECES_AT if priced else _WIDTH

    def drawn(self) -> bytes:
        """The whole order as PDF."""
        self._head()
        self._columns()
        for line in self._lines():
            if self._y - line.height < _MARGIN + 40:
                self._turn()
            self._row(line)
        if self._totals.is_known and self._y < _MARGIN + _END_HIGH + _TOTAL_LEADING * len(self._totals.amounts):
            self._turn()
        self._end()
        self._foot()
        self._canvas.showPage()
        self._canvas.save()
        return self._out.getvalue()

    def _lines(self) -> Iterator[_Line]:
        languages = [tr.language for tr in self._translator.each]
        for number, line in enumerate(self._view.ordered, start=1):
            product = self._view.products[line.product]
            names = dict.fromkeys(printable(product.name_in(language), 120) for language in languages)
            shown = [part for name in names for part in wrapped(name, self._name_width, self._measure)]
            pieces = number_text(line.ordered, self._translator.language)
            yield _Line(number, product.code, tuple(shown), pieces, self._money(line.cost), self._money(line.total))

    def _money(self, amount: Money | None) -> str:
        if not self._totals.is_known:
            return ""
        return _UNKNOWN if amount is None else money_text(amount, self._translator.language)

    def _measure(self, text: str) -> float:
        width: float = self._regular.stringWidth(text, _BODY)
        return width

    def _head(self) -> None:
        order, language = self._view.order, self._translator.language
        self._mark()
        self._barcode(order.name)
        self._logo(logo_of(self._settings))
        self._text(0, self._translator(_TITLE), 16, bold=True, width=_WIDTH - 150)
        self._down(24)
        day = date_text(order.at.astimezone(self._settings.zone).date(), language)
        self._text(0, f"{order.name} · {day}", 12, bold=True)
        self._down(20)
        said = [printable(self._settings.shop_name), self._settings.address_1, self._settings.address_2]
        for text in dict.fromkeys(printable(part) for part in said if part):
            self._text(0, text, _BODY)
            self._down(_LEADING)
        self._down(8)
        for name, value in (
            (_SUPPLIER, self._view.supplier),
            (_EXPECTED, "" if order.expected_on is None else date_text(order.expected_on, language)),
        ):
            if value:
                self._text(0, f"{self._translator(name)}:  {printable(value)}", 11, bold=True, width=_WIDTH)
                self._down(16)
        if order.note:
            self._text(0, printable(order.note), _BODY, width=_WIDTH)
            self._down(_LEADING)
        self._down(8)

    def _mark(self) -> None:
        """On every page of a training."""
        if self._stamp:
            self._text(0, self._stamp, 14, bold=True, width=_WIDTH)
            self._down(22)

    def _logo(self, logo: Picture | None) -> None:
        if logo is None:
            return
        scale = min(_LOGO_HIGH / logo.height, _WIDTH / 2 / logo.width)
        self._down(logo.height * scale)
        image = ImageReader(BytesIO(logo.png))
        self._canvas.drawImage(image, _MARGIN, self._y, logo.width * scale, logo.height * scale)
        self._down(6)

    def _columns(self) -> None:
        self._text(0, "№", 8.5)
        self._text(_NAME_AT, self._translator(_GOODS), 8.5)
        self._text(self._pieces_at, self._translator(_PIECES), 8.5, at_right=True, width=60)
        if self._totals.is_known:
            self._text(_COST_AT, self._translator(_COST), 8.5, at_right=True, width=_COST_WIDE)
            self._text(_WIDTH, self._translator(_TOTAL), 8.5, at_right=True, width=_TOTAL_WIDE)
        self._down(13)
        self._rule(1.0)
        self._down(5)

    def _row(self, line: _Line) -> None:
        self._text(0, str(line.number), _BODY)
        self._text(_CODE_AT, line.code, _BODY, width=_NAME_AT - _CODE_AT - 6)
        self._text(self._pieces_at, line.pieces, 11, bold=True, at_right=True, width=60)
        self._text(_COST_AT, line.cost, _BODY, at_right=True, width=_COST_WIDE)
        self._text(_WIDTH, line.total, _BODY, bold=True, at_right=True, width=_TOTAL_WIDE)
        for name in line.names:
            self._text(_NAME_AT, name, _BODY)
            self._down(_LEADING)
        self._down(2)
        self._rule(0.3)
        self._down(4)

    def _end(self) -> None:
        pieces = sum(line.ordered for line in self._view.ordered)
        self._down(4)
        self._text(0, self._translator(_ALL), 11, bold=True, width=_WIDTH - 80)
        self._text(_WIDTH, number_text(pieces, self._translator.language), 13, bold=True, at_right=True)
        if self._totals.is_known:
            self._down(20)
            said = _TOTAL if self._totals.is_complete else _AT_LEAST
            self._text(0, self._translator(said), 11, bold=True, width=_WIDTH - 200)
            for amount in self._totals.amounts:
                self._text(_WIDTH, self._money(amount), 13, bold=True, at_right=True, width=190)
                self._down(_TOTAL_LEADING)
            lacking = self._translator.by(lambda tr: without_cost_text(self._totals, tr))
            self._text(_WIDTH, self._translator.joined(lacking), _BODY, at_right=True, width=_WIDTH)

    def _turn(self) -> None:
        self._foot()
        self._canvas.showPage()
        self._page += 1
        self._y = A4[1] - _MARGIN
        self._mark()
        self._columns()

    def _foot(self) -> None:
        self._canvas.setFont(self._regular.fontName, 8)
        self._canvas.drawRightString(A4[0] - _MARGIN, _MARGIN * 0.6, f"{self._view.order.name} · {self._page}")

    def _down(self, points: float) -> None:
        self._y -= points

    def _rule(self, thick: float) -> None:
        self._canvas.setLineWidth(thick)
        self._canvas.line(_MARGIN, self._y, _MARGIN + _WIDTH, self._y)

    def _text(
        self,
        x: float,
        text: str,
        size: float,
        *,
        bold: bool = False,
        at_right: bool = False,
        width: float | None = None,
    ) -> None:
        """A line with its top at the present position; shrunk to fit `width`."""
        draw_fitted(
            self._canvas,
            self._bold if bold else self._regular,
            text,
            size,
            _MARGIN + x,
            self._y,
            width=width,
            align="right" if at_right else "left",
        )

    def _barcode(self, text: str) -> None:
        modules = code128_modules(text)
        left = _MARGIN + _WIDTH - len(modules)
        for index, module in enumerate(modules):
            if module == "1":
                self._canvas.rect(left + index, self._y - 30, 1, 30, stroke=0, fill=1)
