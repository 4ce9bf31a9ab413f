"""The allowance part of a receipt: per visitor the rest of each rule, the verdict, the duty, unknown data."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import partial

from pos.application.text.border_words import EXAMPLE_RULES, are_example, destination_text
from pos.application.text.formatting import money_text, number_text
from pos.application.text.translator import N_
from pos.domain.sales.sale import SaleLine
from pos.domain.visitors.visitor import Visitor
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Paragraph, Row, Ruler
from pos.printing.receipts.quota_words import Answer, QuotaWords

_MOST_IN_FULL = 8
"""A larger party is a tour: its receipt lists those who carry something, and their slips hold the details."""


def allowance_rows(quota: QuotaWords) -> Iterator[Row]:
    """A block for each visitor; for a sale without visitors the sentence that says so."""
    tr, sale = quota.translator, quota.sale
    if not sale.visitors:
        yield from (
            Paragraph(said, small=True) for said in tr.apart(N_("Sold without a document: allowance not checked."))
        )
        return
    yield Pair(f"{tr('Allowance')}:", tr.joined(tr.by(partial(destination_text, sale.destination))), bold=True)
    yield regime_row(quota)
    if len(sale.visitors) > _MOST_IN_FULL:
        yield from _tour(quota)
    else:
        for visitor in sale.visitors:
            if len(sale.visitors) > 1:
                yield Ruler()
            yield from _visitor(quota, visitor)
    if len(sale.visitors) > 1:
        yield Ruler()
    yield from quota.customs_rates()
    yield from _unchecked(quota)
    yield from estimate_rows(quota)


def _unchecked(quota: QuotaWords) -> Iterator[Row]:
    """What the rules leave out, in each language: a verdict must not be read as more than it is."""
    regime = quota.titles
    for one in () if regime is None else regime.unchecked:
        said = dict.fromkeys(one.title_in(tr.language) for tr in quota.translator.each)
        yield from (Paragraph(text, small=True) for text in said)


def regime_row(quota: QuotaWords) -> Row:
    """The rules of the evaluation: their id and the beginning of their version."""
    version = (quota.sale.regime_version or "")[:8]
    rules_id = " · ".join(part for part in (quota.sale.regime or "", version) if part)
    return Pair(quota.translator("Rules applied"), rules_id, small=True)


def estimate_rows(quota: QuotaWords) -> Iterator[Row]:
    """The note that customs decides, in each language; before it that the rules are no law, where they are none."""
    if are_example(quota.regime or quota.titles):
        yield from (Paragraph(said, centered=True, bold=True) for said in quota.translator.apart(EXAMPLE_RULES))
    yield from (
        Paragraph(said, centered=True, small=True) for said in quota.translator.apart(N_("Estimate — customs decides."))
    )


def carrier_text(quota: QuotaWords, line: SaleLine) -> str:
    """Who carries a line, and which allowance it uses: A · 烈酒 Алкоголь 1.00 L."""
    return "" if line.carrier is None else f"{printable(line.carrier, 4)} · {', '.join(quota.eaten(line))}"


def _visitor(quota: QuotaWords, visitor: Visitor) -> Iterator[Row]:
    label = visitor.label
    yield Pair(*quota.who(visitor), bold=len(quota.sale.visitors) > 1)
    if not quota.carried(label):
        yield Paragraph(quota.translator("no goods on this receipt"), small=True)
        return
    yield from (_rule(quota, rule, label) for rule in quota.rules_of(label))
    yield from _duty(quota, label)
    yield from quota.unknown_rows(visitor)
    first, *second = quota.verdict(label)
    yield Pair(first, second[0] if second else "", bold=True)


def _tour(quota: QuotaWords) -> Iterator[Row]:
    """Visitors who carry something, each with their verdict; the others are counted."""
    tr, idle = quota.translator, 0
    for visitor in quota.sale.visitors:
        label = visitor.label
        if not quota.carried(label):
            idle += 1
            continue
        yield Ruler()
        yield Pair("  ".join(quota.who(visitor)), quota.state(str(quota.judged(label).get("verdict", ""))), bold=True)
        yield from (_rule(quota, rule, label) for rule in quota.rules_of(label))
        yield from _duty(quota, label)
        yield from quota.unknown_rows(visitor)
    if idle:
        said = tr.by(
            lambda tr: tr.plural(
                "{n} visitor without goods", "{n} visitors without goods", idle, n=number_text(idle, tr.language)
            )
        )
        yield Ruler()
        yield Paragraph(tr.joined(said), small=True)


def _duty(quota: QuotaWords, label: str) -> Iterator[Row]:
    amount = quota.duty(label)
    if amount is not None:
        yield Pair(quota.duty_label(label), money_text(amount, quota.translator.language), bold=True)


def _has_left(rule: Answer) -> bool:
    over = rule.get("over")
    return rule["verdict"] != "unknown" and rule.get("left") is not None and (over is None or Decimal(over) == 0)


def _figure(quota: QuotaWords, rule: Answer, name: str, label: str) -> str:
    return quota.figure(Fraction(rule[name]), rule, label)


def _rule(quota: QuotaWords, rule: Answer, label: str) -> Row:
    both, name, verdict = quota.translator, str(rule["rule"]), str(rule["verdict"])
    if verdict == "unknown":
        said = both.by(lambda tr: tr("{rule}, not known", rule=quota.title(name, tr.language)))
        return Pair(both.joined(said), "?", small=True)
    if _has_left(rule):
        said = both.by(lambda tr: tr("{rule}, left", rule=quota.title(name, tr.language)))
        return Pair(both.joined(said), _figure(quota, rule, "left", label), small=True)
    if rule.get("over") is None:
        return Pair(
            quota.titles_of(name), quota.state(verdict, rule=name), bold=verdict not in ("ok", "note"), small=True
        )
    said = both.by(lambda tr: tr("{rule}, over", rule=quota.title(name, tr.language)))
    return Pair(both.joined(said), _figure(quota, rule, "over", label), bold=True, small=True)
