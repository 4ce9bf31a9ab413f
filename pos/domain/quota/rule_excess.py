"""By how much goods fit a rule that is not one sum: the figures of the set, the kind or the piece that decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from pos.domain.quota.measure import QuotaItem, inside
from pos.domain.quota.rule import Alternative, Bound, Choice, Each, Exact, Form, PerVariant


class LimitUse(NamedTuple):
    """What goods come to under one limit: `current` of `limit`, of it `pending` since earlier sales.

    `elsewhere` is the part of `pending` that other shops of the center sold.
    """

    measure: str
    limit: Exact
    current: Exact
    pending: Exact
    elsewhere: Exact = 0

    @property
    def over(self) -> Exact:
        """What lies above the limit."""
        return max(self.current - self.limit, 0)

    @property
    def left(self) -> Exact:
        """What the limit still has room for."""
        return max(self.limit - self.current, 0)

    @property
    def _share(self) -> Exact:
        if not self.current or not self.limit:
            return self.current
        return Fraction(
            self.current.numerator * self.limit.denominator, self.current.denominator * self.limit.numerator
        )


_NO_OTHERS = frozenset[int]()


def fit_of(form: Form, lots: Sequence[QuotaItem], day: date, others: frozenset[int] = _NO_OTHERS) -> LimitUse | None:
    """The figures that decide about `lots`; None where a figure is not on file, or no set permits such goods together.

    Of several permitted sets it is the one that the goods fit best, the first in the file among equals. `others` are
    the sales of the visitor's past that other shops made.
    """
    if not lots:
        return None
    if isinstance(form, Choice):
        fits = (_alternative(one, lots, others) for one in form.alternatives if one.since is None or day >= one.since)
        known = [fit for fit in fits if fit is not None]
        # The share is worth a thought only where there is another one: nearly always one set alone holds the goods.
        return min(known, key=lambda fit: fit._share) if len(known) > 1 else known[0] if known else None
    if isinstance(form, PerVariant):
        return _most_of_a_kind(form, lots, others)
    return _greatest_piece(form, lots) if isinstance(form, Each) else None


def _alternative(alternative: Alternative, lots: Sequence[QuotaItem], others: frozenset[int]) -> LimitUse | None:
    """The tightest limit of one permitted set; None where it does not hold all the goods for certain."""
    if not all(inside(alternative.only, lot) for lot in lots):
        return None
    fits = [_under(bound, lots, others) for bound in alternative.bounds]
    known = [fit for fit in fits if fit is not None]
    return max(known, key=lambda fit: fit._share) if len(known) == len(fits) else None


def has_room_beside(form: Form, lots: Sequence[QuotaItem], day: date) -> bool:
    """Whether a permitted set surely holds `lots` and has room for goods of some kind beside them."""
    if not isinstance(form, Choice):
        return False
    return any(_has_room(one, lots) for one in form.alternatives if one.since is None or day >= one.since)


def _has_room(alternative: Alternative, lots: Sequence[QuotaItem]) -> bool:
    if not all(inside(alternative.only, lot) for lot in lots):
        return False
    full: set[str] = set()
    for bound in alternative.bounds:
        use = _under(bound, lots)
        if use is None or use.over:
            return False
        if not use.left:
            full |= bound.scope.leaves
    return bool(alternative.only.leaves - full)


def _under(bound: Bound, lots: Sequence[QuotaItem], others: frozenset[int] = _NO_OTHERS) -> LimitUse | None:
    current: Exact = 0
    pending: Exact = 0
    elsewhere: Exact = 0
    for lot in lots:
        held = inside(bound.scope, lot)
        if held is False:
            continue
        amount = lot.of(bound.measure)
        if held is None or amount is None:
            return None
        current += amount
        if lot.origin.history is not None:
            pending += amount
            elsewhere += amount if lot.origin.history in others else 0
    return LimitUse(bound.measure, bound.limit, current, pending, elsewhere)


def _most_of_a_kind(form: PerVariant, lots: Sequence[QuotaItem], others: frozenset[int]) -> LimitUse | None:
    sums: dict[str, tuple[Exact, Exact, Exact]] = {}
    for lot in lots:
        variant, amount = lot.attributes.variant, lot.of(form.measure)
        if variant is None or amount is None:
            return None
        current, pending, elsewhere = sums.get(variant, (0, 0, 0))
        if lot.origin.history is not None:
            pending += amount
            elsewhere += amount if lot.origin.history in others else 0
        sums[variant] = (current + amount, pending, elsewhere)
    most, before, theirs = max(sums.values())
    return LimitUse(form.measure, form.limit, most, before, theirs)


def _greatest_piece(form: Each, lots: Sequence[QuotaItem]) -> LimitUse | None:
    pieces = [Fraction(amount) / lot.quantity for lot in lots if (amount := lot.of(form.measure)) is not None]
    return LimitUse(form.measure, form.limit, max(pieces), 0) if len(pieces) == len(lots) else None
