"""A recorded sale or return in words, for the panel of the history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from types import MappingProxyType

from pos.application.text.border_words import destination_text
from pos.application.text.formatting import instant_text, money_text, number_text, pieces_text
from pos.application.text.names import ALL_REASONS, PARCEL_VERDICTS, TO_REVERSE, VERDICTS, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Currency, Money
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine
from pos.domain.sales.parcel import Recipient
from pos.domain.sales.sale import Sale, SaleLine
from pos.ui.receipts.parcel_words import parcel_text
from pos.ui.receipts.return_words import origin_text, way_text
from pos.ui.widgets.tables.rows_area import AreaRow

BETWEEN = " · "
_MOST_LINES = 80
NO_MOVE: Mapping[str, str] = MappingProxyType({})
"""No visitor of a receipt is another one by now."""


@dataclass(frozen=True, slots=True)
class ReceiptDetails:
    """The content of the panel: title, subtitle, the goods, the money, the visitors."""

    title: str
    about: str
    goods: tuple[AreaRow, ...]
    money: tuple[AreaRow, ...]
    visitors: tuple[AreaRow, ...]

    @classmethod
    def of(
        cls,
        recorded: Sale | GoodsReturn,
        zone: tzinfo,
        names: Mapping[str, str],
        tr: Translator,
        moved: Mapping[str, str] = NO_MOVE,
        recipient: Recipient | None = None,
    ) -> ReceiptDetails:
        """Word a recorded sale or return; `names` are display names by sign-in name, `moved` is whose the goods of a
        visitor are by now, by the label on the receipt, `recipient` to whom a parcel went.
        """
        at = instant_text(recorded.at, zone, tr.language)
        who = names.get(recorded.cashier, recorded.cashier)
        about = [f"{at}{BETWEEN}{who}{BETWEEN}{recorded.till}"]
        if recorded.approved_by:
            about.append(tr("Approved by {person}", person=names.get(recorded.approved_by, recorded.approved_by)))
        if isinstance(recorded, GoodsReturn):
            about.append(
                tr("Goods of {receipt}", receipt=recorded.reverses) if recorded.reverses else tr("Without receipt")
            )
            if recorded.reason:
                about.append(name_of(ALL_REASONS, recorded.reason, tr))
            title = tr("Return {receipt}", receipt=recorded.receipt)
            if recorded.is_void:
                title = tr("Void {receipt}", receipt=recorded.receipt)
            return cls(
                title,
                "\n".join(about),
                _cut([_returned(line, tr) for line in recorded.lines], tr),
                tuple(_money_of_return(recorded, tr)),
                (),
            )
        if recorded.voided_by is not None:
            about.insert(0, tr("Voided by {receipt}", receipt=recorded.voided_by))
        if recorded.destination:
            about.append(destination_text(recorded.destination, tr))
        if recorded.note:
            about.append(recorded.note)
        return cls(
            recorded.receipt,
            "\n".join(about),
            _cut([_sold(line, tr) for line in recorded.lines], tr),
            tuple(_money_of_sale(recorded, tr)),
            (*_visitors(recorded, moved, tr), *_sent(recorded, recipient, tr)),
        )


def _cut(rows: list[AreaRow], tr: Translator) -> tuple[AreaRow, ...]:
    more = len(rows) - _MOST_LINES
    if more <= 0:
        return tuple(rows)
    return (
        *rows[:_MOST_LINES],
        AreaRow(tr.plural("{n} more", "{n} more", more, n=number_text(more, tr.language))),
    )


def _sold(line: SaleLine, tr: Translator) -> AreaRow:
    language = tr.language
    parts = [f"{number_text(line.quantity, language)} × {money_text(line.unit_price, language)}"]
    if line.has_open_price:
        parts.append(tr("Open price"))
    elif line.catalogue is not None:
        parts.append(tr("price on file {price}", price=money_text(line.catalogue, language)))
    parts += [f"{one.name} {money_text(-one.amount, language)}" for one in line.promotions]
    if line.by_hand.minor:
        parts.append(tr("discount {amount}", amount=money_text(-line.by_hand, language)))
    if line.share is not None and line.share.minor:
        parts.append(tr("basket discount {amount}", amount=money_text(-line.share, language)))
    if line.carrier:
        parts.append(tr("for {visitor}", visitor=line.carrier))
    if line.taxed:
        parts.append(tr("to declare: {n}", n=number_text(line.taxed, language)))
    return AreaRow(line.names.get(language) or line.name, BETWEEN.join(parts), money_text(line.amount, language))


def _returned(line: ReturnedLine, tr: Translator) -> AreaRow:
    language = tr.language
    return AreaRow(
        line.names.get(language) or line.name,
        pieces_text(line.quantity, tr),
        money_text(-line.amount, language),
    )


def _money_of_sale(sale: Sale, tr: Translator) -> Iterator[AreaRow]:
    language, price = tr.language, sale.total.currency
    yield AreaRow(tr("Total"), "", money_text(sale.total, language), bold=True)
    for rate, tax in sale.tax:
        yield AreaRow(
            tr("VAT {rate} %", rate=number_text(rate, language, 2, trimmed=True)), "", money_text(tax, language)
        )
    for paid in sale.paid:
        yield _way(paid.tender.method, paid.tender.amount, paid.value, price, tr, paid.tender.origin)
    for change in sale.change:
        yield AreaRow(
            f"{tr('Change')} {change.amount.currency.code}",
            _value(change.amount, change.value, price, tr),
            money_text(-change.amount, language, cash=True),
        )
    if sale.rounding.minor:
        yield AreaRow(tr("Rounding"), "", money_text(sale.rounding, language, plus=True))
    for back in sale.returns:
        yield AreaRow(tr("Return {receipt}", receipt=back.receipt), "", money_text(-back.total, language))


def _money_of_return(back: GoodsReturn, tr: Translator) -> Iterator[AreaRow]:
    language, price = tr.language, back.total.currency
    yield AreaRow(tr("Total"), "", money_text(-back.total, language), bold=True)
    for refund in back.refunds:
        yield _way(refund.method, -refund.amount, -refund.value, price, tr, refund.origin)
    for tender in back.to_reverse:
        yield AreaRow(name_of(TO_REVERSE, tender.method, tr), tender.reference, money_text(tender.amount, language))
    if back.rounding.minor:
        yield AreaRow(tr("Rounding"), "", money_text(back.rounding, language, plus=True))
    if back.exchanged_in:
        yield AreaRow(tr("Exchanged in {receipt}", receipt=back.exchanged_in))


def _way(
    method: str, amount: Money, value: Money, price: Currency, tr: Translator, origin: str | None = None
) -> AreaRow:
    figure = money_text(amount, tr.language, cash=method == "cash")
    detail = BETWEEN.join(part for part in (_value(amount, value, price, tr), origin_text(origin, tr)) if part)
    return AreaRow(way_text(method, amount.currency.code, tr), detail, figure)


def _value(amount: Money, value: Money, price: Currency, tr: Translator) -> str:
    """The amount in the currency of the prices, if it is another one."""
    return "" if amount.currency == price else f"= {money_text(value, tr.language)}"


def _sent(sale: Sale, recipient: Recipient | None, tr: Translator) -> Iterator[AreaRow]:
    if sale.parcel is not None:
        yield AreaRow(tr("To be sent"), parcel_text(sale.parcel, tr))
        if recipient is not None:
            yield AreaRow(recipient.name, recipient.address)


def _visitors(sale: Sale, moved: Mapping[str, str], tr: Translator) -> Iterator[AreaRow]:
    for visitor in sale.visitors:
        verdict = str(sale.quota.get(visitor.label, {}).get("verdict", ""))
        names = VERDICTS if sale.parcel is None else PARCEL_VERDICTS
        outcome = name_of(names, verdict, tr) if verdict else ""
        if visitor.label in moved:  # the verdict was of the visitor on the receipt
            outcome = f"{tr('moved to another visitor')}{BETWEEN}{moved[visitor.label]}"
        yield AreaRow(
            f"{visitor.label}{BETWEEN}{visitor.masked}", BETWEEN.join(x for x in (visitor.country, outcome) if x)
        )
