"""What a line of an order costs, and the whole order, in words. An unknown cost is named unknown, and never zero."""

from __future__ import annotations

from pos.application.text.formatting import money_text, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import listed, noted
from pos.domain.money import Money
from pos.domain.purchasing.order_totals import OrderTotals


def totals_text(totals: OrderTotals, tr: Translator) -> str:
    """¥ 720.00, $ 30.00; at least ¥ 720.00 where a line has no cost; unknown where none has one."""
    if not totals.is_known:
        return tr("unknown")
    amounts = listed(tr, (money_text(amount, tr.language) for amount in totals.amounts))
    return amounts if totals.is_complete else tr("at least {amount}", amount=amounts)


def whole_text(totals: OrderTotals, tr: Translator) -> str:
    """The same with the number of lines without a cost: at least ¥ 720.00 (2 lines without a cost)."""
    said = totals_text(totals, tr)
    return said if totals.is_complete or not totals.is_known else noted(tr, said, without_cost_text(totals, tr))


def without_cost_text(totals: OrderTotals, tr: Translator) -> str:
    """How many lines have no cost; empty where each has one."""
    n = totals.without_cost
    return (
        tr.plural("{n} line without a cost", "{n} lines without a cost", n, n=number_text(n, tr.language)) if n else ""
    )


def cost_text(pieces: int, cost: Money | None, tr: Translator) -> str:
    """24 × ¥ 30.00 = ¥ 720.00; or that the cost is unknown."""
    if cost is None:
        return tr("cost unknown")
    each, every = money_text(cost, tr.language), money_text(cost * pieces, tr.language)
    return tr("{n} × {cost} = {total}", n=number_text(pieces, tr.language), cost=each, total=every)
