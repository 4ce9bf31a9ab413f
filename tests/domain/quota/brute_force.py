"""A second, plain evaluator: unit by unit, every subset, every split. Slow, and meant to be read as the rules are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from itertools import product

from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Choice,
    Each,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Scope,
    Sum,
    Tiers,
    Verdict,
    WholeUnit,
)

WEAK = Decimal("0.5")
"""Per cent: drinks up to this strength are no alcohol."""


@dataclass(frozen=True)
class Piece:
    """One unit; `line` is its basket line, None where it was bought before."""

    line: int | None
    goods: Goods
    value: Fraction

    def of(self, measure: str) -> Fraction | None:
        if measure == "value":
            return self.value
        amount = getattr(self.goods.attributes, measure)
        if amount is None:
            return Fraction(1) if measure == "pieces" else None
        return Fraction(amount)


@dataclass(frozen=True)
class Met:
    """A rule for this visitor: too young for it, something about them unknown, and what is left of it."""

    rule: Rule
    young: bool
    doubtful: bool
    left: Fraction
    hazy: bool

    @property
    def over(self) -> Verdict:
        return self.rule.under_age if self.young and self.rule.under_age else self.rule.over


class Plain:
    """One visitor at one instant."""

    def __init__(
        self, regime: Regime, visitor: Traveller, history: Sequence[PastSale], at: datetime, rates: QuotaRates
    ) -> None:
        self.regime, self.rates = regime, rates
        self.day = at.astimezone(regime.zone).date()
        self.pending: list[Piece] = []
        self.gone: dict[object, list[tuple[date, Piece, bool]]] = {}
        out: object
        for index, sale in enumerate(history):
            sold_on = sale.at.astimezone(regime.zone).date()
            for goods in sale.lines:
                for number, piece in enumerate(self.pieces(goods, None)):
                    if regime.parcels:  # each sale is a parcel of its own
                        out_at = (sale.carried_out_at or sale.at).astimezone(regime.zone)
                        day, out = out_at.date(), index
                    elif sale.carried_out_at is not None:
                        day = sale.carried_out_at.astimezone(regime.zone).date()
                        out = sale.carried_out_at.timestamp()
                    elif regime.assume_left and sold_on < self.day:
                        day, out = sold_on, sold_on
                    else:
                        self.pending.append(piece)
                        continue
                    self.gone.setdefault(out, []).append((day, piece, number >= goods.taxed_units))
        self.met = list(self._meet(visitor))

    def pieces(self, goods: Goods, line: int | None) -> list[Piece]:
        if not goods.quantity:
            return []
        paid = goods.unit_price - goods.discount / goods.quantity
        worth = self.rates.worth(goods.currency, self.regime.currency.code)
        abv = goods.attributes.abv
        if abv is not None and abv <= WEAK and goods.category.startswith("alcohol."):
            goods = replace(goods, category="drink")
        return [Piece(line, goods, paid * worth)] * goods.quantity

    def _years_since(self, born: date) -> int:
        birthday_to_come = (self.day.month, self.day.day) < (born.month, born.day)
        return self.day.year - born.year - (1 if birthday_to_come else 0)

    def _meet(self, visitor: Traveller) -> Iterator[Met]:
        met: dict[str, tuple[Rule, bool, bool]] = {}
        for rule in self.regime.rules:
            if (rule.since and self.day < rule.since) or (rule.until and self.day >= rule.until):
                continue
            who, young, doubtful = rule.who, False, False
            if who.crossings_above is not None:
                days = [entry for entry in visitor.entries if 0 <= (self.day - entry).days < who.within_days]
                if len(days) <= who.crossings_above:
                    continue
            if who.age_from is not None or who.age_to is not None:
                born = visitor.birth_date or visitor.born_from
                oldest = 200 if born is None else self._years_since(born)
                youngest = 0 if born is None else max(0, oldest - (visitor.birth_date is None))
                if who.age_to is not None and youngest > who.age_to:
                    continue
                if who.age_from is not None and oldest < who.age_from:
                    if rule.under_age is None:
                        continue
                    young = True
                else:
                    least, most = who.age_from or 0, 200 if who.age_to is None else who.age_to
                    doubtful = not least <= youngest <= oldest <= most
            if rule.id in met and isinstance(rule.form, Sum):
                other = met[rule.id][0].form
                assert isinstance(other, Sum)
                if other.limit >= rule.form.limit:
                    continue
            met[rule.id] = (rule, young, doubtful)
        for rule, young, doubtful in met.values():
            if rule.unless not in met:
                left, hazy = self._left(rule, [other for other, _, _ in met.values()])
                yield Met(rule, young, doubtful, Fraction(0) if young else left, hazy)

    def _left(self, rule: Rule, met: Sequence[Rule]) -> tuple[Fraction, bool]:
        form = rule.form
        if isinstance(form, Pool):
            limit = Fraction(1)
        elif isinstance(form, Sum | MostVisits | Tiers):
            limit = form.limit
        else:
            return Fraction(0), False
        outs = [out for out in self.gone.values() if rule.window.holds(out[0][0], self.day)]
        if rule.uses is not None:
            group = [other for other in met if other is rule or (rule.group and other.group == rule.group)]
            spent = [
                out
                for out in outs
                if any((exempt or rule.taxed_too) and _may_touch(group, piece) for _, piece, exempt in out)
            ]
            if len(spent) >= rule.uses:
                return Fraction(0), False
        if isinstance(form, MostVisits):
            touched = [out for out in outs if any(_may_touch([rule], piece) for _, piece, _ in out)]
            return max(limit - len(touched), Fraction(0)), False
        exempt = [piece for out in outs for _, piece, free in out if free or rule.taxed_too]
        known, missing = _added(rule, exempt)
        return max(limit - known, Fraction(0)), missing

    def verdict(self, pieces: Sequence[Piece]) -> Verdict:
        """The worst verdict on these goods."""
        return max((self.of_rule(met, pieces) for met in self.met), default=Verdict.OK)

    def of_rule(self, met: Met, pieces: Sequence[Piece]) -> Verdict:
        rule, form = met.rule, met.rule.form
        mine = [piece for piece in pieces if _sees(rule, piece) is not False]
        if not mine:
            return Verdict.OK
        surely = [piece for piece in mine if _sees(rule, piece)]
        unknowns = met.doubtful or met.hazy or len(surely) < len(mine)
        least = Verdict.UNKNOWN if unknowns else Verdict.OK
        if met.young or isinstance(form, Ban):
            _, missing = _added(rule, mine)
            least = Verdict.UNKNOWN if missing else least
            return max(met.over if surely else Verdict.OK, least)
        if isinstance(form, MostVisits):
            return max(met.over if met.left < 1 else Verdict.OK, least)
        if isinstance(form, Each):
            amounts = [piece.of(form.measure) for piece in surely]
            broken = any(amount is not None and amount > form.limit for amount in amounts)
            return max(met.over if broken else Verdict.OK, Verdict.UNKNOWN if None in amounts else least)
        if isinstance(form, PerVariant):
            sums: dict[str, Fraction] = {}
            for piece in surely:
                amount, variant = piece.of(form.measure), piece.goods.attributes.variant
                if amount is None or variant is None:
                    least = Verdict.UNKNOWN
                else:
                    sums[variant] = sums.get(variant, Fraction(0)) + amount
            return max(met.over if any(total > form.limit for total in sums.values()) else Verdict.OK, least)
        if isinstance(form, Choice):
            return max(self._choice(met, form, surely), least)
        known, missing = _added(rule, mine)
        verdict = Verdict.OK
        if isinstance(form, Tiers):
            verdict = met.over
            for tier in reversed(form.tiers):
                verdict = tier.over if known <= tier.up_to else verdict
        elif known > met.left:
            verdict = met.over
        elif isinstance(form, Pool):
            used = {index for piece in mine for index, part in enumerate(form.parts) if _holds(part.scope, piece)}
            verdict = form.mixed if len(used) > 1 else Verdict.OK
        return max(verdict, Verdict.UNKNOWN if missing else least)

    def _choice(self, met: Met, form: Choice, pieces: Sequence[Piece]) -> Verdict:
        if not pieces:
            return Verdict.OK
        answers = [
            _alternative(alternative, pieces)
            for alternative in form.alternatives
            if alternative.since is None or alternative.since <= self.day
        ]
        return Verdict.OK if True in answers else Verdict.UNKNOWN if None in answers else met.over

    def duty(self, pieces: Sequence[Piece]) -> Fraction | None:
        """The least duty on all these goods, exact; None unless the verdict is `duty`."""
        if self.verdict(pieces) is not Verdict.DUTY:
            return None
        charge = self.regime.charge_on(self.day)
        if isinstance(charge, PartAbove):
            return self._part(charge, pieces)
        assert isinstance(charge, WholeUnit)
        taxing = [met for met in self.met if met.over is Verdict.DUTY or isinstance(met.rule.form, Tiers)]
        duties = [piece.value * _rate(charge, piece) for piece in pieces]
        least = sum(duties, Fraction(0))
        for exempt in product((False, True), repeat=len(pieces)):
            free = [piece for piece, out in zip(pieces, exempt) if out]
            if all(self.of_rule(met, free) < Verdict.DUTY for met in taxing):
                least = min(least, sum((duty for duty, out in zip(duties, exempt) if not out), Fraction(0)))
        return least

    def _part(self, charge: PartAbove, pieces: Sequence[Piece]) -> Fraction:
        groups: dict[str, Fraction] = {}
        total = Fraction(0)
        for met in self.met:
            known, _ = _added(met.rule, pieces)
            form = met.rule.form
            if isinstance(form, Sum) and met.over is Verdict.DUTY:
                rate = charge.ad_valorem if form.measure == "value" else charge.minimum or Fraction(0)
                name = met.rule.group or met.rule.id
                groups[name] = max(groups.get(name, Fraction(0)), rate * max(known - met.left, Fraction(0)))
            elif isinstance(form, Tiers) and not met.young:
                floor = Fraction(0)
                for tier in form.tiers:
                    total += tier.specific * max(min(known, tier.up_to) - floor, Fraction(0))
                    floor = tier.up_to
        return total + sum(groups.values())

    def advice(self, basket: Sequence[Piece]) -> tuple[int, ...] | None:
        """How many units to leave of each line; None where nothing needs to be, or can be."""
        if self.verdict([*self.pending, *basket]) <= Verdict.NOTE:
            return None
        return _best_to_leave(basket, lambda kept: self.verdict([*self.pending, *kept]) <= Verdict.NOTE)


def split(people: Sequence[Plain], basket: Sequence[Piece]) -> tuple[Verdict, Fraction | None]:
    """The best worst verdict of a party, and the least summed duty where that is `duty`."""
    best: tuple[Verdict, Fraction] | None = None
    for carriers in product(range(len(people)), repeat=len(basket)):
        loads = [
            [*one.pending, *(piece for piece, carrier in zip(basket, carriers) if carrier == index)]
            for index, one in enumerate(people)
        ]
        worst = max(one.verdict(load) for one, load in zip(people, loads))
        duty = Fraction(0)
        if worst is Verdict.DUTY and (best is None or best[0] >= worst):
            duty = sum((one.duty(load) or Fraction(0) for one, load in zip(people, loads)), Fraction(0))
        if best is None or (worst, duty) < best:
            best = worst, duty
    assert best is not None
    return best[0], best[1] if best[0] is Verdict.DUTY else None


def party_advice(people: Sequence[Plain], basket: Sequence[Piece]) -> tuple[int, ...] | None:
    """What a party should leave; None where nothing needs to be, or can be."""

    def fits(kept: Sequence[Piece]) -> bool:
        return split(people, kept)[0] <= Verdict.NOTE

    return None if fits(basket) else _best_to_leave(basket, fits)


def _best_to_leave(basket: Sequence[Piece], fits: object) -> tuple[int, ...] | None:
    assert callable(fits)
    best: tuple[Fraction, int, list[int]] | None = None
    for leaving in product((False, True), repeat=len(basket)):
        left = [piece for piece, stays in zip(basket, leaving) if stays]
        lines = sorted((piece.line for piece in left if piece.line is not None), reverse=True)
        rank = (sum((piece.value for piece in left), Fraction(0)), len(left), [-line for line in lines])
        if (best is None or rank < best) and fits([piece for piece, stays in zip(basket, leaving) if not stays]):
            best = rank
    if best is None:
        return None
    most = max((piece.line or 0 for piece in basket), default=-1)
    return tuple(best[2].count(-line) for line in range(most + 1))


def _holds(scope: Scope, piece: Piece) -> bool | None:
    if piece.goods.category not in scope.leaves:
        return False
    if scope.strength is None:
        return True
    abv = piece.goods.attributes.abv
    return None if abv is None else scope.strength.admits(Fraction(abv))


def _sees(rule: Rule, piece: Piece) -> bool | None:
    if not isinstance(rule.form, Pool):
        return _holds(rule.scope, piece)
    seen = [_holds(part.scope, piece) for part in rule.form.parts]
    return True if True in seen else None if None in seen else False


def _may_touch(rules: Sequence[Rule], piece: Piece) -> bool:
    return any(_sees(rule, piece) is not False for rule in rules)


def _added(rule: Rule, pieces: Sequence[Piece]) -> tuple[Fraction, bool]:
    """The sum of what is known, and whether something is missing."""
    form = rule.form
    known, missing = Fraction(0), False
    if isinstance(form, Sum | Tiers):
        parts = [(rule.scope, form.measure, Fraction(1))]
    elif isinstance(form, Pool):
        parts = [(part.scope, part.measure, part.per) for part in form.parts]
    else:
        return known, missing
    for piece in pieces:
        for scope, measure, per in parts:
            held, amount = _holds(scope, piece), piece.of(measure)
            if held is False:
                continue
            if held is None or amount is None:
                missing = True
            else:
                known += amount / per
    return known, missing


def _alternative(alternative: Alternative, pieces: Sequence[Piece]) -> bool | None:
    held = [_holds(alternative.only, piece) for piece in pieces]
    if False in held:
        return False
    hazy = None in held
    bounds = [(alternative.only, alternative.measure, alternative.limit)]
    bounds += [(bound.scope, bound.measure, bound.limit) for bound in alternative.within]
    for scope, measure, limit in bounds:
        known = Fraction(0)
        for piece in pieces:
            inside, amount = _holds(scope, piece), piece.of(measure)
            if inside is False:
                continue
            if inside is None or amount is None:
                hazy = True
            else:
                known += amount
        if known > limit:
            return False
    return None if hazy else True


def _rate(charge: WholeUnit, piece: Piece) -> Fraction:
    for rate in charge.rates:
        if _holds(rate.scope, piece) and piece.value >= rate.unit_value_from:
            return rate.rate
    return Fraction(0)
