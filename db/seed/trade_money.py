"""The payments of baskets in made-up trade: the notes that visitors of a nation carry, cards and wallets."""

from __future__ import annotations

from itertools import accumulate
from random import Random

from pos.application.sales.complete_sale import Payment
from pos.domain.border import border_in_force
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import CashRules, Tender, due_in, fewest_notes
from pos.domain.pricing.rates import RateTable

_WAYS = {
    "CHN": (("qr", "CNY", 58), ("cash", "CNY", 24), ("card", "CNY", 15), ("cash", "USD", 3)),
    "KAZ": (("cash", "KZT", 40), ("card", "KZT", 24), ("qr", "KZT", 14), ("cash", "CNY", 18), ("cash", "USD", 4)),
    "RUS": (("cash", "RUB", 46), ("cash", "CNY", 20), ("cash", "KZT", 22), ("cash", "USD", 8), ("cash", "EUR", 4)),
    "UZB": (("cash", "USD", 42), ("cash", "CNY", 28), ("cash", "KZT", 30)),
    "KGZ": (("cash", "KZT", 44), ("cash", "USD", 30), ("cash", "CNY", 26)),
    "DEU": (("cash", "EUR", 52), ("card", "CNY", 48)),
    "KOR": (("card", "CNY", 62), ("cash", "USD", 20), ("cash", "CNY", 18)),
}
_WHOLE = {
    "CNY": (100, 1_000, 5_000, 10_000),
    "KZT": (20_000, 100_000, 500_000, 1_000_000),
    "USD": (100, 1_000, 2_000, 5_000),
    "EUR": (500, 1_000, 2_000, 5_000),
    "RUB": (5_000, 10_000, 50_000, 100_000),
}
"""The steps to which people round up the cash they hand over, in minor units."""

_TO_THE_COIN = 0.25
_IN_TWO = 0.05
_COINS = ("CNY", "KZT")


def paid_exactly(due: Money) -> Payment:
    """By card, to the last fen."""
    return Payment((Tender("card", due),))


def paid_as(nation: str, due: Money, rates: RateTable, cash: CashRules, random: Random) -> Payment:
    """The way a customer pays."""
    ways = _WAYS[nation]
    method, code, _ = random.choices(ways, cum_weights=tuple(accumulate(many for *_, many in ways)))[0]
    currency = CURRENCIES[code]
    if method != "cash":
        return Payment((Tender(method, due_in(due, currency, method, rates, cash)),))
    if due.minor > 20_000 and random.random() < _IN_TWO:
        return _in_two(due, currency, rates, cash)
    return Payment((_handed(due_in(due, currency, "cash", rates, cash), random),))


def _handed(asked: Money, random: Random) -> Tender:
    code = asked.currency.code
    if code in _COINS and random.random() < _TO_THE_COIN:
        return Tender("cash", asked, notes=fewest_notes(asked))
    notes = [note for note in _WHOLE[code] if note <= 2 * asked.minor] or _WHOLE[code][:1]
    note = random.choice(notes)
    amount = Money(-(-asked.minor // note) * note, asked.currency)
    return Tender("cash", amount, notes=fewest_notes(amount))


def _in_two(due: Money, currency: Currency, rates: RateTable, cash: CashRules) -> Payment:
    """Cash from the purse first, the rest by card."""
    note = _WHOLE[currency.code][1]
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
