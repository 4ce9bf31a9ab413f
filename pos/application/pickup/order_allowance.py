"""Advice when an order is taken: whether one person may carry it, over by how much, and how many can.

It binds no one: the allowance is judged at the pick-up, for the visitors who stand there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.application.access.authorize import authorized_read
from pos.application.pickup.holding import cart_of, goods_of_orders
from pos.application.pickup.take_order import PERMISSION
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import goods_of, ledgers_of, positions_of
from pos.application.quota.strangers import strangers
from pos.application.settings.context import UseCase
from pos.application.text.formatting import money_text
from pos.application.text.measures import measure_text
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import Currency, Money
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.assess import RuleResult, assess_from
from pos.domain.quota.measure import Goods, NoQuotaRate
from pos.domain.quota.party_split import Member, evaluate_party
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor

_VALUE = "value"
_MOST_PEOPLE = 8
_MOST_PIECES = 60
"""Of more pieces no split is sought: it is advice, and must not keep a person waiting."""


@dataclass(frozen=True, slots=True)
class CarriesAlone:
    """The order under the rules of one side, for one person. `above` are the rules that it exceeds; `over` is how much
    its value is above the limit, in the price currency, None for none. `people` is the smallest number of such persons
    who can carry it, None where so few cannot, or it was not sought.
    """

    side: str
    regime: Regime
    verdict: Verdict
    above: tuple[RuleResult, ...] = ()
    over: Money | None = None
    people: int | None = 1

    @property
    def is_within(self) -> bool:
        return self.verdict <= Verdict.NOTE


@dataclass(frozen=True, slots=True)
class OrderToJudge:
    """What of an order is judged, for whom by side. Judging it asks the store for nothing, and may take a while."""

    goods: Sequence[Goods]
    positions: Mapping[str, AllowancePosition]
    price: Currency
    is_visitors: bool = False

    def judged(self) -> Sequence[CarriesAlone]:
        """Judge it for each side."""
        alone = self.is_visitors
        return [_judged(side, one, self.goods, self.price, alone=alone) for side, one in self.positions.items()]


class OrderAllowance(UseCase):
    """Judge an order beforehand."""

    def __call__(self, order: CustomerOrder, person: Person, visitor: Visitor | None = None) -> Sequence[CarriesAlone]:
        """For an adult of each side without purchases; or for a `visitor` who is known, with theirs.

        Raises NotAllowed. Nothing for goods of which the shop knows no category any more.
        """
        return self.read(order, person, visitor).judged()

    def read(self, order: CustomerOrder, person: Person, visitor: Visitor | None = None) -> OrderToJudge:
        """What the call judges. Raises NotAllowed."""
        now, settings, regimes = self.now(), self.settings(), self.regimes()
        with authorized_read(self.store, person, PERMISSION) as work:
            products = goods_of_orders(work, [order], now)
            rates = rates_of(work, settings, now)
            positions = strangers(settings.regime_for, regimes, rates, now)
            if visitor is not None:
                side = visitor.residence or ""
                regime = regimes.get(settings.regime_for(side))
                if regime is None:
                    return OrderToJudge((), {}, settings.price)
                ledgers = ledgers_of(work, [visitor], regime, regimes, now)
                positions = {side: positions_of(regime, [visitor], ledgers, now, rates)[visitor.label]}
        if any(product.category is None for product in products.values()):
            return OrderToJudge((), {}, settings.price)
        goods = [goods_of(line) for line in cart_of(order, products, settings.price).lines]
        return OrderToJudge(goods, positions, settings.price, is_visitors=visitor is not None)


def advice_text(advice: CarriesAlone, tr: Translator) -> str:
    """The advice in words; empty where one person may carry it."""
    if advice.is_within:
        return ""
    if advice.over is not None:
        said = [tr("Over by {amount} for one person.", amount=money_text(advice.over, tr.language))]
    elif (most := _most_above(advice)) is not None:
        said = [tr("Over by {amount} for one person.", amount=most_text(most, tr))]
    else:
        said = [tr("Not within the allowance of one person.")]
    if advice.people is not None and advice.people > 1:
        said.append(tr.plural("{n} person can carry it.", "{n} people can carry it.", advice.people))
    return paragraph(tr, said)


def most_text(result: RuleResult, tr: Translator) -> str:
    """By how much a limit is exceeded that is not one of value."""
    return measure_text(Fraction(result.over or 0), result.measure, tr)


def _most_above(advice: CarriesAlone) -> RuleResult | None:
    return next((one for one in advice.above if one.over and one.measure != _VALUE), None)


def _judged(
    side: str, position: AllowancePosition, goods: Sequence[Goods], price: Currency, *, alone: bool
) -> CarriesAlone:
    found = assess_from(position, goods)
    if found.verdict <= Verdict.NOTE:
        return CarriesAlone(side, position.regime, found.verdict)
    above = tuple(one for one in found.rules if one.verdict > Verdict.NOTE)
    people = None if alone else _people(position, goods)
    return CarriesAlone(side, position.regime, found.verdict, above, _over(position, above, price), people)


def _over(position: AllowancePosition, above: Sequence[RuleResult], price: Currency) -> Money | None:
    """The most by which a limit of value is exceeded, rounded up: what is over by a fen is over."""
    sums = [Fraction(one.over) for one in above if one.over and one.measure == _VALUE]
    if not sums:
        return None
    try:
        units = position.scales.in_currency(max(sums), price.code)
    except NoQuotaRate:
        return None
    return Money(-int((-units * price.minor_per_unit).__floor__()), price)


def _people(position: AllowancePosition, goods: Sequence[Goods]) -> int | None:
    pieces = sum(one.quantity for one in goods)
    for number in range(2, min(_MOST_PEOPLE, pieces) + 1 if pieces <= _MOST_PIECES else 2):
        members = [Member(str(place), position) for place in range(number)]
        if evaluate_party(members, goods).verdict <= Verdict.NOTE:
            return number
    return None
