"""The exchange part of a receipt: returned goods, and their effect on the payment."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.sales.exchange import paid_by
from pos.application.text.formatting import amount_text, money_text, pieces_text
from pos.application.text.names import METHODS, RETURN_DISPOSITIONS, RETURN_REASONS
from pos.domain.money import Money, total
from pos.domain.payment.tender import EXCHANGE
from pos.domain.returns.goods_return import ReturnedLine
from pos.domain.sales.sale import Sale
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Heading, Pair, Paragraph, Row, Ruler, Signature
from pos.printing.receipts.converted_amount import converted_row
from pos.printing.receipts.goods_names import PrintedGoodsNames
from pos.printing.receipts.line_price import serial_rows


def goods_back_rows(sale: Sale, names: PrintedGoodsNames) -> Iterator[Row]:
    """Returned goods with negative amounts, each under its original receipt; empty without any."""
    if not sale.returns:
        return
    both = names.translator
    yield Heading(both("Items returned"))
    for back in sale.returns:
        yield Pair(both("Return"), back.receipt, bold=True)
        yield Pair(both("For receipt"), back.reverses or "", small=True)
        for line in back.lines:
            yield from _line(line, names)
        if back.rounding:  # of the return: with it the rows come to what the goods count for
            yield Pair(both("Rounding"), amount_text(back.rounding, both.language), small=True)
        yield Paragraph(f"{both('Reason')}: {printable(both.named(RETURN_REASONS, back.reason), 200)}", small=True)
        if back.approved_by is not None:
            yield Pair(both("Approved by"), both.person(back.approved_by), small=True)
    yield Ruler()
    yield Heading(both("Sold"))


def exchange_rows(sale: Sale, both: JoinedTranslator) -> Iterator[Row]:
    """The part of the total covered by returned goods, and the rest to pay; empty without any."""
    language = both.language
    pays = exchanged(sale)
    if not sale.returns:
        return
    yield Pair(both.named(METHODS, EXCHANGE), money_text(-pays, language), bold=True)
    yield Pair(both("To pay"), money_text(sale.total - pays, language), bold=True)


def money_back_rows(sale: Sale, both: JoinedTranslator) -> Iterator[Row]:
    """The refund where returned goods exceed the sale; empty where they do not."""
    language = both.language
    for back in sale.returns:
        given = [refund for refund in back.refunds if refund.method != EXCHANGE]
        if not given:
            continue
        value = total((refund.value for refund in given), back.total.currency)
        yield Pair(f"{both('Refunded to customer')} {back.receipt}", money_text(value, language), bold=True)
        for refund in given:
            amount = money_text(refund.amount, language, cash=refund.method == "cash")
            yield Pair(both.named(METHODS, refund.method), amount, small=True)
            if refund.amount.currency != refund.value.currency:
                yield converted_row(refund.amount.currency, 1 / refund.rate, refund.value, sale.rates.price, language)
        yield Signature(both("Customer's signature"))


def exchanged(sale: Sale) -> Money:
    """The part of a sale that is covered by returned goods."""
    return total((paid_by(back.refunds, sale.total) for back in sale.returns), sale.total.currency)


def _line(line: ReturnedLine, names: PrintedGoodsNames) -> Iterator[Row]:
    both = names.translator
    first, *second = names.each(line)
    yield Pair(first, amount_text(-line.amount, both.language), bold=True)
    yield from (Paragraph(name) for name in second)
    pieces = both.by(lambda tr: pieces_text(line.quantity, tr))
    disposition = "" if line.to == "shelf" else both.named(RETURN_DISPOSITIONS, line.to)
    yield Pair(" / ".join(pieces), disposition, small=True)
    yield from serial_rows(line.serial)
