"""The payment part of a receipt: total, tenders with their frozen rates, change, rounding, rates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from pos.application.text.formatting import instant_text, lines_text, money_text, pieces_text, rate_text
from pos.application.text.names import METHODS
from pos.application.text.partner_words import PROVIDERS
from pos.domain.payment.tender import EXCHANGE, Change, Paid
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.sales.sale import Sale
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Row, Ruler, TotalRow
from pos.printing.receipts.converted_amount import converted_row
from pos.printing.receipts.line_price import basket_rows, no_tax_row, tax_rows
from pos.printing.receipts.receipt_exchange import exchange_rows, money_back_rows


def payment_rows(sale: Sale, tr: JoinedTranslator, zone: tzinfo) -> Iterator[Row]:
    """From the total to the rates; a later reprint is identical, since every rate comes from the sale."""
    language = tr.language
    yield from basket_rows(sale, tr)
    yield TotalRow(tr("Total"), money_text(sale.total, language))
    counts = tr.by(lambda w: f"{lines_text(len(sale.lines), w)} · {pieces_text(sale.pieces, w)}")
    yield Pair(" / ".join(counts), _in_the_other_currency(sale, language), small=True)
    yield from tax_rows(sale, tr)
    yield Ruler()
    yield from exchange_rows(sale, tr)
    for paid in sale.paid:
        if paid.tender.method != EXCHANGE:
            yield from _tender(paid, sale.rates, tr)
    if sale.rounding:
        yield Pair(tr("Rounding"), money_text(sale.rounding, language, plus=True), small=True)
    for change in sale.change:
        yield from _change(change, sale.rates, tr)
    yield from money_back_rows(sale, tr)
    yield Ruler()
    yield from no_tax_row(sale, tr)
    yield from _rates(sale, tr, zone)


def _in_the_other_currency(sale: Sale, language: str) -> str:
    """The total in the currency of the rates, or in the first other one that has a rate; empty if none has."""
    others = [sale.rates.base, *(rate.currency for rate in sorted(sale.rates.rates.values(), key=_place))]
    other = next((one for one in others if one != sale.total.currency and sale.rates.knows(one)), None)
    return "" if other is None else money_text(sale.rates.due(sale.total, other), language)


def _place(rate: Rate) -> int:
    return rate.currency.place


def _tender(paid: Paid, rates: RateTable, tr: JoinedTranslator) -> Iterator[Row]:
    tender, language = paid.tender, tr.language
    reference = printable(tender.reference, 24)
    way = tr.named(PROVIDERS, tender.provider) if tender.provider else tr.named(METHODS, tender.method)
    name = " ".join(part for part in (way, reference) if part)
    yield Pair(name, money_text(tender.amount, language, cash=tender.method == "cash"), small=True)
    if tender.amount.currency != rates.price:
        yield converted_row(tender.amount.currency, paid.rate, paid.value, rates.price, language)


def _change(change: Change, rates: RateTable, tr: JoinedTranslator) -> Iterator[Row]:
    currency, language = change.amount.currency, tr.language
    yield Pair(tr("Change"), money_text(change.amount, language, cash=True), bold=True)
    if currency != rates.price:
        yield converted_row(currency, 1 / change.rate, change.value, rates.price, language)


def _rates(sale: Sale, tr: JoinedTranslator, zone: tzinfo) -> Iterator[Row]:
    """Every rate of the day used above, with the instant since which it is valid; a deposit has its own beside it."""
    rates, language = sale.rates, tr.language
    taken = dict.fromkeys(paid.tender.amount.currency for paid in sale.paid if paid.tender.rate is None)
    given = [c for c in dict.fromkeys(part.amount.currency for part in sale.change) if c not in taken]
    used = dict.fromkeys(taken, "buy") | dict.fromkeys(given, "sell") | {rates.price: "sell"}
    for currency, side in sorted(used.items(), key=lambda one: one[0] != rates.price):
        rate = rates.rates.get(currency.code)
        if currency == rates.base or rate is None:  # paid in the currency of the prices, which needs no rate
            continue
        since = instant_text(rate.since, zone, language)
        figure = rate_text(rate.buy if side == "buy" else rate.sell, currency, rates.base, language)
        yield Pair(f"{tr('Rate')} {since}", figure, small=True)
