"""What one visitor takes out, as customs papers list it: the dutiable pieces, the free ones, norms and duty.

It is made of the goods and of their judgement in the form of `quota check`, which a sale keeps frozen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from pos.domain.money import Currency, Money, half_up
from pos.domain.quota.measure import ItemOrigin, QuotaItem, inside, one_of
from pos.domain.quota.rule import Each, PartAbove, PerVariant, Regime, Rule, Verdict
from pos.domain.reports.rounded_parts import in_parts

_GRAMS = 1_000


class Status(StrEnum):
    """How customs takes the pieces of a line, by the estimate."""

    FREE = "free"
    DUTIABLE = "dutiable"
    """Each piece is taxed whole."""
    OVER = "over"
    """Goods of an allowance that is exceeded: the part above it is taxed, and no piece by itself."""


@dataclass(frozen=True, slots=True)
class CarriedGoods:
    """Equal pieces that one visitor takes out. `item` has them measured, in the currency of the rules.

    `receipt` is where they were bought, empty for goods that the visitor declared as bought elsewhere; `details` what
    papers have of the goods (`ON_PAPERS`); `grams` what a piece weighs that was sold by weight.
    """

    item: QuotaItem
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    receipt: str = ""
    on: date | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    serial: str | None = None
    grams: int | None = None


@dataclass(frozen=True, slots=True)
class DeclaredLine:
    """So many pieces of one kind on a paper. `value` is in the currency of the rules, `kg` gross, None if unknown.

    `group` is the exceeded allowance for which they count, `rate` and `duty` those of pieces that are taxed whole.
    """

    goods: CarriedGoods
    holder: str
    quantity: int
    value: Money
    kg: Fraction | None
    status: Status
    group: str = ""
    rate: Fraction | None = None
    duty: Money | None = None

    @property
    def ml(self) -> Fraction | None:
        """The volume of all its pieces; None where it has none on file."""
        one = one_of(self.goods.item.attributes, "ml")
        return None if one is None else Fraction(one) * self.quantity


@dataclass(frozen=True, slots=True)
class Norm:
    """One exceeded limit: the norm of the rules, what of it was left, what is taken out now, and the excess.

    `unit` is the currency's code, kg, ml and so on; `group` the allowance to which the limit belongs.
    """

    rule: str
    title: Mapping[str, str]
    unit: str
    group: str
    norm: Fraction
    available: Fraction
    current: Fraction
    over: Fraction

    def title_in(self, language: str) -> str:
        """The title in `language`, else in English, else the id."""
        return self.title.get(language) or self.title.get("en") or self.rule


@dataclass(frozen=True, slots=True)
class Share:
    """The goods of one visitor, each piece once in `dutiable` or in `free`. `duty` is None where none is due;
    `is_least`: an attribute was missing, and counted as nothing, so the real duty may be higher.
    """

    holder: str
    dutiable: tuple[DeclaredLine, ...]
    free: tuple[DeclaredLine, ...]
    norms: tuple[Norm, ...]
    duty: Money | None
    is_least: bool = False

    @property
    def is_dutiable(self) -> bool:
        return self.duty is not None

    @property
    def lines(self) -> tuple[DeclaredLine, ...]:
        """All pieces, the dutiable ones first."""
        return (*self.dutiable, *self.free)


Answer = Mapping[str, Any]


def share_of(holder: str, answer: Answer, goods: Mapping[ItemOrigin, CarriedGoods], regime: Regime, day: date) -> Share:
    """The share of a visitor: `answer` is its judgement, `goods` have its lines by the origins it names them by.

    `day` is that of the judgement in the zone of the rules. Where no duty is due, everything is free.
    """
    duty = answer.get("duty") if answer.get("verdict") == Verdict.DUTY.word else None
    if duty is None:
        return Share(holder, (), _free(holder, goods.values(), regime.currency), (), None)
    amount = Money.parse(duty["amount"], regime.currency)
    norms = _norms(answer, regime, day)
    if isinstance(regime.charge_on(day), PartAbove):
        dutiable, rest = _above(holder, goods, norms, regime, day)
    else:
        dutiable, rest = _whole(holder, goods, duty["units"], regime.currency)
    return Share(holder, dutiable, _free(holder, rest, regime.currency), norms, amount, bool(answer.get("unknown")))


def _whole(
    holder: str, goods: Mapping[ItemOrigin, CarriedGoods], units: Sequence[Answer], currency: Currency
) -> tuple[tuple[DeclaredLine, ...], list[CarriedGoods]]:
    """The pieces that are taxed whole, and the others."""
    lines: list[DeclaredLine] = []
    taxed: dict[ItemOrigin, int] = {}
    for unit in units:
        origin = ItemOrigin(unit["line"], unit.get("history"))
        held, count = goods[origin], unit["units"]
        taxed[origin] = taxed.get(origin, 0) + count
        lines.append(
            DeclaredLine(
                held,
                holder,
                count,
                Money.parse(unit["taxable"], currency),
                _kg(held.item.units(count)),
                Status.DUTIABLE,
                rate=Fraction(unit["rate"]),
                duty=Money.parse(unit["duty"], currency),
            )
        )
    return tuple(lines), [
        _part(held, left) for origin, held in goods.items() if (left := held.item.quantity - taxed.get(origin, 0))
    ]


def _above(
    holder: str, goods: Mapping[ItemOrigin, CarriedGoods], norms: Sequence[Norm], regime: Regime, day: date
) -> tuple[tuple[DeclaredLine, ...], list[CarriedGoods]]:
    """All goods of the exceeded allowances, and the others; goods of two allowances stand under the first."""
    rules = {rule.id: rule for rule in regime.in_force(day)}
    left, lines = list(goods.values()), list[DeclaredLine]()
    for group in dict.fromkeys(norm.group for norm in norms):
        scopes = [rules[norm.rule].scope for norm in norms if norm.group == group]
        counted: list[CarriedGoods] = []
        others: list[CarriedGoods] = []
        for one in left:
            (counted if any(inside(scope, one.item) for scope in scopes) else others).append(one)
        lines += _lines(holder, counted, regime.currency, Status.OVER, group)
        left = others
    return tuple(lines), left


def _norms(answer: Answer, regime: Regime, day: date) -> tuple[Norm, ...]:
    """The exceeded limits, and the others of the same allowance: value and weight are one."""
    rules = {rule.id: rule for rule in regime.in_force(day)}
    judged = [one for one in answer.get("rules", ()) if one["rule"] in rules]
    over = {_group(rules[one["rule"]]) for one in judged if one["verdict"] == Verdict.DUTY.word}
    return tuple(
        Norm(
            one["rule"],
            rules[one["rule"]].title,
            one["unit"] or "",
            _group(rules[one["rule"]]),
            *(Fraction(one[name]) for name in ("limit", "available", "current", "over")),
        )
        for one in judged
        if _group(rules[one["rule"]]) in over and _is_sum(rules[one["rule"]], one)
    )


def _is_sum(rule: Rule, answer: Answer) -> bool:
    return answer.get("current") is not None and not isinstance(rule.form, Each | PerVariant)


def _group(rule: Rule) -> str:
    return rule.group or rule.id


def _free(holder: str, goods: Iterable[CarriedGoods], currency: Currency) -> tuple[DeclaredLine, ...]:
    return tuple(_lines(holder, list(goods), currency, Status.FREE))


def _lines(
    holder: str, goods: Sequence[CarriedGoods], currency: Currency, status: Status, group: str = ""
) -> list[DeclaredLine]:
    """Lines whose rounded values and weights add up to the rounded sums of the exact ones."""
    scale = 10**currency.digits
    exact = [Fraction(one.item.value) * scale for one in goods]
    values = in_parts(exact, half_up(sum(exact, Fraction())))
    weights = [_kg(one.item) for one in goods]
    known = [kg * _GRAMS for kg in weights if kg is not None]
    grams = iter(in_parts(known, half_up(sum(known, Fraction()))))
    return [
        DeclaredLine(
            one,
            holder,
            one.item.quantity,
            Money(value, currency),
            None if kg is None else Fraction(next(grams), _GRAMS),
            status,
            group,
        )
        for one, value, kg in zip(goods, values, weights, strict=True)
    ]


def _kg(item: QuotaItem) -> Fraction | None:
    kg = item.of("gross_kg")
    return None if kg is None else Fraction(kg)


def _part(goods: CarriedGoods, quantity: int) -> CarriedGoods:
    return replace(goods, item=goods.item.units(quantity))
