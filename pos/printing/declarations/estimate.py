"""The end of every paper: sums, norms with their excess, and the duty as the till estimates it."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pos.application.text.formatting import (
    money_text,
    number_text,
    rate_text,
)
from pos.application.text.measures import MEASURE_OF_UNIT, measure_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, strung
from pos.domain.declarations.declaration import Declaration, sum_of
from pos.domain.declarations.share import Norm
from pos.domain.money import Currency, Money
from pos.printing.declarations.flow import Cell, Column, Flow
from pos.printing.declarations.goods_words import weight_text
from pos.printing.drawing.printable import printable

ESTIMATE = N_("Estimate of the shop's till: duty {amount}")
LEAST = N_("Estimate of the shop's till: duty of at least {amount}")
_NORMS = (
    Column(N_("Norm"), 4),
    Column(N_("Limit of the norm"), 3, at_right=True),
    Column(N_("Left of it"), 3, at_right=True),
    Column(N_("Taken out now"), 3, at_right=True),
    Column(N_("Excess"), 3, at_right=True),
)
_SUMS = (
    Column(N_("Goods"), 5),
    Column(N_("Pieces"), 2, at_right=True),
    Column(N_("Gross weight, kg"), 3, at_right=True),
    Column(N_("Value, {currency}"), 3, at_right=True),
)


def figure_text(amount: Fraction, unit: str, currency: Currency, tr: Translator) -> str:
    """A figure of a rule in its unit."""
    if unit == currency.code:
        return money_text(Money.rounded(amount, currency), tr.language)
    return measure_text(amount, MEASURE_OF_UNIT.get(unit, unit), tr)


def holder_text(declaration: Declaration, label: str, tr: Translator) -> str:
    """Who carries a line, where several people are on the paper."""
    if len(declaration.people) == 1:
        return ""
    minor = any(visitor.label == label for visitor in declaration.minors)
    name = printable(label, 4)
    return tr("visitor {label}, under 16", label=name) if minor else tr("visitor {label}", label=name)


def draw_sums(flow: Flow, declaration: Declaration) -> None:
    """What is dutiable, what is free, and all of it."""
    tr, currency = flow.say.first, declaration.sale.currency
    dutiable = [line for share in declaration.shares for line in share.dutiable]
    free = [line for share in declaration.shares for line in share.free]
    over = N_("Dutiable") if declaration.sale.is_whole else N_("Goods of the exceeded norms")
    rows: list[tuple[Cell, ...]] = []
    for text, lines in ((over, dutiable), (N_("Free of duty"), free), (N_("All goods"), [*dutiable, *free])):
        one = sum_of(lines, currency)
        rows.append(
            (
                (flow.say.main(text), flow.say.beside(text)),
                number_text(one.pieces, tr.language),
                weight_text(one.kg, tr, is_all=one.is_weighed),
                money_text(one.value, tr.language),
            )
        )
    flow.table(_SUMS, rows, bold_last=True)


def draw_estimate(flow: Flow, declaration: Declaration) -> None:
    """The norms that are exceeded, the duty of each person, their sum, and that customs decides."""
    sale, tr = declaration.sale, flow.say.first
    rows = list(_norm_rows(flow, declaration))
    if rows:
        flow.table(_NORMS, rows)
    due = [(share.holder, share.duty) for share in declaration.shares if share.duty is not None]
    if len(declaration.people) > 1:
        for holder, duty in due:
            said = tr("Duty of {who}", who=holder_text(declaration, holder, tr))
            flow.paragraph(labelled(tr, said, money_text(duty, tr.language)))
    flow.keep(60)
    estimate = LEAST if declaration.is_least_duty else ESTIMATE
    flow.paragraph(tr(estimate, amount=money_text(declaration.duty, tr.language)), bold=True, size=11)
    for other in flow.say.each[1:]:
        amount = money_text(declaration.duty, tr.language)
        flow.paragraph(other(estimate, amount=amount), muted=True, size=7.5)
    if sale.worth is not None:
        rate = rate_text(sale.worth.limit_denominator(10**9), sale.price, sale.currency, tr.language)
        flow.paragraph(labelled(tr, tr("Customs rate"), rate), size=7.5)
    rules = strung(tr, (sale.regime, sale.version[:8]))
    flow.paragraph(labelled(tr, tr("Rules applied"), rules), size=7.5, muted=True)
    flow.note(N_("Estimate — customs decides."))


def _titles(flow: Flow, norm: Norm) -> tuple[str, ...]:
    return flow.say.by(lambda tr: norm.title_in(tr.language))


def _norm_rows(flow: Flow, declaration: Declaration) -> Iterator[tuple[Cell, ...]]:
    tr, currency = flow.say.first, declaration.sale.currency
    for share in declaration.shares:
        who = holder_text(declaration, share.holder, tr)
        for norm in share.norms:
            titles = _titles(flow, norm)
            figures = (
                figure_text(amount, norm.unit, currency, tr)
                for amount in (norm.norm, norm.available, norm.current, norm.over)
            )
            yield ((titles[0], " · ".join((*titles[1:], *([who] if who else ())))), *figures)
