"""Papers of orders: the list by which they are fetched and handed out, and the slip in the bag of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from reportlab.lib.pagesizes import A6
from reportlab.lib.units import mm

from pos.application.pickup.papers import PickLine
from pos.application.settings.settings import Settings
from pos.application.text.formatting import instant_text, money_text, number_text
from pos.application.text.names import name_of
from pos.application.text.pickup_words import CHANNELS, deposit_terms, held_until_text, total_text, until_name
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.pickup_code import PickupCode
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.list_sheet import ListColumn, ListDocument, list_pdf
from pos.printing.drawing.printable import printable
from pos.printing.drawing.sheet import CONTENT
from pos.printing.drawing.training_mark import TRAINING
from pos.printing.pickup.card import CardPages

_MARGIN = 8 * mm
_QR = 30 * mm
_FOOT = 48
"""Points for the sum, the deposit and the name of the shop beneath the goods."""
_TERMS = 48
"""Points for the terms of the deposit, in two languages of two lines."""


def pick_list_pdf(
    lines: Sequence[PickLine],
    at: datetime,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """What is fetched, by shelf, then where packed orders lie."""
    both = JoinedTranslator.of(translators, settings.receipt_languages)
    language = both.language

    def row(one: PickLine) -> list[tuple[str, str]]:
        order = one.order
        buyer = printable(" ".join(part for part in (order.buyer.name, order.buyer.shown) if part), 40)
        goods = both("packed: to be handed out") if one.is_packed else one.goods
        until = held_until_text(order.hold_until, settings.zone, language)
        return [
            (one.place or "—", ""),
            (goods, one.code),
            (number_text(one.pieces, language), ""),
            (PickupCode(order.code).spaced, until),
            (buyer, both.named(CHANNELS, order.channel)),
        ]

    when = instant_text(at, settings.zone, language)
    orders = len({one.order.code for one in lines})
    document = ListDocument(
        when,
        both("Pick-up list"),
        [(both("Printed"), when), (both("Customer orders"), number_text(orders, language))],
        [
            ListColumn(both("Shelf or bag"), 72),
            ListColumn(both("Goods"), CONTENT - 346),
            ListColumn(both("Pieces"), 44, right=True),
            ListColumn(both("Customer order"), 100),
            ListColumn(both("Buyer"), 130),
        ],
        [row(one) for one in lines],
        stamp=both(TRAINING) if training else "",
    )
    with DRAWING:
        return list_pdf(document, settings, both, fonts)


def packing_slip_pdf(
    order: CustomerOrder,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """The slip on A6: code, QR, buyer and goods, in the buyer's language and the first one of the shop."""
    languages = dict.fromkeys((order.buyer.language, settings.receipt_languages[0]))
    both = JoinedTranslator.of(translators, tuple(one for one in languages if one in translators))
    tr, language, code = both.each[0], both.language, PickupCode(order.code)
    with DRAWING:
        pages = CardPages(fonts, A6, code.spaced, printable(settings.shop_name))
        width, y = A6[0] - 2 * _MARGIN, _MARGIN
        pages.qr(A6[0] - _MARGIN - _QR, y, _QR, code.qr)
        left = width - _QR - 6
        if training:
            pages.text(_MARGIN, y, both(TRAINING), 10, width=left, bold=True)
            y += 14
        pages.text(_MARGIN, y, code.spaced, 22, width=left, bold=True)
        y += 30
        until = held_until_text(order.hold_until, settings.zone, language)
        buyer = " ".join(part for part in (order.buyer.name, order.buyer.shown) if part)
        for text, bold in (
            (printable(buyer), True),
            (name_of(CHANNELS, order.channel, tr), False),
            (labelled(tr, both(until_name(order)), until), False),
            (labelled(tr, both("Shelf or bag"), order.place) if order.place else "", True),
        ):
            if text:
                pages.text(_MARGIN, y, text, 10, width=left, bold=bold)
                y += 14
        y = max(y, _MARGIN + _QR) + 4
        pages.rule(_MARGIN, y, width)
        y += 4
        for line in order.lines:
            if y > A6[1] - _MARGIN - 60:
                pages.turn()
                y = _MARGIN
            pages.text(_MARGIN, y, f"{number_text(line.quantity, language)} ×", 11, width=30, bold=True)
            price = money_text(line.agreed.amount, language)
            pages.text(_MARGIN, y, price, 10, width=width, align="right")
            y = pages.paragraph(_MARGIN + 32, y, line.name_in(language), 10, width=width - 32 - 74, lines=2)
            y += 2
        terms = deposit_terms(order)
        if y > A6[1] - _MARGIN - (_FOOT + _TERMS if terms else _FOOT):
            pages.turn()
            y = _MARGIN
        pages.rule(_MARGIN, y, width)
        y += 5
        total = labelled(tr, both("Total"), total_text(order, settings.price, tr))
        pages.text(_MARGIN, y, total, 12, width=width, bold=True)
        y += 17
        if order.deposit is not None and order.deposit.open:
            text = labelled(tr, both("Deposit"), money_text(order.deposit.open, language))
            pages.text(_MARGIN, y, text, 10, width=width)
            y += 14
        for said in both.apart(terms) if terms else ():
            y = pages.paragraph(_MARGIN, y, said, 9, width=width, lines=2)
        pages.text(_MARGIN, A6[1] - _MARGIN - 8, printable(settings.shop_name), 8, width=width)
        pages.turn()
        return pages.drawn()
