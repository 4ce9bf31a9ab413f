"""The evaluation on a carry-out slip: each rule with its figures, the verdict, the goods to declare, the duty."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from pos.application.text.formatting import MINUS, kg_text, money_text, percent_text, pieces_text, unit_text
from pos.application.text.translator import N_
from pos.domain.money import Currency, Money
from pos.domain.quota.rule import Form, PartAbove, Sum, Tiers
from pos.domain.visitors.visitor import Visitor
from pos.printing.drawing.rows import Cells, Pair, Paragraph, Row, Ruler
from pos.printing.receipts.quota_words import Answer, QuotaWords

_FIGURES = (N_("Limit"), N_("Earlier"), N_("This time"), N_("Remaining allowance"))

_PRICED = {"ml": ("L", 1000), "gross_kg": ("kg", 1), "net_g": ("kg", 1000)}
"""Customs prices these measures by a greater unit: a litre is 1000 ml."""


def judgement_rows(quota: QuotaWords, visitor: Visitor) -> Iterator[Row]:
    """Every rule that the goods count for, unknown data, the verdict, and the dutiable goods."""
    rules = quota.rules_of(visitor.label)
    if any(rule.get("current") is not None for rule in rules):
        for tr in quota.translator.each:
            yield Cells(tuple(tr(text) for text in _FIGURES), small=True)
    for rule in rules:
        yield from _rule(quota, rule, visitor.label)
    yield from quota.unknown_rows(visitor)
    yield Ruler(solid=True)
    yield from (Paragraph(said, centered=True, bold=True) for said in quota.verdict(visitor.label))
    yield from _dutiable(quota, visitor.label)


def _rule(quota: QuotaWords, rule: Answer, label: str) -> Iterator[Row]:
    verdict = str(rule["verdict"])
    strict = verdict not in ("ok", "note")
    state = quota.state(verdict, spent=_is_spent(rule))
    yield Pair(quota.titles_of(rule["rule"]), state, bold=strict)
    if rule.get("current") is not None:
        yield Cells(_figures(quota, rule, label), bold=strict, small=True)


def _is_spent(rule: Answer) -> bool:
    """Whether the number of uses is exhausted: then nothing of the allowance is left, even below the limit."""
    limit, used, available = (rule.get(name) for name in ("limit", "used", "available"))
    if limit is None or used is None or available is None:
        return False
    return Decimal(available) == 0 and Decimal(used) < Decimal(limit)


def _figures(quota: QuotaWords, rule: Answer, label: str) -> tuple[str, ...]:
    """The limit, earlier purchases, the share of this sale, and the rest (negative: over the limit)."""
    earlier = Fraction(rule["used"]) + Fraction(rule["pending"])
    now = Fraction(rule["current"]) - Fraction(rule["pending"])
    over, unknown = Fraction(rule["over"]), rule["verdict"] == "unknown"

    def text(amount: Fraction) -> str:
        # The goods of an earlier share of a pool were not recorded: in per cent it adds up for any goods.
        return quota.figure(amount, rule, label, shares=bool(earlier)) if amount else "0"

    left = f"{MINUS}{text(over)}" if over else "?" if unknown else text(Fraction(rule["left"]))
    this = text(now) if not unknown else f"{text(now)} + ?" if now else "?"
    return text(Fraction(rule["limit"])), text(earlier), this, left


def _dutiable(quota: QuotaWords, label: str) -> Iterator[Row]:
    tr, language = quota.translator, quota.translator.language
    amount = quota.duty(label)
    if amount is None:
        return
    units = quota.judged(label)["duty"].get("units", ())
    yield Ruler()
    if units:
        yield Paragraph(tr.joined(tr.apart(N_("To declare"))), bold=True)
    carried = quota.carried(label)
    for unit in units:
        known = "history" not in unit and 0 <= unit["line"] < len(carried)
        said = " / ".join(quota.names.each(carried[unit["line"]])) if known else tr("Bought earlier")
        yield Pair(said, pieces_text(unit["units"], tr.first), small=True)
        rate = percent_text(Fraction(unit["rate"]) * 100, language)
        yield _product(f"{_money(unit['taxable'], amount.currency, language)} × {rate}", unit["duty"], amount, language)
    yield from _part_above(quota, label, amount)
    yield Pair(quota.duty_label(label), money_text(amount, language), bold=True)


def _money(text: str, currency: Currency, language: str) -> str:
    return money_text(Money.parse(text, currency), language)


def _product(said: str, duty: str, amount: Money, language: str) -> Row:
    return Pair(f"  {said}", f"= {_money(duty, amount.currency, language)}", small=True)


def _part_above(quota: QuotaWords, label: str, amount: Money) -> Iterator[Row]:
    """How the duty on the excess is calculated, if the rules' text is available."""
    regime, tr = quota.regime, quota.translator
    charge = None if regime is None else regime.charge_on(quota.sale.at.astimezone(regime.zone).date())
    if not isinstance(charge, PartAbove):
        return
    groups: list[str] = []
    for answer in quota.rules_of(label):
        rule = quota.known(answer["rule"])
        if rule is None or answer.get("over") is None or Decimal(answer["over"]) == 0:
            continue
        charged = _charged(quota, rule.form, charge, answer, amount.currency)
        if charged is None:
            continue
        said, duty = charged
        said = f"{quota.titles_of(rule.id)}: {said}"
        yield Pair(said, f"= {money_text(Money.rounded(duty, amount.currency), tr.language)}", small=True)
        if rule.group is not None:
            groups.append(rule.group)
    if len(set(groups)) < len(groups):
        larger = tr.apart(N_("The higher duty, by value or by weight, applies."))
        yield from (Paragraph(text, small=True) for text in larger)


def _charged(
    quota: QuotaWords, form: Form, charge: PartAbove, answer: Answer, currency: Currency
) -> tuple[str, Fraction] | None:
    """The excess over one limit times its rate, and the duty; None for a limit without a rate."""
    over, language = Fraction(answer["over"]), quota.translator.language
    match form:
        case Sum(measure="value"):
            above = money_text(Money.rounded(over, currency), language)
            return f"{above} × {percent_text(charge.ad_valorem * 100, language)}", over * charge.ad_valorem
        case Sum(measure="gross_kg") if charge.minimum is not None:
            rate = _rate(charge.minimum, "kg", currency, language)
            return f"{kg_text(over, language)} × {rate}", over * charge.minimum
        case Tiers(measure=measure) if measure in _PRICED:
            unit, units = _PRICED[measure]
            rates = {tier.specific for tier in form.tiers if tier.specific}
            times = f" × {_rate(rates.pop() * units, unit, currency, language)}" if len(rates) == 1 else ""
            return f"{quota.measured(over, measure)}{times}", form.duty(Fraction(answer["current"]))
        case _:
            return None


def _rate(each: Fraction, unit: str, currency: Currency, language: str) -> str:
    return f"{money_text(Money.rounded(each, currency), language)}/{unit_text(unit, language)}"
