"""The payments of baskets in made-up trade: the notes that visitors of a nation carry, cards and wallets."""

from __future__ import annotations

from random import Random

from db.seed.border_demo import BorderDemo, Nation
from pos.application.sales.complete_sale import Payment
from pos.domain.border import border_in_force
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import CashRules, Tender, due_in, fewest_notes
from pos.domain.pricing.rates import RateTable

_LARGE = 20_000
"""Hundredths of the price list; smaller amounts are not paid in two parts."""

_TO_THE_COIN = 0.25
_IN_TWO = 0.05


def paid_exactly(due: Money) -> Payment:
    """By card, to the last coin."""
    return Payment((Tender("card", due),))


def paid_as(demo: BorderDemo, nation: Nation, due: Money, rates: RateTable, cash: CashRules, random: Random) -> Payment:
    """The way a customer pays."""
    way = nation.way(random)
    if way.method != "cash":
        return Payment((Tender(way.method, due_in(due, way.currency, way.method, rates, cash)),))
    if demo.prices.listed(due) > _LARGE and random.random() < _IN_TWO:
        return _in_two(demo, due, way.currency, rates, cash)
    return Payment((_handed(demo, due_in(due, way.currency, "cash", rates, cash), random),))


def _handed(demo: BorderDemo, asked: Money, random: Random) -> Tender:
    code = asked.currency.code
    if code in demo.to_the_coin and random.random() < _TO_THE_COIN:
        return Tender("cash", asked, notes=fewest_notes(asked))
    notes = [note for note in demo.handed[code] if note <= 2 * asked.minor] or demo.handed[code][:1]
    note = random.choice(notes)
    amount = Money(-(-asked.minor // note) * note, asked.currency)
    return Tender("cash", amount, notes=fewest_notes(amount))


def _in_two(demo: BorderDemo, due: Money, currency: Currency, rates: RateTable, cash: CashRules) -> Payment:
    """Cash from the purse first, the rest by card."""
    note = demo.handed[currency.code][:2][-1]
    half = due_in(Money(due.minor // 2, due.currency), currency, "cash", rates, cash)
    amount = Money(max(half.minor // note, 1) * note, currency)
    left = due - Money.rounded(amount.units * rates.taking(currency), due.currency)
    if left.minor <= 0:
        return paid_exactly(due)
    return Payment(
        (
            Tender("cash", amount, notes=fewest_notes(amount)),
            Tender("card", due_in(left, border_in_force().price, "card", rates, cash)),
        )
    )
