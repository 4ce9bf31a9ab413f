"""Words exactly what is approved, in the terms of a screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pos.application.text.formatting import money_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, noted, parted
from pos.domain.sales.approval_requirements import (
    BasketDiscountRequirement,
    CashRequirement,
    DiscountRequirement,
    PriceRequirement,
    QuotaRequirement,
    RefundRequirement,
    VoidRequirement,
)
from pos.domain.staff.staff import ApprovalRequirement

NameOf = Callable[[str], str]
"""The name of goods by their code."""
TitlesOf = Callable[[str], str]
"""The rules that are over for a visitor, by the visitor's label."""


def figures_text(need: ApprovalRequirement, tr: Translator, name_of: NameOf = str, titles_of: TitlesOf = str) -> str:
    """One line for what is approved; empty if the permission says it all."""
    match need:
        case DiscountRequirement():
            return _discount_text(need, tr, name_of(need.code))
        case BasketDiscountRequirement():
            return _basket_text(need, tr)
        case PriceRequirement():
            return _price_text(need, tr, name_of(need.code))
        case QuotaRequirement():
            return _quota_text(need, tr, titles_of)
        case CashRequirement():
            return money_text(need.amount, tr.language, cash=True)
        case RefundRequirement():
            worth = money_text(need.worth, tr.language)
            return tr("Return of {amount}, refund in {currency}", amount=worth, currency=need.currency.code)
        case VoidRequirement():
            worth = money_text(need.worth, tr.language)
            return tr("Void of {receipt}: {amount}", receipt=need.receipt, amount=worth)
        case _:
            return ""


def _discount_text(need: DiscountRequirement, tr: Translator, name: str) -> str:
    quantity = number_text(need.quantity, tr.language)
    if need.percent is None:
        off = money_text(need.off, tr.language)
        return tr("{off} off {quantity} × {name}", off=off, quantity=quantity, name=name)
    percent = number_text(need.percent, tr.language, 2, trimmed=True)
    return tr("{percent} % off {quantity} × {name}", percent=percent, quantity=quantity, name=name)


def _basket_text(need: BasketDiscountRequirement, tr: Translator) -> str:
    if need.amount is not None:
        return tr("{off} off the whole basket", off=money_text(need.amount, tr.language))
    percent = number_text(need.percent or 0, tr.language, 2, trimmed=True)
    return tr("{percent} % off the whole basket", percent=percent)


def _price_text(need: PriceRequirement, tr: Translator, name: str) -> str:
    price, catalogue = (money_text(money, tr.language) for money in (need.price, need.catalogue))
    if need.is_open_price and need.quantity == 1:
        return tr("Sell {name} at {price}?", name=name, price=price)
    quantity = number_text(need.quantity, tr.language)
    if need.is_open_price:
        return tr("Sell {quantity} × {name} at {price} each?", quantity=quantity, name=name, price=price)
    text = tr("{quantity} × {name} at {price}", quantity=quantity, name=name, price=price)
    return noted(tr, text, tr("instead of {price}", price=catalogue))


def _quota_text(need: QuotaRequirement, tr: Translator, titles_of: TitlesOf) -> str:
    labels: Sequence[str] = [label for label, _ in need.over]
    texts = [titles_of(label) if len(labels) == 1 else labelled(tr, label, titles_of(label)) for label in labels]
    rules = parted(tr, texts)
    if need.permission == "review":
        return tr("Manager decides: {rules}", rules=rules)
    return tr("Over the allowance: {rules}", rules=rules)
