"""Papers of a stream: price cards for the table, and the sheet for the streamer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reportlab.lib.pagesizes import A4, A5, A6
from reportlab.lib.units import mm

from pos.application.pickup.papers import Carry, SheetRow
from pos.application.settings.settings import Settings
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.translator import Translator
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.training_mark import TRAINING
from pos.printing.pickup.card import CardPages

_CARDS = {"a6": A6, "a5": A5}
_MARGIN = 14 * mm
_ROW = 62.0


def price_cards_pdf(
    rows: Sequence[SheetRow],
    paper: str,
    languages: Sequence[str],
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """A page for each of the goods: picture, names in the languages, prices in the currencies, number and QR."""
    page = _CARDS[paper]
    scale = page[0] / A6[0]
    margin, width = 8 * mm * scale, page[0] - 16 * mm * scale
    with DRAWING:
        pages = CardPages(fonts, page, "price cards", printable(settings.shop_name))
        for one in rows:
            row, y = one.row, margin
            side = width * 0.42
            pages.picture(page[0] - margin - side, y, side, one.picture)
            left = width - side - 6 if one.picture is not None else width
            pages.text(margin, y, number_text(row.number, languages[0]), 30 * scale, width=left, bold=True)
            y += 38 * scale
            names = dict.fromkeys(printable(row.product.name_in(language), 80) for language in languages)
            for name in names:
                wide = left if y < margin + side else width
                y = pages.paragraph(margin, y, name, 13 * scale, width=wide, lines=2, bold=True) + 3 * scale
            y = max(y, margin + (side if one.picture is not None else 0)) + 8 * scale
            others = [money for money in row.prices if money != row.price]
            price = money_text(row.price, languages[0])
            pages.text(margin, y, price, 40 * scale, width=width, bold=True, align="centre")
            y += 52 * scale
            for index, money in enumerate(others):
                at = margin + (index % 2) * width / 2
                text = money_text(money, languages[0], cash=True)
                pages.text(at, y + index // 2 * 20 * scale, text, 15 * scale, width=width / 2 - 6, align="centre")
            side = 26 * mm * scale
            pages.qr(page[0] - margin - side, page[1] - margin - side, side, row.product.code)
            if training:
                tr = translators[languages[0]]
                pages.text(
                    margin, page[1] - margin - 26 * scale, tr(TRAINING), 9 * scale, width=width - side, bold=True
                )
            pages.text(margin, page[1] - margin - 12 * scale, row.product.code, 10 * scale, width=width - side)
            pages.turn()
        return pages.drawn()


def stream_sheet_pdf(
    rows: Sequence[SheetRow],
    at: datetime,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """All goods of the stream: number, picture, name, code, free pieces, prices, how many one visitor may carry."""
    both = JoinedTranslator.of(translators, settings.receipt_languages)
    language, width = both.language, A4[0] - 2 * _MARGIN
    with DRAWING:
        pages = CardPages(fonts, A4, "stream", printable(settings.shop_name))
        y = _MARGIN
        pages.text(_MARGIN, y, both("Sheet of the stream"), 16, width=width - 150, bold=True)
        pages.text(_MARGIN, y + 3, instant_text(at, settings.zone, language), 10, width=width, align="right")
        y += 24
        if training:
            pages.text(_MARGIN, y, both(TRAINING), 11, width=width, bold=True)
            y += 16
        for one in rows:
            if y + _ROW > A4[1] - _MARGIN:
                pages.turn()
                y = _MARGIN
            _sheet_row(pages, one, y, width, both)
            y += _ROW
        pages.turn()
        return pages.drawn()


def _sheet_row(pages: CardPages, one: SheetRow, y: float, width: float, both: JoinedTranslator) -> None:
    row, language, left = one.row, both.language, _MARGIN
    pages.rule(left, y, width)
    y += 5
    pages.text(left, y + 8, number_text(row.number, language), 26, width=40, bold=True)
    pages.picture(left + 44, y, _ROW - 10, one.picture)
    names = dict.fromkeys(printable(row.product.name_in(tr.language), 80) for tr in both.each)
    at, names_width = y, width * 0.40
    for name in names:
        pages.text(left + 104, at, name, 11, width=names_width, bold=True)
        at += 15
    pages.text(left + 104, at, row.product.code, 9, width=names_width)
    middle = left + 104 + names_width + 8
    free = number_text(max(0, row.free), language)
    pages.text(middle, y, free, 18, width=48, bold=True, align="right")
    pages.text(middle, y + 22, both("Free"), 8, width=48, align="right")
    right = middle + 56
    wide = left + width - right
    pages.text(right, y, money_text(row.price, language), 13, width=wide, bold=True, align="right")
    others = [money_text(money, language, cash=True) for money in row.prices if money != row.price]
    half = (len(others) + 1) // 2
    for index, part in enumerate((others[:half], others[half:])):
        pages.text(right, y + 17 + index * 11, "  ".join(part), 8.5, width=wide, align="right")
    said = " · ".join(_carry_text(carry, both) for carry in one.carry)
    pages.text(right, y + 41, said, 8.5, width=wide, align="right")


def _carry_text(carry: Carry, both: JoinedTranslator) -> str:
    """To China: 2; at least as many as there are: ≥ 40."""
    side = destination_text(carry.destination, both.each[0])
    n = number_text(carry.pieces, both.language)
    return f"{side}: {'≥ ' if carry.is_stock else ''}{n}"
