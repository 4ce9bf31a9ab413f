"""The recorded quota evaluation of a sale as text, for the receipt and the carry-out slip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos.application.text.formatting import (
    money_text,
    rate_text,
)
from pos.application.text.measures import MEASURE_OF_UNIT, measure_text
from pos.application.text.names import ATTRIBUTES, CATEGORIES, GAUGE_STATES, PARCEL_VERDICTS, VERDICTS, name_of
from pos.application.text.translator import N_
from pos.application.text.typography import strung
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.quota.measure import one_of
from pos.domain.quota.rule import Ban, Choice, Each, PerVariant, Pool, Regime, Rule, Sum, Tiers
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.visitors.visitor import Visitor
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Pair, Paragraph, Row
from pos.printing.receipts.goods_names import PrintedGoodsNames

Answer = Mapping[str, Any]
"""A part of the JSON of `quota check`, as stored with the sale."""

_VERDICTS = {**VERDICTS, "review": N_("Subject to customs review")}
"""At the till a verdict instructs the cashier; on paper it informs the visitor."""

_PARCEL_VERDICTS = {**PARCEL_VERDICTS, "review": _VERDICTS["review"]}
"""The same of goods that are sent: no traveller declares them."""

_STATES = {**GAUGE_STATES, "review": N_("customs review")}

_RATES = {"customs": N_("Customs rate"), "buy": N_("Buy"), "sell": N_("Sell")}
_OF_THE_VISITOR = frozenset({"birth_date", "residence"})


@dataclass(frozen=True, slots=True)
class QuotaWords:
    """The texts on the allowance of one sale.

    `regime` is the version of the rules that evaluated the sale, None if only a later version is available: the frozen
    figures are then printed as they are, and nothing is derived from rules that may have changed.
    """

    sale: Sale
    translator: JoinedTranslator
    names: PrintedGoodsNames
    regime: Regime | None
    titles: Regime | None

    @classmethod
    def of(
        cls,
        sale: Sale,
        tr: JoinedTranslator,
        regimes: Mapping[str, Regime],
        lacks: Callable[[str], bool] = lambda _: False,
    ) -> QuotaWords:
        """The texts of a sale, with the available rules; `lacks` as in PrintedGoodsNames."""
        regime = regimes.get(sale.regime or "")
        same = regime is not None and regime.version == sale.regime_version
        return cls(sale, tr, PrintedGoodsNames(tr, lacks), regime if same else None, regime)

    def judged(self, label: str) -> Answer:
        """The recorded evaluation of a visitor; empty if there was none."""
        return self.sale.quota.get(label, {})

    def carried(self, label: str) -> list[SaleLine]:
        """The lines that a visitor carries.

        Line numbers of the evaluation are indexes of this list: each share was evaluated separately.
        """
        return [line for line in self.sale.lines if line.carrier == label]

    def who(self, visitor: Visitor) -> tuple[str, str]:
        """Label with the masked name, and the masked number."""
        name = "  ".join(part for part in (printable(visitor.label, 4), printable(visitor.name, 40)) if part)
        return name, printable(visitor.masked, 24)

    def rules_of(self, label: str) -> list[Answer]:
        """The rules for which the visitor's goods count, in the order of the regime.

        Of several sums over the same goods those that leave least: the rest left by another one cannot be used.
        """
        carried = self.carried(label)
        touched = [rule for rule in self.judged(label).get("rules", ()) if self._is_touched(rule, carried)]
        return [rule for rule in touched if not any(self._is_stricter(other, rule) for other in touched)]

    def _is_touched(self, rule: Answer, carried: Sequence[SaleLine]) -> bool:
        current = rule.get("current")
        if rule["verdict"] != "ok" or (current is not None and Decimal(current) != 0):
            return True
        known = self.known(rule["rule"]) if self.regime else None
        # A rule without a single sum has no figure to show; a limit on each piece covers all goods and is left out.
        return (
            known is not None
            and isinstance(known.form, Choice | PerVariant)
            and any(_counts(known, line) for line in carried)
        )

    def _is_stricter(self, other: Answer, rule: Answer) -> bool:
        """Whether `other` is a sum over the same goods as `rule` and leaves less of them."""
        if self.regime is None or other.get("left") is None or rule.get("left") is None:
            return False
        if Fraction(other["left"]) >= Fraction(rule["left"]):
            return False
        here, there = self.known(rule["rule"]), self.known(other["rule"])
        if here is None or there is None or not (isinstance(here.form, Sum) and isinstance(there.form, Sum)):
            return False
        return (here.form.measure, here.scope) == (there.form.measure, there.scope)

    def known(self, rule_id: str) -> Rule | None:
        """The rule as of the day of the sale, for its title; a later version of the regime has it as well."""
        regime = self.regime or self.titles
        if regime is None:
            return None
        day = self.sale.at.astimezone(regime.zone).date()
        same = [rule for rule in regime.rules if rule.id == rule_id]
        return next((rule for rule in same if rule.in_force(day)), same[0] if same else None)

    def title(self, rule_id: str, language: str) -> str:
        """The title of a rule in one language."""
        known = self.known(rule_id)
        return known.title_in(language) if known is not None else rule_id

    def titles_of(self, rule_id: str) -> str:
        """The title of a rule in all languages."""
        return self.translator.joined(self.translator.by(lambda tr: self.title(rule_id, tr.language)))

    def verdict(self, label: str) -> tuple[str, ...]:
        """The verdict of a visitor in each language."""
        names = _VERDICTS if self.sale.parcel is None else _PARCEL_VERDICTS
        return self.translator.by(lambda tr: name_of(names, str(self.judged(label).get("verdict", "")), tr))

    def state(self, verdict: str, *, spent: bool = False, rule: str = "") -> str:
        """The verdict of one rule, short, in all languages, and that nothing of its allowance is left."""
        both, known = self.translator, self.known(rule)
        if verdict == "duty" and self.sale.parcel is not None and known is not None and isinstance(known.form, Ban):
            return both.joined(both.apart(N_("taxed")))
        return both.joined(
            both.by(lambda tr: strung(tr, (name_of(_STATES, verdict, tr), tr("used up") if spent else "")))
        )

    def duty(self, label: str) -> Money | None:
        """The estimated duty of a visitor; None without an estimate."""
        duty = self.judged(label).get("duty")
        return None if duty is None else Money.parse(duty["amount"], CURRENCIES[duty["currency"]])

    def duty_label(self, label: str) -> str:
        """What its amount is called: the real duty may be higher where an attribute was missing."""
        at_least = bool(self.judged(label).get("unknown"))
        return self.translator("Estimated duty, at least") if at_least else self.translator("Estimated duty")

    def currency(self) -> Currency | None:
        """The currency of the rules' values, according to the evaluations."""
        units = (rule.get("unit") for judged in self.sale.quota.values() for rule in judged.get("rules", ()))
        return next((CURRENCIES[unit] for unit in units if unit in CURRENCIES), None)

    def figure(self, amount: Fraction, rule: Answer, label: str, *, shares: bool = False) -> str:
        """A figure of a rule in its unit.

        Half a pool means nothing to a smoker, 200 sticks do: a pool is shown in the measure of its goods where these
        are of one kind, and in that of its first goods, as on the screen, where there are none on this receipt;
        otherwise, or with `shares`, in per cent.
        """
        unit, known = rule.get("unit"), self.known(rule["rule"])
        if unit == "pool" and not shares and self.regime is not None and known and isinstance(known.form, Pool):
            carried = self.carried(label)
            kinds = [p for p in known.form.parts if any(line.category in p.scope.leaves for line in carried)]
            if len(kinds) < 2:
                kind = kinds[0] if kinds else known.form.parts[0]
                return self.measured(amount * kind.per, kind.measure)
        if unit is not None and unit in CURRENCIES:
            return money_text(Money.rounded(amount, CURRENCIES[unit]), self.translator.language)
        return self.measured(amount, MEASURE_OF_UNIT.get(unit or "", unit or ""))

    def measured(self, amount: Fraction, measure: str) -> str:
        """A quantity of a measure in the first language's format."""
        return measure_text(amount, measure, self.translator.first)

    def unknown_rows(self, visitor: Visitor) -> Iterator[Row]:
        """The attributes of goods (or of the visitor) that were unknown at the evaluation."""
        carried = self.carried(visitor.label)
        missing: dict[str, list[str]] = {}
        for unknown in self.judged(visitor.label).get("unknown", ()):
            attribute, index = unknown["attribute"], unknown.get("line", -1)
            if attribute in _OF_THE_VISITOR:
                whose = printable(visitor.label, 4)
            elif "history" in unknown or not 0 <= index < len(carried):
                whose = self.translator("Bought earlier")
            else:
                whose = self.names.first(carried[index])
            missing.setdefault(whose, []).append(attribute)
        for whose, attributes in missing.items():
            said = self._missing(tuple(dict.fromkeys(attributes)))
            yield Paragraph(f"{whose} — {' / '.join(said)}", small=True)

    def _missing(self, attributes: Sequence[str]) -> Sequence[str]:
        return self.translator.by(
            lambda tr: tr(
                "missing: {attributes}",
                attributes=tr(", ").join(name_of(ATTRIBUTES, name, tr) for name in attributes),
            )
        )

    def customs_rates(self) -> Iterator[Row]:
        """The customs rates used to value the goods, if the rules have another currency than the shop."""
        sale, currency = self.sale, self.currency()
        if currency is None or currency == sale.total.currency:
            return
        base, regime = sale.rates.base, self.regime or self.titles
        name = _RATES["customs" if regime is None else regime.rate_kind]
        for one in (sale.total.currency, currency):
            if one.code in sale.quota_rates:
                figure = rate_text(Fraction(sale.quota_rates[one.code]), one, base, self.translator.language)
                yield Pair(self.translator(name), figure, small=True)

    def eaten(self, line: SaleLine, *, general: bool = True) -> Sequence[str]:
        """The narrowest limits that a line uses, with the quantity; its category if there is none.

        Without `general`, value and weight are left out: where they are columns they need not be repeated.
        """
        touched = {rule["rule"] for rule in self.rules_of(line.carrier or "")}
        regime = self.regime
        rules = [
            rule
            for rule in (regime.in_force(self.sale.at.astimezone(regime.zone).date()) if regime else ())
            if rule.id in touched and not isinstance(rule.form, Each) and _counts(rule, line)
            if general or _measure(rule, line.category) not in ("value", "gross_kg")
        ]
        narrowest = min((len(rule.scope.leaves) for rule in rules), default=0)
        eaten = [self._eats(rule, line) for rule in rules if len(rule.scope.leaves) == narrowest]
        return eaten or [self.translator.named(CATEGORIES, line.category)]

    def _eats(self, rule: Rule, line: SaleLine) -> str:
        title = self.translator.joined(self.translator.by(lambda tr: rule.title_in(tr.language))).replace(" / ", "/")
        measure = _measure(rule, line.category)
        if measure is None or measure == "value":
            return title  # the line's own price is printed beside it
        one = one_of(line.attributes, measure)
        return f"{title} {'?' if one is None else self.measured(Fraction(one) * line.quantity, measure)}"


def _counts(rule: Rule, line: SaleLine) -> bool:
    if line.category not in rule.scope.leaves:
        return False
    strength, abv = rule.scope.strength, line.attributes.abv
    return strength is None or abv is None or strength.admits(Fraction(abv))


def _measure(rule: Rule, category: str) -> str | None:
    match rule.form:
        case Sum(measure=measure) | Tiers(measure=measure) | PerVariant(measure=measure):
            return measure
        case Pool(parts=parts):
            return next((part.measure for part in parts if category in part.scope.leaves), None)
        case Choice(alternatives=alternatives):
            return next((one.measure for one in alternatives if category in one.only.leaves), None)
        case _:
            return None
