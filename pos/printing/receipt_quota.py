"""The allowance on a receipt: per visitor the rules applied, what is left, the verdict, the duty, what is not known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from pos.application.figures import (
    grams_text,
    kg_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
    rate_text,
    sticks_text,
    volume_text,
)
from pos.application.names import ATTRIBUTES, CATEGORIES, DESTINATIONS, VERDICTS, name_of
from pos.application.words import N_
from pos.domain.money import CURRENCIES, Money, half_up
from pos.domain.quota.measure import one_of
from pos.domain.quota.rule import Each, PerVariant, Pool, Regime, Rule, Sum, Tiers
from pos.domain.sale import Sale, SaleLine
from pos.domain.visitor import Visitor
from pos.printing.both_words import BothWords
from pos.printing.printable import printable
from pos.printing.rows import Line, Pair, Row, Text

_VERDICTS = {**VERDICTS, "review": N_("Customs may ask about these goods")}
"""On the till a verdict tells the cashier what to do, on paper it tells the visitor what to expect."""


@dataclass(frozen=True, slots=True)
class QuotaPart:
    """What the receipt says of the allowance of one sale.

    `regime` is the text of the rules that judged the sale, None where only a later text of it is at hand: then
    the frozen figures are printed as they are, and nothing is derived from rules that may have changed.
    """

    sale: Sale
    words: BothWords
    regime: Regime | None
    titles: Regime | None

    @classmethod
    def of(cls, sale: Sale, words: BothWords, regimes: Mapping[str, Regime]) -> QuotaPart:
        """The part for a sale, with the rules at hand."""
        found = regimes.get(sale.regime or "")
        same = found is not None and found.version == sale.regime_version
        return cls(sale, words, found if same else None, found)

    def rows(self) -> Iterator[Row]:
        """A block for each visitor; for a sale without one the sentence that says so."""
        words = self.words
        if not self.sale.visitors:
            yield from (Text(said, small=True) for said in words.apart(N_("Sold without a document: not judged.")))
            return
        yield Pair(f"{words('Allowance')}:", words.named(DESTINATIONS, self.sale.destination), bold=True)
        for place, visitor in enumerate(self.sale.visitors):
            if place:
                yield Line()
            yield from self._visitor(visitor)
        yield from self._customs_rates()
        estimate = words.apart(N_("Estimate — customs decides."))
        yield from (Text(said, centered=True, small=True) for said in estimate)

    def _visitor(self, visitor: Visitor) -> Iterator[Row]:
        words, judged = self.words, self.sale.quota.get(visitor.label, {})
        who = "  ".join(
            part for part in (visitor.label, printable(visitor.name, 40), printable(visitor.masked, 24)) if part
        )
        yield Pair(who, str(judged.get("regime") or self.sale.regime or ""))
        for rule in judged.get("rules", ()):
            if is_touched(rule):
                yield self._rule(rule, visitor)
        duty = judged.get("duty")
        if duty is not None:
            amount = Money.parse(duty["amount"], CURRENCIES[duty["currency"]])
            yield Pair(words("Estimated duty"), money_text(amount, words.language), bold=True)
        yield from self._gaps(judged, visitor)
        verdict = words.by(lambda words: name_of(_VERDICTS, str(judged.get("verdict", "")), words))
        yield Pair(verdict[0], verdict[1] if len(verdict) > 1 else "", bold=True)

    def _rule(self, rule: Mapping[str, Any], visitor: Visitor) -> Row:
        both, known = self.words, self._known(rule["rule"])

        def title(language: str) -> str:
            return known.title_in(language) if known is not None else str(rule["rule"])

        verdict, over, left = rule["verdict"], rule.get("over"), rule.get("left")
        if verdict == "unknown":
            said = both.by(lambda words: words("{rule}, not known", rule=title(words.language)))
            return Pair(both.joined(said), "?", small=True)
        if over is not None and Decimal(over) > 0:
            said = both.by(lambda words: words("{rule}, over", rule=title(words.language)))
            return Pair(both.joined(said), self._figure(over, rule["unit"], known, visitor), bold=True, small=True)
        if left is None:
            return Pair(both.joined(both.by(lambda words: title(words.language))), "", small=True)
        said = both.by(lambda words: words("{rule}, left", rule=title(words.language)))
        return Pair(both.joined(said), self._figure(left, rule["unit"], known, visitor), small=True)

    def _known(self, rule_id: str) -> Rule | None:
        """The rule as it stood on the day of the sale, for its title; a later text of the regime has it as well."""
        regime = self.regime or self.titles
        if regime is None:
            return None
        day = self.sale.at.astimezone(regime.zone).date()
        same = [rule for rule in regime.rules if rule.id == rule_id]
        return next((rule for rule in same if rule.in_force(day)), same[0] if same else None)

    def _figure(self, text: str, unit: str | None, rule: Rule | None, visitor: Visitor) -> str:
        amount = Fraction(text)
        if unit == "pool" and self.regime is not None and rule is not None and isinstance(rule.form, Pool):
            carried = [line for line in self.sale.lines if line.carrier == visitor.label]
            kinds = [p for p in rule.form.parts if any(line.category in p.scope.leaves for line in carried)]
            if len(kinds) == 1:  # half a pool means nothing to a smoker; 200 sticks do
                return self._amount(amount * kinds[0].per, kinds[0].measure)
        if unit in CURRENCIES:
            return money_text(Money.parse(text, CURRENCIES[unit]), self.words.language)
        return self._amount(amount, {"kg": "gross_kg", "g": "net_g"}.get(unit or "", unit or ""))

    def _amount(self, amount: Fraction, measure: str) -> str:
        words, language = self.words.first, self.words.language
        match measure:
            case "ml":
                return volume_text(amount, language)
            case "gross_kg":
                return kg_text(amount, language)
            case "net_g":
                return grams_text(amount, language)
            case "pool":
                return percent_text(amount * 100, language)
            case "sticks":
                return sticks_text(half_up(amount), words)
            case "pieces":
                return pieces_text(half_up(amount), words)
            case _:
                return number_text(amount, language, 3, trimmed=True)

    def _gaps(self, judged: Mapping[str, Any], visitor: Visitor) -> Iterator[Row]:
        """Which attribute of which goods (or of the visitor) nobody knew when the sale was judged."""
        carried = [line for line in self.sale.lines if line.carrier == visitor.label]
        missing: dict[str, list[str]] = {}
        for gap in judged.get("unknown", ()):
            place = gap.get("line", -1)
            of_goods = "history" not in gap and 0 <= place < len(carried) and gap["attribute"] != "birth_date"
            whose = printable(name_in(carried[place], self.words.language), 60) if of_goods else visitor.label
            missing.setdefault(whose, []).append(gap["attribute"])
        for whose, attributes in missing.items():
            said = self._missing(tuple(dict.fromkeys(attributes)))
            yield Text(f"{whose} — {' / '.join(said)}", small=True)

    def _missing(self, attributes: Sequence[str]) -> Sequence[str]:
        return self.words.by(
            lambda words: words(
                "missing: {attributes}",
                attributes=words(", ").join(name_of(ATTRIBUTES, name, words) for name in attributes),
            )
        )

    def _customs_rates(self) -> Iterator[Row]:
        """The rates that valued the goods, where the rules count in another currency than the shop."""
        sale, regime = self.sale, self.regime
        if regime is None or regime.currency == sale.total.currency:
            return
        base = sale.rates.base
        for currency in (sale.total.currency, regime.currency):
            if currency.code in sale.quota_rates:
                figure = rate_text(Fraction(sale.quota_rates[currency.code]), currency, base, self.words.language)
                yield Pair(self.words("Customs rate"), figure, small=True)

    def of_line(self, line: SaleLine) -> str:
        """Who carries a line and which allowance it eats, by how much: A · 烈酒 Алкоголь 1.00 L."""
        if line.carrier is None:
            return ""
        return f"{line.carrier} · {', '.join(self._eaten(line))}"

    def _eaten(self, line: SaleLine) -> Sequence[str]:
        """The narrowest limits that the line counts for; the general ones are eaten by everything."""
        judged = self.sale.quota.get(line.carrier or "", {})
        touched = {rule["rule"] for rule in judged.get("rules", ()) if is_touched(rule)}
        regime = self.regime
        rules = [
            rule
            for rule in (regime.in_force(self.sale.at.astimezone(regime.zone).date()) if regime else ())
            if rule.id in touched and _counts(rule, line)
        ]
        narrowest = min((len(rule.scope.leaves) for rule in rules), default=0)
        eaten = [self._eats(rule, line) for rule in rules if len(rule.scope.leaves) == narrowest]
        return eaten or [self.words.named(CATEGORIES, line.category)]

    def _eats(self, rule: Rule, line: SaleLine) -> str:
        title = self.words.joined(self.words.by(lambda words: rule.title_in(words.language))).replace(" / ", "/")
        measure = _measure(rule, line.category)
        if measure is None or measure == "value":
            return title  # the line's own price stands above
        one = one_of(line.attributes, measure)
        return f"{title} {'?' if one is None else self._amount(Fraction(one) * line.quantity, measure)}"


def is_touched(rule: Mapping[str, Any]) -> bool:
    """Whether the basket counts for a rule of `quota check`'s answer."""
    current = rule.get("current")
    return rule["verdict"] != "ok" or (current is not None and Decimal(current) != 0)


def _counts(rule: Rule, line: SaleLine) -> bool:
    if line.category not in rule.scope.leaves:
        return False
    strength, abv = rule.scope.strength, line.attributes.abv
    return strength is None or abv is None or strength.admits(Fraction(abv))


def _measure(rule: Rule, category: str) -> str | None:
    match rule.form:
        case Sum(measure=measure) | Tiers(measure=measure) | Each(measure=measure) | PerVariant(measure=measure):
            return measure
        case Pool(parts=parts):
            return next((part.measure for part in parts if category in part.scope.leaves), None)
        case _:
            return None


def name_in(line: SaleLine, language: str) -> str:
    """The name of the goods in a language, or the name as it came."""
    return line.names.get(language) or line.name
