"""The plain evaluator for one shop of several: what other shops sold lies in the same carry-out and stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.measure import QuotaRates
from pos.domain.quota.rule import (
    Ban,
    Choice,
    Each,
    MostVisits,
    PartAbove,
    PerVariant,
    Regime,
    Tiers,
    Verdict,
    WholeUnit,
)
from tests.domain.quota.brute_force import Met, Piece, Plain, _added, _rate, _sees

ENDLESS = Fraction(10**12)


class Sold(NamedTuple):
    """One unit that waits to be carried out: whether another shop sold it, and whether it was sold free."""

    at: datetime
    piece: Piece
    elsewhere: bool
    free: bool


class PlainShop(Plain):
    """One visitor at one instant, as one shop sees them: `pending` was sold here, `others` in other shops."""

    def __init__(
        self, regime: Regime, visitor: Traveller, history: Sequence[PastSale], at: datetime, rates: QuotaRates
    ) -> None:
        today = at.astimezone(regime.zone).date()
        waiting = [sale for sale in history if _waits(regime, sale, today)]
        super().__init__(
            regime, visitor, [sale for sale in history if sale not in waiting or not sale.fixed], at, rates
        )
        self.whole = isinstance(regime.charge_on(self.day), WholeUnit)
        self.sold = [
            Sold(sale.at, piece, sale.fixed, not self.whole or number >= goods.taxed_units)
            for sale in waiting
            for goods in sale.lines
            for number, piece in enumerate(self.pieces(goods, None))
        ]
        self.sold.sort(key=lambda one: (one.at, not one.elsewhere))
        self.others = [one for one in self.sold if one.elsewhere]

    def verdict(self, pieces: Sequence[Piece]) -> Verdict:
        return max((self.here(met, pieces) for met in self.met), default=Verdict.OK)

    def here(self, met: Met, own: Sequence[Piece]) -> Verdict:
        """The verdict of one rule on this shop's goods beside those of other shops."""
        form, all_of_them = met.rule.form, [one.piece for one in self.others]
        free = [*own, *(one.piece for one in self.others if one.free)]
        steps: list[tuple[Fraction, Verdict]] = []
        if isinstance(form, Tiers):
            overs = [*(tier.over for tier in form.tiers[1:]), met.over]
            steps = [(tier.up_to, over) for tier, over in zip(form.tiers, overs)]
        worse = [over for _, over in steps if over not in (Verdict.OK, Verdict.DUTY)]
        if met.over is Verdict.DUTY and (met.young or not worse):
            if all(_sees(met.rule, piece) is False for piece in own):
                return Verdict.OK
            if met.young or isinstance(form, Ban | Each | MostVisits):
                return self.of_rule(met, own)
            said = self.of_rule(met, free)
            if said is not Verdict.DUTY or self._adds(met, own, free):
                return said
            return self.of_rule(_calm(met), free)
        if Verdict.DUTY in [over for _, over in steps] and not met.young:
            everything = [*own, *all_of_them]
            least = self.of_rule(_calm(met), everything)
            known_free, known_all = _added(met.rule, free)[0], _added(met.rule, everything)[0]
            above: list[Verdict] = [over for step, over in steps if over is not Verdict.DUTY and known_all > step]
            first = next(step for step, over in steps if over is Verdict.DUTY)
            if known_free > first and self._adds(met, own, free):
                above.append(Verdict.DUTY)
            return max([least, *above])
        return self.of_rule(met, [*own, *all_of_them])

    def _adds(self, met: Met, own: Sequence[Piece], free: Sequence[Piece]) -> bool:
        """Whether goods of this shop are a part of what lies above the limit."""
        form = met.rule.form
        if isinstance(form, Choice):
            return any(_sees(met.rule, piece) for piece in own)
        if isinstance(form, PerVariant):
            sums: dict[str, Fraction] = {}
            for piece in free:
                kind, amount = piece.goods.attributes.variant, piece.of(form.measure)
                if _sees(met.rule, piece) and kind is not None and amount is not None:
                    sums[kind] = sums.get(kind, Fraction(0)) + amount
            mine = [piece for piece in own if _sees(met.rule, piece) and piece.of(form.measure)]
            return any(sums.get(piece.goods.attributes.variant or "", Fraction(0)) > form.limit for piece in mine)
        limit = met.left
        if isinstance(form, Tiers):
            overs = [*(tier.over for tier in form.tiers[1:]), met.over]
            limit = next(tier.up_to for tier, over in zip(form.tiers, overs) if over is Verdict.DUTY)
        total = Fraction(0)
        for piece, is_mine in self._in_order(own):
            amount, _ = _added(met.rule, [piece])
            if is_mine and max(total + amount - limit, Fraction(0)) > max(total - limit, Fraction(0)):
                return True
            total += amount
        return False

    def _in_order(self, own: Sequence[Piece]) -> list[tuple[Piece, bool]]:
        """The units in the order in which they take room, each with whether it is this shop's."""
        if self.whole:
            theirs = [(one.piece, False) for one in self.others if one.free]
            return [*theirs, *((piece, True) for piece in own)]
        basket = [(piece, True) for piece in own if piece.line is not None]
        return [*((one.piece, not one.elsewhere) for one in self.sold), *basket]

    def duty(self, pieces: Sequence[Piece]) -> Fraction | None:
        if self.verdict(pieces) is not Verdict.DUTY:
            return None
        charge = self.regime.charge_on(self.day)
        if isinstance(charge, PartAbove):
            owed, before = Fraction(0), list[Piece]()
            for piece, is_mine in self._in_order(pieces):
                more = self._part(charge, [*before, piece]) - self._part(charge, before)
                before.append(piece)
                owed += more if is_mine else 0
            return owed
        assert isinstance(charge, WholeUnit)
        taxing = [met for met in self.met if met.over is Verdict.DUTY or isinstance(met.rule.form, Tiers)]
        duties = [piece.value * _rate(charge, piece) for piece in pieces]
        least = sum(duties, Fraction(0))
        for exempt in product((False, True), repeat=len(pieces)):
            out = [piece for piece, goes in zip(pieces, exempt) if goes]
            if all(self.here(met, out) < Verdict.DUTY for met in taxing):
                least = min(least, sum((duty for duty, goes in zip(duties, exempt) if not goes), Fraction(0)))
        return least


def _calm(met: Met) -> Met:
    """The same rule with nothing above its limit: what it says of kinds that are mixed, and of gaps."""
    form = met.rule.form
    if isinstance(form, Tiers):
        form = Tiers(form.measure, tuple(replace(tier, over=Verdict.OK) for tier in form.tiers))
    return replace(met, left=ENDLESS, rule=replace(met.rule, form=form, over=Verdict.OK))


def _waits(regime: Regime, sale: PastSale, today: date) -> bool:
    if sale.carried_out_at is not None or regime.parcels:
        return False
    return not (regime.assume_left and sale.at.astimezone(regime.zone).date() < today)
