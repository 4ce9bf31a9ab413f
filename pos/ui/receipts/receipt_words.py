"""A recorded sale or return in words, for the panel of the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from pos.application.text.formatting import instant_text, money_text, number_text, pieces_text
from pos.application.text.names import DESTINATIONS, RETURN_REASONS, VERDICTS, name_of
from pos.application.text.words import Words
from pos.domain.money import Currency, Money
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine
from pos.domain.sales.sale import Sale, SaleLine
from pos.ui.receipts.return_words import way_text
from pos.ui.widgets.tables.rows_area import AreaRow

BETWEEN = " · "
_MOST_LINES = 80


@dataclass(frozen=True, slots=True)
class ReceiptDetails:
    """The content of the panel: title, subtitle, the goods, the money, the visitors."""

    title: str
    about: str
    goods: tuple[AreaRow, ...]
    money: tuple[AreaRow, ...]
    visitors: tuple[AreaRow, ...]

    @classmethod
    def of(cls, recorded: Sale | GoodsReturn, zone: tzinfo, names: Mapping[str, str], words: Words) -> ReceiptDetails:
        """Word a recorded sale or return; `names` are display names by sign-in name."""
        at = instant_text(recorded.at, zone, words.language)
        who = names.get(recorded.cashier, recorded.cashier)
        about = [f"{at}{BETWEEN}{who}{BETWEEN}{recorded.till}"]
        if recorded.approved_by:
            about.append(words("Approved by {person}", person=names.get(recorded.approved_by, recorded.approved_by)))
        if isinstance(recorded, GoodsReturn):
            about.append(
                words("Goods of {receipt}", receipt=recorded.reverses)
                if recorded.reverses
                else words("Without receipt")
            )
            if recorded.reason:
                about.append(name_of(RETURN_REASONS, recorded.reason, words))
            return cls(
                words("Return {receipt}", receipt=recorded.receipt),
                "\n".join(about),
                _cut([_returned(line, words) for line in recorded.lines], words),
                tuple(_money_of_return(recorded, words)),
                (),
            )
        if recorded.destination:
            about.append(name_of(DESTINATIONS, recorded.destination, words))
        if recorded.note:
            about.append(recorded.note)
        return cls(
            recorded.receipt,
            "\n".join(about),
            _cut([_sold(line, words) for line in recorded.lines], words),
            tuple(_money_of_sale(recorded, words)),
            tuple(_visitors(recorded, words)),
        )


def _cut(rows: list[AreaRow], words: Words) -> tuple[AreaRow, ...]:
    more = len(rows) - _MOST_LINES
    if more <= 0:
        return tuple(rows)
    return (
        *rows[:_MOST_LINES],
        AreaRow(words.plural("{n} more", "{n} more", more, n=number_text(more, words.language))),
    )


def _sold(line: SaleLine, words: Words) -> AreaRow:
    language = words.language
    parts = [f"{number_text(line.quantity, language)} × {money_text(line.unit_price, language)}"]
    if line.catalogue is not None:
        parts.append(words("price on file {price}", price=money_text(line.catalogue, language)))
    parts += [f"{one.name} {money_text(-one.amount, language)}" for one in line.promotions]
    if line.by_hand.minor:
        parts.append(words("discount {amount}", amount=money_text(-line.by_hand, language)))
    if line.share is not None and line.share.minor:
        parts.append(words("basket discount {amount}", amount=money_text(-line.share, language)))
    if line.carrier:
        parts.append(words("for {visitor}", visitor=line.carrier))
    if line.taxed:
        parts.append(words("to declare: {n}", n=number_text(line.taxed, language)))
    return AreaRow(line.names.get(language) or line.name, BETWEEN.join(parts), money_text(line.amount, language))


def _returned(line: ReturnedLine, words: Words) -> AreaRow:
    language = words.language
    return AreaRow(
        line.names.get(language) or line.name,
        pieces_text(line.quantity, words),
        money_text(-line.amount, language),
    )


def _money_of_sale(sale: Sale, words: Words) -> Iterator[AreaRow]:
    language, price = words.language, sale.total.currency
    yield AreaRow(words("Total"), "", money_text(sale.total, language), bold=True)
    for rate, tax in sale.tax:
        yield AreaRow(
            words("VAT {rate} %", rate=number_text(rate, language, 2, trimmed=True)), "", money_text(tax, language)
        )
    for paid in sale.paid:
        yield _way(paid.tender.method, paid.tender.amount, paid.value, price, words)
    for change in sale.change:
        yield AreaRow(
            f"{words('Change')} {change.amount.currency.code}",
            _value(change.amount, change.value, price, words),
            money_text(-change.amount, language, cash=True),
        )
    if sale.rounding.minor:
        yield AreaRow(words("Rounding"), "", money_text(sale.rounding, language, plus=True))
    for back in sale.returns:
        yield AreaRow(words("Return {receipt}", receipt=back.receipt), "", money_text(-back.total, language))


def _money_of_return(back: GoodsReturn, words: Words) -> Iterator[AreaRow]:
    language, price = words.language, back.total.currency
    yield AreaRow(words("Total"), "", money_text(-back.total, language), bold=True)
    for refund in back.refunds:
        yield _way(refund.method, -refund.amount, -refund.value, price, words)
    if back.rounding.minor:
        yield AreaRow(words("Rounding"), "", money_text(back.rounding, language, plus=True))
    if back.exchanged_in:
        yield AreaRow(words("Exchanged in {receipt}", receipt=back.exchanged_in))


def _way(method: str, amount: Money, value: Money, price: Currency, words: Words) -> AreaRow:
    figure = money_text(amount, words.language, cash=method == "cash")
    return AreaRow(way_text(method, amount.currency.code, words), _value(amount, value, price, words), figure)


def _value(amount: Money, value: Money, price: Currency, words: Words) -> str:
    """The amount in the currency of the prices, if it is another one."""
    return "" if amount.currency == price else f"= {money_text(value, words.language)}"


def _visitors(sale: Sale, words: Words) -> Iterator[AreaRow]:
    for visitor in sale.visitors:
        verdict = str(sale.quota.get(visitor.label, {}).get("verdict", ""))
        verdict_word = name_of(VERDICTS, verdict, words) if verdict else ""
        yield AreaRow(
            f"{visitor.label}{BETWEEN}{visitor.masked}", BETWEEN.join(x for x in (visitor.country, verdict_word) if x)
        )
