"""Computes duty, items to remove and a better split, on a background thread."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from itertools import islice

from pos.application.quota.evaluate_quota import (
    AllowancePositions,
    Elsewhere,
    Ledgers,
    assess_each,
    bought,
    goods_of,
    positions_of,
)
from pos.application.quota.open_questions import ENTRIES, rules_in_doubt
from pos.domain.money import Currency, Money
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.assess import Assessment, assess_from, assess_items
from pos.domain.quota.evaluation import Evaluation, evaluations, judge
from pos.domain.quota.measure import Goods, ItemOrigin, NoQuotaRate
from pos.domain.quota.party_split import Member, PartyEvaluation, party_answers
from pos.domain.quota.rule import Ban, Regime, Verdict
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import Parcel, weighed_together
from pos.domain.visitors.visitor import Visitor

MOST_FOR_A_GLANCE = 480
"""Visitors times pieces up to which the best split is searched automatically: 8 × 60."""

_TIMES_ALONE = 3
"""Budgets spent on one visitor without blocking the till: the last takes a fifth of a second."""

Shares = Mapping[int, Sequence[tuple[str, int]]]
"""By row id: how many pieces go to which visitor (by label)."""


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """The result of sharing the basket again. `proved`: no split is better.

    `party` is the split itself: the split that is applied is the one that was shown. `open` are the questions on which
    its verdict depends and that are not open yet: the split gives limited goods to a visitor who has none now.
    """

    verdict: Verdict
    duty: Money | None
    proved: bool
    party: PartyEvaluation
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaAdvice:
    """The answer to an AdviceRequest, for the view with the same `sequence`.

    `judged` is by visitor's label; `duty` the sum over them, None unless the worst verdict is `duty`. `leave` lists
    what to remove, as (row id, pieces): empty if a new split is enough, None if nothing has to be removed or nothing
    helps; `within` is the split of the rest over a party. `split` is None for one visitor, for a basket within its
    allowances, and for a basket too large for an automatic search. `proved`: nothing cheaper can be removed, and no
    duty is lower with these carriers. `open_within` are the questions on which the rest depends besides those open now.
    `kept`: the rest is within at its own prices; goods of a set that is broken up cost more.
    """

    sequence: int
    verdict: Verdict
    duty: Money | None
    judged: Mapping[str, Evaluation]
    leave: tuple[tuple[int, int], ...] | None
    split: SplitPreview | None
    proved: bool
    within: Shares | None = None
    open_within: tuple[str, ...] = ()
    kept: bool = True


@dataclass(frozen=True, slots=True)
class AdviceRequest:
    """The basket and its visitors' allowance positions. It is immutable, so any thread may search for the answer.

    `frequent` are the positions of the visitors whose days of entry were not asked for, had they entered every day.
    `open` are the questions on which the verdict on the goods that a visitor carries now depends, by label.
    """

    sequence: int
    positions: AllowancePositions
    cart: Cart
    frequent: AllowancePositions = field(default_factory=dict)
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parcel: Parcel | None = None
    """How the goods of its one visitor are sent, and at least as heavy as they are."""

    def broken_before(self, label: str) -> frozenset[str]:
        """The rules that a visitor breaks by what they bought earlier, without the basket."""
        position = self.positions.get(label)
        if position is None:
            return frozenset()
        results = assess_from(position, ()).rules
        return frozenset(result.rule.id for result in results if result.verdict > Verdict.UNKNOWN)

    def known(self, quota: Mapping[str, Assessment]) -> QuotaAdvice | None:
        """The answer without a search, if the verdicts on this basket (by label) need none; else None."""
        verdict = max(assessment.verdict for assessment in quota.values())
        if verdict > Verdict.NOTE:
            return None
        judged = {label: Evaluation(assessment, None, None) for label, assessment in quota.items()}
        return QuotaAdvice(self.sequence, verdict, None, judged, None, None, proved=True)

    def answer(self) -> QuotaAdvice:
        """The first answer, computed at once. The search is limited by work, so that the same basket has the same
        answer.
        """
        first = next(self.answers())
        assert first is not None
        return first

    def answers(self) -> Iterator[QuotaAdvice | None]:
        """The first answer, then better ones; None for a step without a better answer."""
        if len(self.positions) == 1:
            yield from self._alone()
            return
        judged = {label: self._of(label) for label in self.positions}
        advice = self._advice(judged)
        if advice.verdict <= Verdict.NOTE or len(judged) * self.cart.pieces > MOST_FOR_A_GLANCE:
            yield advice
            return
        for party in self.splits():
            yield None if party is None else self._with_split(advice, party)

    def _alone(self) -> Iterator[QuotaAdvice]:
        (label, position), *_ = self.positions.items()
        carried = [line for line in self.cart.lines if line.carrier == label]
        goods = self._goods(label)
        lots = [position.scales.lot(ItemOrigin(index), one) for index, one in enumerate(goods)]
        for found in islice(evaluations(position, lots), _TIMES_ALONE):
            judged = self._without_vain_advice(found)
            advice = self._advice({label: judged})
            if judged.advice is None:
                yield advice
                continue
            leave = tuple((carried[index].id, pieces) for index, pieces in judged.advice.units)
            yield replace(advice, leave=leave, proved=judged.proved, kept=self._is_kept(leave))

    def _without_vain_advice(self, judged: Evaluation) -> Evaluation:
        """The same; of a parcel that is taxed from the first piece it is no advice to remove everything, nor what of it
        is taxed at a known rate.
        """
        if self.parcel is None or judged.assessment.verdict is not Verdict.DUTY:
            return judged
        units = () if judged.advice is None else judged.advice.units
        is_empty = sum(pieces for _, pieces in units) == self.cart.pieces
        taxed = (one.rule for one in judged.assessment.rules if one.verdict is Verdict.DUTY)
        is_vain = is_empty or all(isinstance(rule.form, Ban) for rule in taxed)
        return replace(judged, advice=None) if is_vain else judged

    def _advice(self, judged: Mapping[str, Evaluation]) -> QuotaAdvice:
        verdict = max(judgement.assessment.verdict for judgement in judged.values())
        duty = self._duty(judged) if verdict is Verdict.DUTY else None
        bills = [judgement.bill for judgement in judged.values() if judgement.bill is not None]
        return QuotaAdvice(self.sequence, verdict, duty, judged, None, None, all(bill.proved for bill in bills))

    def _with_split(self, advice: QuotaAdvice, party: PartyEvaluation) -> QuotaAdvice:
        split = SplitPreview(party.verdict, party.duty, party.proved, party, self._open_in(party.split))
        if party.advice is not None and party.within is not None:
            leave = tuple((self.cart.lines[index].id, pieces) for index, pieces in party.advice.units)
            within = self._by_row(party.within)
            return replace(
                advice,
                split=split,
                leave=leave,
                within=within,
                proved=advice.proved and party.advice.proved,
                open_within=self._open_in(party.within),
                kept=self._is_kept(leave, within),
            )
        return replace(advice, split=split, leave=() if party.verdict <= Verdict.NOTE else None)

    @property
    def _is_plain(self) -> bool:
        """Whether a piece costs the same whatever is beside it."""
        return all(line.is_plain for line in self.cart.lines)

    def _is_kept(self, leave: Sequence[tuple[int, int]], within: Shares | None = None) -> bool:
        """Whether the basket without `leave` is within at the prices that it has then, shared as `within` says."""
        if self._is_plain:
            return True
        cart = self.cart
        for row, pieces in leave:
            left = cart.line(row).quantity - pieces
            cart = cart.with_quantity(row, left) if left else cart.without(row)
        if within is not None:
            cart = cart.shared(within)
        return all(one.verdict <= Verdict.NOTE for one in assess_each(self.positions, cart, self.parcel)[1].values())

    def _open_in(self, split: Mapping[str, Sequence[tuple[int, int]]]) -> tuple[str, ...]:
        """The questions on which the verdict on a split, in (basket line, pieces), depends."""
        for label, frequent in self.frequent.items():
            plain = self.positions[label]
            lots = [
                plain.scales.lot(ItemOrigin(index), goods_of(self.cart.lines[index])).units(pieces)
                for index, pieces in split.get(label, ())
                if pieces
            ]
            if rules_in_doubt(assess_items(plain, lots), assess_items(frequent, lots)):
                return (ENTRIES,)
        return ()

    def splits(self) -> Iterator[PartyEvaluation | None]:
        """Ever better splits of the whole basket over the visitors; see party_answers."""
        members = [Member(label, position) for label, position in self.positions.items()]
        for party in party_answers(members, [goods_of(line) for line in self.cart.lines]):
            yield None if party is None else self._as_it_costs(party)

    def _as_it_costs(self, party: PartyEvaluation) -> PartyEvaluation:
        """The split with the verdict and the duty at its own prices: of a set that is split one part may be free."""
        if self._is_plain:
            return party
        shares = self.shares_of(party)
        cart = self.cart.shared(shares)
        sought = defaultdict[tuple[str | None, int], Fraction](Fraction)
        found = defaultdict[tuple[str | None, int], Fraction](Fraction)
        for line in self.cart.lines:
            for label, pieces in shares[line.id]:
                sought[label, line.product.id] += Fraction(line.off.minor * pieces, line.quantity)
        for line in cart.lines:
            found[line.carrier, line.product.id] += line.off.minor
        if sought == found:
            return party
        then = replace(self, cart=cart)
        judged = {label: then._of(label) for label in self.positions}
        verdict = max(one.assessment.verdict for one in judged.values())
        duty = then._duty(judged) if verdict is Verdict.DUTY else None
        proved = party.proved and (verdict, duty) == (party.verdict, party.duty)
        return replace(party, verdict=verdict, duty=duty, proved=proved)

    def best(self) -> PartyEvaluation:
        """The split of the whole basket over the visitors that is computed at once."""
        first = next(self.splits())
        assert first is not None
        return first

    def in_price(self, duty: Money, price: Currency) -> Money | None:
        """A duty in the currency of the prices, at the customs rate; None if it is in that currency or there is no
        rate.
        """
        scales = next((position.scales for position in self.positions.values()), None)
        if scales is None or duty.currency == price:
            return None
        try:
            return Money.rounded(scales.in_currency(duty.units, price.code), price)
        except NoQuotaRate:
            return None

    def shares_of(self, party: PartyEvaluation) -> Shares:
        """A split as shares of this basket's rows."""
        return self._by_row(party.split)

    def _by_row(self, split: Mapping[str, Sequence[tuple[int, int]]]) -> Shares:
        shares: dict[int, list[tuple[str, int]]] = {line.id: [] for line in self.cart.lines}
        for label, carried in split.items():
            for index, pieces in carried:
                shares[self.cart.lines[index].id].append((label, pieces))
        return shares

    def _of(self, label: str) -> Evaluation:
        return judge(self.positions[label], self._goods(label))

    def _goods(self, label: str) -> Sequence[Goods]:
        goods = [goods_of(line) for line in self.cart.lines if line.carrier == label]
        return goods if self.parcel is None or not goods else weighed_together(goods, self.parcel)

    def _duty(self, judged: Mapping[str, Evaluation]) -> Money:
        exact = sum((j.bill.exact for j in judged.values() if j.bill is not None), Fraction(0))
        return Money.rounded(exact, next(iter(self.positions.values())).regime.currency)


def shared_freely(
    cart: Cart,
    regime: Regime,
    visitors: Sequence[Visitor],
    ledgers: Ledgers,
    at: datetime,
    rates: RateTable,
    elsewhere: Elsewhere | None = None,
) -> Cart:
    """The cart with every line without a carrier assigned to the best visitor; the other lines keep theirs.

    A visitor's existing lines leave together with the assigned ones, as if bought before.
    """
    free = [line for line in cart.lines if line.carrier is None]
    if not free:
        return cart
    carried = {
        v.label: (*ledgers.get(v.label, ()), *(bought(line, at) for line in cart.lines if line.carrier == v.label))
        for v in visitors
    }
    positions = positions_of(regime, visitors, carried, at, rates, elsewhere)
    request = AdviceRequest(0, positions, replace(cart, lines=tuple(free)))
    return cart.shared(request.shares_of(request.best()), join=False)
