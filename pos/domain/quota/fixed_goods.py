"""Goods that other shops of the center sold and that still lie in the carry-out: what they leave of one rule."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.quota.allowance_position import FixedItem, RulePosition, RuleUsage, count
from pos.domain.quota.measure import QuotaItem, inside
from pos.domain.quota.rule import Ban, Each, Exact, MostVisits, PerVariant, Pool, Sum, Tiers, Verdict

Steps = Sequence[tuple[Exact, Verdict]]
"""Amounts, and the verdict above each."""


class FixedOfRule:
    """The goods of other shops as one rule sees them.

    Of a rule of duty they take room as far as they were sold free and say nothing by themselves: that duty is reported
    by the shop that sold them. Every other rule counts whatever lies in the carry-out, and `alone` is its verdict on
    them as far as it is no sum. `lots` are the goods that surely count. With `is_unknown` a figure of them is missing,
    and nothing is certain of goods in the scope of the rule. `parts` are the kinds of a pool among them.
    """

    def __init__(self, rule_position: RulePosition, items: Sequence[FixedItem]) -> None:
        self._position = rule_position
        self._items = items
        self.lots: list[QuotaItem] = []
        self.alone = Verdict.OK
        self.is_unknown = False
        self.parts: frozenset[int] = frozenset()
        self._counted = [item.free if rule_position.is_of_duty else item.lot for item in items]
        form = rule_position.rule.form
        if isinstance(form, Sum | Pool | Tiers):
            self._count()
        else:
            self._look_at_each()
        if self.is_unknown and not rule_position.is_of_duty:
            self.alone = max(self.alone, Verdict.UNKNOWN)

    def _count(self) -> None:
        position = self._position
        used = [usage for lot in self._counted if (usage := self._usage(lot)).present or usage.missing]
        self.parts = frozenset(usage.part for usage in used if usage.present)
        self.is_unknown = any(usage.missing for usage in used)
        if not position.is_of_duty and used:
            self.is_unknown = self.is_unknown or bool(position.doubts or position.unknowns)
            if position.barred and self.parts:
                self.alone = position.over

    def _look_at_each(self) -> None:
        position, rule = self._position, self._position.rule
        held = [(lot, known) for lot in self._counted if (known := _holds(position, lot)) is not False]
        self.lots = [lot for lot, known in held if known]
        is_apart = position.barred or isinstance(rule.form, Ban | Each | MostVisits)
        if position.is_of_duty and is_apart:
            self.lots = []
            return
        self.is_unknown = len(self.lots) < len(held)
        if position.is_of_duty:
            self.is_unknown = self.is_unknown or any(None in self._measured(lot) for lot in self.lots)
            return
        self.is_unknown = self.is_unknown or bool(held and position.doubts)
        if position.barred or isinstance(rule.form, Ban):
            self.alone = position.over if self.lots else Verdict.OK
        elif isinstance(rule.form, MostVisits):
            self.alone = position.over if held and not position.available else Verdict.OK
        elif isinstance(rule.form, Each):
            amounts = [lot.units(1).of(rule.form.measure) for lot in self.lots]
            self.is_unknown = self.is_unknown or None in amounts
            if any(amount is not None and amount > rule.form.limit for amount in amounts):
                self.alone = position.over
        elif isinstance(rule.form, PerVariant):
            self.is_unknown = self.is_unknown or any(None in self._measured(lot) for lot in self.lots)
            variants = {variant for lot in self.lots if (variant := lot.attributes.variant) is not None}
            if any(sum(self.free_of(variant)) > rule.form.limit for variant in variants):
                self.alone = position.over

    def _measured(self, lot: QuotaItem) -> tuple[object, ...]:
        """What a limit on each variant has to know of goods."""
        form = self._position.rule.form
        return (lot.attributes.variant, lot.of(form.measure)) if isinstance(form, PerVariant) else ()

    def _usage(self, lot: QuotaItem) -> RuleUsage:
        rule = self._position.rule
        return count(rule, lot) if lot.quantity and lot.category in rule.scope.leaves else RuleUsage()

    def free_of(self, variant: str = "") -> list[Exact]:
        """What each of the goods adds to the sum of which duty may be due, or to that of one variant."""
        form = self._position.rule.form
        if isinstance(form, PerVariant):
            mine = [lot if lot in self.lots and lot.attributes.variant == variant else None for lot in self._counted]
            return [0 if lot is None else lot.of(form.measure) or 0 for lot in mine]
        if isinstance(form, Tiers):
            return [self._usage(item.free).amount for item in self._items]
        return [self._usage(lot).amount for lot in self._counted]

    def left_of(self, steps: Steps, pending: Sequence[Exact], variant: str = "") -> tuple[Steps, Exact]:
        """The steps for goods of this shop alone, and how much of what lies above the first one other shops sold.

        `pending` is what each pending lot of this shop adds. A step at which something worse than duty begins may lie
        below 0: what other shops sold has passed it.
        """
        free, position = self.free_of(variant), self._position
        every = free if variant else [self._usage(lot).amount for lot in self._counted]
        left: list[tuple[Exact, Verdict]] = []
        for step, over in steps:
            if over is Verdict.DUTY or position.is_of_duty:
                left.append((step - sum(free) + self._above_elsewhere(step, pending, free), over))
            else:
                left.append((step - sum(every), over))
        first, over = steps[0]
        sold_elsewhere = (
            self._above_elsewhere(first, pending, free) if over is Verdict.DUTY or position.is_of_duty else 0
        )
        return sorted(left, key=lambda each: each[0]), sold_elsewhere

    def _above_elsewhere(self, step: Exact, pending: Sequence[Exact], free: Sequence[Exact]) -> Exact:
        """How much of what lies above `step` the goods of other shops have added, each when it was sold."""
        total: Exact = 0
        sold_elsewhere: Exact = 0
        done = 0
        for item, amount in zip(self._items, free):
            total += sum(pending[done : item.after])
            done = item.after
            sold_elsewhere += max(total + amount - step, 0) - max(total - step, 0)
            total += amount
        return sold_elsewhere


def _holds(position: RulePosition, lot: QuotaItem) -> bool | None:
    return inside(position.rule.scope, lot) if lot.quantity else False
