"""Duty, what to leave behind, and whether another split is better: searched beside the scan, never in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from itertools import islice

from pos.application.quota.evaluate_quota import Ledgers, Standings, bought, goods_of, positions_of
from pos.domain.money import Currency, Money
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.assess import Assessment
from pos.domain.quota.evaluation import Evaluation, evaluations, judge
from pos.domain.quota.measure import ItemOrigin, NoQuotaRate
from pos.domain.quota.parties import Member, PartyEvaluation, party_answers
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.sales.cart import Cart
from pos.domain.visitors.visitor import Visitor

MOST_FOR_A_GLANCE = 480
"""Visitors times pieces up to which the best split is looked for unasked: 8 × 60."""

_TIMES_ALONE = 3
"""Budgets that are spent on one visitor beside the till: the last takes a fifth of a second."""

Shares = Mapping[int, Sequence[tuple[str, int]]]
"""By row id: to which visitor (by label) how many pieces go."""


@dataclass(frozen=True, slots=True)
class SplitPreview:
    """What sharing the basket anew would come to. `proved`: no split is better.

    `party` is the split itself: what is applied is what was told.
    """

    verdict: Verdict
    duty: Money | None
    proved: bool
    party: PartyEvaluation


@dataclass(frozen=True, slots=True)
class QuotaAdvice:
    """The answer to a Question, for the view with the same `sequence`.

    `judged` is by visitor's label; `duty` the sum over them, None unless the worst verdict is `duty`. `leave` is what
    to leave behind, as (row id, pieces): empty where sharing anew is enough, None where nothing needs to be left or
    nothing helps; `within` is how a party shares the rest then. `split` is None for one visitor, for a basket within
    its allowances, and for one too great to look for it unasked. `proved`: there is nothing cheaper to leave, and no
    lower duty for what each carries.
    """

    sequence: int
    verdict: Verdict
    duty: Money | None
    judged: Mapping[str, Evaluation]
    leave: tuple[tuple[int, int], ...] | None
    split: SplitPreview | None
    proved: bool
    within: Shares | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """The basket and where its visitors stand. It is never changed, so any thread may search for the answer."""

    sequence: int
    standings: Standings
    cart: Cart

    def known(self, quota: Mapping[str, Assessment]) -> QuotaAdvice | None:
        """The answer without a search, where the verdicts on this basket (by label) ask for none; else None."""
        verdict = max(assessment.verdict for assessment in quota.values())
        if verdict > Verdict.NOTE:
            return None
        judged = {label: Evaluation(assessment, None, None) for label, assessment in quota.items()}
        return QuotaAdvice(self.sequence, verdict, None, judged, None, None, proved=True)

    def answer(self) -> QuotaAdvice:
        """The first answer, found at once. Work ends the search, so that the same basket has the same answer."""
        first = next(self.answers())
        assert first is not None
        return first

    def answers(self) -> Iterator[QuotaAdvice | None]:
        """The first answer, then better ones as they are found; None stands for a step that found nothing better."""
        if len(self.standings) == 1:
            yield from self._alone()
            return
        judged = {label: self._of(label) for label in self.standings}
        told = self._told(judged)
        if told.verdict <= Verdict.NOTE or len(judged) * self.cart.pieces > MOST_FOR_A_GLANCE:
            yield told
            return
        for found in self.splits():
            yield None if found is None else self._with_split(told, found)

    def _alone(self) -> Iterator[QuotaAdvice]:
        (label, standing), *_ = self.standings.items()
        carried = [line for line in self.cart.lines if line.carrier == label]
        lots = [standing.scales.lot(ItemOrigin(place), goods_of(line)) for place, line in enumerate(carried)]
        for judged in islice(evaluations(standing, lots), _TIMES_ALONE):
            told = self._told({label: judged})
            if judged.advice is None:
                yield told
                continue
            leave = tuple((carried[place].id, pieces) for place, pieces in judged.advice.units)
            yield replace(told, leave=leave, proved=judged.proved)

    def _told(self, judged: Mapping[str, Evaluation]) -> QuotaAdvice:
        verdict = max(judgement.assessment.verdict for judgement in judged.values())
        duty = self._duty(judged) if verdict is Verdict.DUTY else None
        bills = [judgement.bill for judgement in judged.values() if judgement.bill is not None]
        return QuotaAdvice(self.sequence, verdict, duty, judged, None, None, all(bill.proved for bill in bills))

    def _with_split(self, told: QuotaAdvice, party: PartyEvaluation) -> QuotaAdvice:
        split = SplitPreview(party.verdict, party.duty, party.proved, party)
        if party.advice is not None and party.within is not None:
            leave = tuple((self.cart.lines[place].id, pieces) for place, pieces in party.advice.units)
            within = self._by_row(party.within)
            return replace(told, split=split, leave=leave, within=within, proved=told.proved and party.advice.proved)
        return replace(told, split=split, leave=() if party.verdict <= Verdict.NOTE else None)

    def splits(self) -> Iterator[PartyEvaluation | None]:
        """Splits of the whole basket over the visitors, better and better; see party_answers."""
        members = [Member(label, standing) for label, standing in self.standings.items()]
        return party_answers(members, [goods_of(line) for line in self.cart.lines])

    def best(self) -> PartyEvaluation:
        """The split of the whole basket over the visitors that is found at once."""
        first = next(self.splits())
        assert first is not None
        return first

    def in_price(self, duty: Money, price: Currency) -> Money | None:
        """A duty in the currency of the prices, at the customs rate; None where it is that, or has no rate."""
        scales = next((standing.scales for standing in self.standings.values()), None)
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
            for place, pieces in carried:
                shares[self.cart.lines[place].id].append((label, pieces))
        return shares

    def _of(self, label: str) -> Evaluation:
        carried = [goods_of(line) for line in self.cart.lines if line.carrier == label]
        return judge(self.standings[label], carried)

    def _duty(self, judged: Mapping[str, Evaluation]) -> Money:
        exact = sum((j.bill.exact for j in judged.values() if j.bill is not None), Fraction(0))
        return Money.rounded(exact, next(iter(self.standings.values())).regime.currency)


def shared_freely(
    cart: Cart, regime: Regime, visitors: Sequence[Visitor], ledgers: Ledgers, at: datetime, rates: RateTable
) -> Cart:
    """The cart with every line that nobody carries given to whom it suits best; the other lines stay where they are.

    What somebody carries already forms one carry-out with what he is given, as if he had bought it before.
    """
    free = [line for line in cart.lines if line.carrier is None]
    if not free:
        return cart
    carried = {
        v.label: (*ledgers.get(v.label, ()), *(bought(line, at) for line in cart.lines if line.carrier == v.label))
        for v in visitors
    }
    standings = positions_of(regime, visitors, carried, at, rates)
    question = Question(0, standings, replace(cart, lines=tuple(free)))
    return cart.shared(question.shares_of(question.best()), join=False)
