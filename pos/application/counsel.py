"""Duty, what to leave behind, and whether another split is better: searched beside the scan, never in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from pos.application.judge_quota import Ledgers, Standings, bought, goods_of, standings_of
from pos.domain.cart import Cart
from pos.domain.money import Currency, Money
from pos.domain.quota.assess import Assessment
from pos.domain.quota.judge import Judgement, judge
from pos.domain.quota.measure import NoQuotaRate
from pos.domain.quota.parties import Member, PartyJudgement, judge_party
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.rates import RateTable
from pos.domain.visitor import Visitor

MOST_FOR_A_GLANCE = 480
"""Visitors times pieces up to which the best split is looked for unasked: 8 × 60."""

Shares = Mapping[int, Sequence[tuple[str, int]]]
"""By row id: to which visitor (by label) how many pieces go."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """What sharing the basket anew would come to. `proved`: no split is better."""

    verdict: Verdict
    duty: Money | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Counsel:
    """The answer to a Question, for the view with the same `sequence`.

    `judged` is by visitor's label; `duty` the sum over them, None unless the worst verdict is `duty`. `leave` is what
    to leave behind, as (row id, pieces): empty where sharing anew is enough, None where nothing needs to be left or
    nothing helps. `split` is None for one visitor, for a basket within its allowances, and for one too great to look
    for it unasked. `proved`: there is nothing cheaper to leave, and no lower duty for what each carries.
    """

    sequence: int
    verdict: Verdict
    duty: Money | None
    judged: Mapping[str, Judgement]
    leave: tuple[tuple[int, int], ...] | None
    split: Prospect | None
    proved: bool


@dataclass(frozen=True, slots=True)
class Question:
    """The basket and where its visitors stand. It is never changed, so any thread may search for the answer."""

    sequence: int
    standings: Standings
    cart: Cart

    def known(self, quota: Mapping[str, Assessment]) -> Counsel | None:
        """The answer without a search, where the verdicts on this basket (by label) ask for none; else None."""
        verdict = max(assessment.verdict for assessment in quota.values())
        if verdict > Verdict.NOTE:
            return None
        judged = {label: Judgement(assessment, None, None) for label, assessment in quota.items()}
        return Counsel(self.sequence, verdict, None, judged, None, None, proved=True)

    def answer(self) -> Counsel:
        """Search. A node budget ends it, so that the same basket has the same answer."""
        judged = {label: self._of(label) for label in self.standings}
        verdict = max(judgement.assessment.verdict for judgement in judged.values())
        duty = self._duty(judged) if verdict is Verdict.DUTY else None
        bills = [judgement.bill for judgement in judged.values() if judgement.bill is not None]
        proved = all(bill.proved for bill in bills)
        leave, split = None, None
        if len(judged) == 1:
            (label, alone), *_ = judged.items()
            if alone.advice is not None:
                carried = [line.id for line in self.cart.lines if line.carrier == label]
                leave = tuple((carried[place], pieces) for place, pieces in alone.advice.units)
                proved = proved and alone.advice.proved
        elif verdict > Verdict.NOTE and len(judged) * self.cart.pieces <= MOST_FOR_A_GLANCE:
            best = self.best()
            split = Prospect(best.verdict, best.duty, best.proved)
            if best.advice is not None:
                leave = tuple((self.cart.lines[place].id, pieces) for place, pieces in best.advice.units)
                proved = proved and best.advice.proved
            elif best.verdict <= Verdict.NOTE:
                leave = ()
        return Counsel(self.sequence, verdict, duty, judged, leave, split, proved)

    def best(self) -> PartyJudgement:
        """The best split of the whole basket over the visitors."""
        members = [Member(label, standing) for label, standing in self.standings.items()]
        return judge_party(members, [goods_of(line) for line in self.cart.lines])

    def in_price(self, duty: Money, price: Currency) -> Money | None:
        """A duty in the currency of the prices, at the customs rate; None where it is that, or has no rate."""
        scales = next((standing.scales for standing in self.standings.values()), None)
        if scales is None or duty.currency == price:
            return None
        try:
            return Money.rounded(scales.in_currency(duty.units, price.code), price)
        except NoQuotaRate:
            return None

    def shares_of(self, party: PartyJudgement) -> Shares:
        """A split as shares of this basket's rows."""
        shares: dict[int, list[tuple[str, int]]] = {line.id: [] for line in self.cart.lines}
        for label, carried in party.split.items():
            for place, pieces in carried:
                shares[self.cart.lines[place].id].append((label, pieces))
        return shares

    def _of(self, label: str) -> Judgement:
        carried = [goods_of(line) for line in self.cart.lines if line.carrier == label]
        return judge(self.standings[label], carried)

    def _duty(self, judged: Mapping[str, Judgement]) -> Money:
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
    standings = standings_of(regime, visitors, carried, at, rates)
    question = Question(0, standings, replace(cart, lines=tuple(free)))
    return cart.shared(question.shares_of(question.best()), join=False)
