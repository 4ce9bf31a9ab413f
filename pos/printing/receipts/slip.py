"""The carry-out slip of one visitor as rows: the goods with weight and price, and their evaluation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from pos.application.settings.settings import Settings
from pos.application.text.border_words import country_text, destination_text
from pos.application.text.formatting import (
    amount_text,
    currency_symbol,
    kg_text,
    lines_text,
    money_text,
    number_text,
    pieces_text,
)
from pos.application.text.names import DOCUMENTS, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import strung
from pos.domain.money import Currency, Money, total
from pos.domain.quota.measure import NoQuotaRate, QuotaRates
from pos.domain.quota.rule import Regime
from pos.domain.receipt_number import NoSuchReceipt
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.visitors.visitor import Visitor
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Banner, Barcode, Cells, Heading, Pair, Paragraph, Row, Ruler
from pos.printing.receipts.goods_names import discount_text, taxed_rows
from pos.printing.receipts.heading import shop_rows, time_row, voided_rows
from pos.printing.receipts.quota_words import QuotaWords
from pos.printing.receipts.receipt_quota import estimate_rows, regime_row
from pos.printing.receipts.slip_quota import judgement_rows

_TITLE = N_("Carry-out slip")
_GOODS = (N_("Article"), N_("Price paid"), N_("Gross"))


def slip_rows(
    sale: Sale,
    label: str,
    settings: Settings,
    translators: Mapping[str, Translator],
    regimes: Mapping[str, Regime],
    copy: int = 0,
    lacks: Callable[[str], bool] = lambda _: False,
) -> tuple[Row, ...]:
    """The slip of the visitor `label`; `copy`, `translators` and `lacks` as in `receipt_rows`.

    It has the receipt's number but not its seal: the seal covers the total of the whole receipt, not one visitor's
    share. Raises NoSuchReceipt for a visitor who carries nothing.
    """
    if label not in sale.carriers:
        raise NoSuchReceipt(f"{sale.receipt} {label[:4]}")
    both = JoinedTranslator.of(translators, settings.receipt_languages)
    quota = QuotaWords.of(sale, both, regimes, lacks)
    visitor = next(visitor for visitor in sale.visitors if visitor.label == label)
    lines = quota.carried(label)
    rows: list[Row] = []
    if copy:
        rows.append(Banner(both("COPY {n}", n=copy)))
    rows += voided_rows(sale, both)
    title, *second = both.apart(_TITLE)
    rows += (Heading(title), *(Paragraph(said, centered=True, bold=True) for said in second))
    rows += shop_rows(settings, large=False)
    rows.append(Ruler())
    rows.append(Pair(both("Receipt"), sale.receipt, bold=True))
    rows.append(time_row(sale.at, settings, both))
    rows.append(Ruler())
    rows += _visitor(visitor, quota)
    rows.append(Ruler())
    rows += _goods_head(sale.total.currency, both)
    for line in lines:
        rows += _goods(line, quota)
    rows.append(Ruler(solid=True))
    rows += _sums(lines, quota)
    rows.append(Ruler())
    rows += judgement_rows(quota, visitor)
    rows.append(Ruler())
    rows += estimate_rows(quota)
    rows.append(Barcode(sale.receipt))
    return tuple(rows)


def _visitor(visitor: Visitor, quota: QuotaWords) -> Iterator[Row]:
    tr = quota.translator
    name, masked = quota.who(visitor)
    yield Pair(tr("Visitor"), name, bold=True)
    id_document = tr.by(
        lambda tr: strung(tr, (name_of(DOCUMENTS, visitor.kind, tr), country_text(visitor.country, tr)))
    )
    yield Pair(printable(tr.joined(id_document)), masked, small=True)
    titles = quota.titles
    said = tr.by(lambda tr: destination_text(quota.sale.destination, tr))
    yield Pair(tr("Leaving for"), tr.joined(said), bold=True)
    if titles is not None and (title := tr.by(lambda tr: titles.title_in(tr.language))) != said:
        yield Paragraph(tr.joined(title), small=True)  # an island within the country has rules of its own
    yield regime_row(quota)


def _goods_head(currency: Currency, tr: JoinedTranslator) -> Iterator[Row]:
    for each in tr.each:
        goods, paid, gross = (each(text) for text in _GOODS)
        yield Cells((goods, strung(each, (paid, currency_symbol(currency))), gross), small=True)


def _goods(line: SaleLine, quota: QuotaWords) -> Iterator[Row]:
    tr, language = quota.translator, quota.translator.language
    first, *second = quota.names.each(line)
    yield Pair(first, "", bold=True)
    yield from (Paragraph(name) for name in second)
    each = f"{number_text(line.quantity, language)} × {amount_text(line.unit_price, language)}"
    weight = _weight([line])[0]
    yield Cells((each, amount_text(line.amount, language), "?" if weight is None else kg_text(weight, language)))
    if line.discount:
        yield Paragraph(discount_text(line, line.discount, tr), small=True)
    yield Pair(line.code, ", ".join(quota.eaten(line, general=False)), small=True)
    yield from taxed_rows(line, tr)


def _weight(lines: list[SaleLine]) -> tuple[Fraction | None, bool]:
    """The known gross weight in kilograms, None if none is known, and whether it is complete."""
    each = [line.attributes.gross_kg for line in lines]
    known = [Fraction(kg) * line.quantity for kg, line in zip(each, lines, strict=True) if kg is not None]
    return (sum(known, Fraction(0)) if known else None), None not in each


def _sums(lines: list[SaleLine], quota: QuotaWords) -> Iterator[Row]:
    tr, language = quota.translator, quota.translator.language
    count, pieces = len(lines), sum(line.quantity for line in lines)
    said = tr.by(lambda tr: f"{lines_text(count, tr)} · {pieces_text(pieces, tr)}")
    value = total((line.amount for line in lines), quota.sale.total.currency)
    yield Pair(tr("Value of goods"), money_text(value, language), bold=True)
    there = _in_currency_of_rules(value, quota)
    yield Pair(" / ".join(said), "" if there is None else f"= {money_text(there, language)}", small=True)
    known, complete = _weight(lines)
    figures = ([] if known is None else [kg_text(known, language)]) + ([] if complete else ["?"])
    yield Pair(tr("Gross weight"), " + ".join(figures), bold=True)
    yield from quota.customs_rates()


def _in_currency_of_rules(value: Money, quota: QuotaWords) -> Money | None:
    """The customs value of the goods on the day of the sale; None where the currencies are the same."""
    currency, rates = quota.currency(), quota.sale.quota_rates
    if currency is None or currency == value.currency:
        return None
    worth = QuotaRates(quota.sale.rates.base.code, {code: Fraction(rate) for code, rate in rates.items()})
    try:
        return Money.rounded(value.units * worth.worth(value.currency.code, currency.code), currency)
    except NoQuotaRate:
        return None
