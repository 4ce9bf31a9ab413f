"""The price details of receipt lines: manual prices and discounts, promotions, tax, notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pos.application.catalogue.typed_codes import code_words
from pos.application.text.formatting import amount_text, money_text, percent_text
from pos.domain.catalogue.piece import short_serial
from pos.domain.money import Money, total
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.stock.stock import LONGEST_LOT
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Paragraph, Row
from pos.printing.receipts.goods_names import discount_text

_LONGEST_NOTE = 100
_LONGEST_NAME = 60
_LONGEST_DETAIL = 120


def piece_rows(line: SaleLine, tr: JoinedTranslator) -> Iterator[Row]:
    """The lot in a line's code, and the serial number."""
    if line.lot is not None:
        yield Pair(f"{tr('Lot')} {printable(line.lot, LONGEST_LOT)}", "", small=True)
    yield from serial_rows(line.serial)


def details_rows(line: SaleLine, shown: Sequence[str], tr: JoinedTranslator) -> Iterator[Row]:
    """What the shop wants to show of the goods beside their names, as it was on file when they were sold."""
    said = [_detail(name, line.details[name], tr) for name in shown if name in line.details]
    if said:
        yield Paragraph(" · ".join(said), small=True)


def _detail(name: str, value: str, tr: JoinedTranslator) -> str:
    words = printable(tr.joined(tr.by(lambda one: code_words(name, value, one))), _LONGEST_DETAIL)
    return f"HS {words}" if name == "hs_code" else words


def serial_rows(serial: str | None) -> Iterator[Row]:
    """The serial number, if any: its last characters."""
    if serial is not None:
        yield Pair(f"№ {printable(short_serial(serial), LONGEST_LOT)}", "", small=True)


def why_rows(line: SaleLine, tr: JoinedTranslator, *, with_tax: bool) -> Iterator[Row]:
    """Discounts of a line and their reasons; its tax rate if the receipt has any."""
    language = tr.language
    if line.has_open_price:
        yield Pair(tr("Open price"), "", small=True)
    elif line.catalogue is not None:
        yield Pair(f"{tr('Regular price')} {amount_text(line.catalogue, language)}", "", small=True)
    for promoted in line.promotions:
        name = printable(promoted.name, _LONGEST_NAME)
        yield Pair(f"{tr('Promotion')} {name}  {amount_text(-promoted.amount, language)}", "", small=True)
    if line.by_hand:
        yield Pair(discount_text(line, line.by_hand, tr), "", small=True)
    if with_tax and line.vat is not None:
        # The rate alone: the tax depends on the amount paid, which the basket discount may still reduce.
        yield Pair(f"{tr('VAT')} {percent_text(line.vat, language)}", "", small=True)
    elif with_tax:
        yield Pair(tr("Tax-free"), "", small=True)
    yield from note_rows(line.note, tr)


def note_rows(note: str, tr: JoinedTranslator) -> Iterator[Row]:
    if note:
        yield Paragraph(f"{tr('Note')}: {printable(note, _LONGEST_NOTE)}", small=True)


def basket_rows(sale: Sale, tr: JoinedTranslator) -> Iterator[Row]:
    """The sum of the lines and the basket discount; empty without one."""
    if sale.basket is None:
        return
    language = tr.language
    percent = sale.basket.percent
    said = tr("Discount on the basket")
    if percent is not None:
        said += f" {percent_text(-percent, language)}"
    yield Pair(tr("Subtotal"), amount_text(sale.total + sale.basket_off, language))
    yield Pair(said, amount_text(-sale.basket_off, language))


def tax_rows(sale: Sale, tr: JoinedTranslator) -> Iterator[Row]:
    """The tax in the total by rate, and the tax-free part; empty for a receipt without tax."""
    language = tr.language
    if not sale.tax:
        return
    yield from rate_rows(sale.tax, tr)
    free = total((line.amount for line in sale.lines if line.vat is None), sale.total.currency)
    if free:
        yield Pair(tr("Tax-free"), money_text(free, language), small=True)


def rate_rows(taxes: Sequence[tuple[Decimal, Money]], tr: JoinedTranslator) -> Iterator[Row]:
    """The tax of each rate."""
    for rate, tax in taxes:
        said = tr("of which VAT {rate}", rate=percent_text(rate, tr.language))
        yield Pair(said, money_text(tax, tr.language), small=True)


def no_tax_row(sale: Sale, tr: JoinedTranslator) -> Iterator[Row]:
    """The mark of a receipt without any tax."""
    if not sale.tax:
        yield Pair(tr("Tax-free"), amount_text(Money.zero(sale.total.currency), tr.language), small=True)
