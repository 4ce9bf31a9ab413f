"""The customs rates as texts, which every sale keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pos.application.quota.evaluate_quota import rates_text
from pos.domain.pricing.rates import Rate, RateTable
from tests.horgos import CNY, KZT, USD

_SINCE = datetime(2026, 3, 2, tzinfo=UTC)
_rates = st.decimals(Decimal("0.000000001"), Decimal(999_999_999), places=9)


def decimal_of(exact: Fraction) -> str:
    """The shortest plain decimal of an exact number whose denominator divides a power of ten."""
    digits = 0
    while (exact * 10**digits).denominator != 1:
        digits += 1
    whole, part = divmod((exact * 10**digits).numerator, 10**digits)
    return f"{whole}.{part:0{digits}d}" if digits else str(whole)


@given(_rates, _rates, st.none() | _rates)
def test_a_rate_or_the_mean_of_two_is_shown_exactly_and_as_short_as_it_goes(
    buy: Decimal, sell: Decimal, customs: Decimal | None
) -> None:
    rates = RateTable(KZT, CNY, {"USD": Rate(USD, buy, sell, customs, _SINCE)})
    assert rates_text(rates) == {code: decimal_of(rate) for code, rate in rates.for_customs().items()}
