"""The payment part of a receipt: total, tenders with their frozen rates, change, rounding, rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from pos.application.text.formatting import instant_text, lines_text, money_text, pieces_text, rate_text
from pos.application.text.names import METHODS
from pos.domain.money import CNY, KZT
from pos.domain.payment.tender import EXCHANGE, Change, Paid
from pos.domain.pricing.rates import NoRate, RateTable
from pos.domain.sales.sale import Sale
from pos.printing.drawing.both_words import BothWords
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Row, Ruler, TotalRow
from pos.printing.receipts.converted import converted_row
from pos.printing.receipts.line_price import basket_rows, no_tax_row, tax_rows
from pos.printing.receipts.receipt_exchange import exchange_rows, money_back_rows


def payment_rows(sale: Sale, words: BothWords, zone: tzinfo) -> Iterator[Row]:
    """From the total to the rates; a later reprint is identical, since every rate comes from the sale."""
    language = words.language
    yield from basket_rows(sale, words)
    yield TotalRow(words("Total"), money_text(sale.total, language))
    counts = words.by(lambda w: f"{lines_text(len(sale.lines), w)} · {pieces_text(sale.pieces, w)}")
    yield Pair(" / ".join(counts), _in_the_other_currency(sale, language), small=True)
    yield from tax_rows(sale, words)
    yield Ruler()
    yield from exchange_rows(sale, words)
    for paid in sale.paid:
        if paid.tender.method != EXCHANGE:
            yield from _tender(paid, sale.rates, words)
    if sale.rounding:
        yield Pair(words("Rounding"), money_text(sale.rounding, language, plus=True), small=True)
    for change in sale.change:
        yield from _change(change, sale.rates, words)
    yield from money_back_rows(sale, words)
    yield Ruler()
    yield from no_tax_row(sale, words)
    yield from _rates(sale, words, zone)


def _in_the_other_currency(sale: Sale, language: str) -> str:
    """The total in tenge, or in yuan for a shop that prices in tenge. Empty if the sale has no rate for it."""
    other = CNY if sale.total.currency == KZT else KZT
    try:
        return money_text(sale.rates.due(sale.total, other), language)
    except NoRate:
        return ""


def _tender(paid: Paid, rates: RateTable, words: BothWords) -> Iterator[Row]:
    tender, language = paid.tender, words.language
    reference = printable(tender.reference, 24)
    name = " ".join(part for part in (words.named(METHODS, tender.method), reference) if part)
    yield Pair(name, money_text(tender.amount, language, cash=tender.method == "cash"), small=True)
    if tender.amount.currency != rates.price:
        yield converted_row(tender.amount.currency, paid.rate, paid.value, rates.price, language)


def _change(change: Change, rates: RateTable, words: BothWords) -> Iterator[Row]:
    currency, language = change.amount.currency, words.language
    yield Pair(words("Change"), money_text(change.amount, language, cash=True), bold=True)
    if currency != rates.price:
        yield converted_row(currency, 1 / change.rate, change.value, rates.price, language)


def _rates(sale: Sale, words: BothWords, zone: tzinfo) -> Iterator[Row]:
    """Every rate used above, with the instant since which it is valid."""
    rates, language = sale.rates, words.language
    taken = dict.fromkeys(paid.tender.amount.currency for paid in sale.paid)
    given = [c for c in dict.fromkeys(part.amount.currency for part in sale.change) if c not in taken]
    used = dict.fromkeys(taken, "buy") | dict.fromkeys(given, "sell") | {rates.price: "sell"}
    for currency, side in sorted(used.items(), key=lambda one: one[0] != rates.price):
        if currency == rates.base or not rates.knows(currency):
            continue
        rate = rates.of(currency)
        since = instant_text(rate.since, zone, language)
        figure = rate_text(rate.buy if side == "buy" else rate.sell, currency, rates.base, language)
        yield Pair(f"{words('Rate')} {since}", figure, small=True)
