"""Hypothesis: money, rates and tenders as a border shop meets them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import CashRules, Tender
from pos.domain.pricing.rates import RateTable
from tests.builders import a_rate
from tests.horgos import CNY, EUR, KZT, RUB, USD

currencies = st.sampled_from(list(CURRENCIES.values()))

_AROUND = {"CNY": (60_00, 85_00), "USD": (400_00, 620_00), "EUR": (450_00, 700_00), "RUB": (4_00, 8_00)}


@st.composite
def rate_tables(draw: st.DrawFn, price: Currency | None = None) -> RateTable:
    """Rates in tenge with a spread, as far from each other as real ones; any of three price currencies."""
    rates = {}
    for code, (low, high) in _AROUND.items():
        buy = draw(st.integers(low, high))
        sell = buy + draw(st.integers(0, buy // 20))
        rates[code] = a_rate(code, str(Decimal(buy) / 100), str(Decimal(sell) / 100))
    return RateTable(KZT, price or draw(st.sampled_from([CNY, CNY, KZT, USD])), rates)


totals = st.integers(1, 2_000_000)


@st.composite
def tenders(draw: st.DrawFn) -> Tender:
    """A payment of up to some thousand yuan in any currency, at any figure."""
    currency = draw(currencies)
    most = {CNY: 1_000_000, KZT: 70_000_000, USD: 200_000, EUR: 200_000, RUB: 12_000_000}[currency]
    return Tender(draw(st.sampled_from(["cash", "cash", "card", "qr"])), Money(draw(st.integers(1, most)), currency))


_STEPS = {"CNY": (10, 50, 100), "KZT": (100, 500, 1000, 5000), "USD": (5, 25, 100), "EUR": (5, 10), "RUB": (100, 500)}
"""What a shop may set: every step is made of coins in use."""

cash_rules = st.builds(
    lambda steps, favour, coins: CashRules(steps, favour, frozenset(CURRENCIES) if coins else CashRules().coins),
    st.fixed_dictionaries({code: st.sampled_from(steps) for code, steps in _STEPS.items()}),
    st.booleans(),
    st.booleans(),
)

foreign = st.sampled_from([USD, EUR, RUB])
