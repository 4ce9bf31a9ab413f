"""Rates, their age and their changes in words and figures."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from pos.application.pricing.set_rates import PlannedRate
from pos.application.pricing.show_rate_board import CurrencyRates
from pos.application.text.formatting import currency_name, number_text, percent_text
from pos.application.text.translator import Translator
from pos.application.text.typography import noted
from pos.domain.pricing.rate_doubts import percent_off
from pos.domain.pricing.rates import Rate

_LEAST, _MOST = 2, 6
"""Decimals of a rate."""
_MOST_OF_MEAN = 4
"""Decimals of a mean of two rates: it is computed, and no one has set it."""
_LARGE = 1_000
"""A rate from here on has no decimals that are zeros."""


def figure_text(rate: Decimal | Fraction, language: str) -> str:
    """A rate as a plain figure: 501.00, 6.3625, 21,500."""
    return _rounded(Fraction(rate), language, _MOST)


def mean_text(rate: Rate, language: str) -> str:
    """The mean of buying and selling, which replaces a customs rate that is not set."""
    return _rounded(Fraction(rate.mean), language, _MOST_OF_MEAN)


def _rounded(exact: Fraction, language: str, most: int) -> str:
    least = 0 if exact >= _LARGE else _LEAST
    digits = next((n for n in range(least, most) if (exact * 10**n).denominator == 1), most)
    return number_text(exact, language, digits)


def customs_text(rate: Rate, tr: Translator) -> str:
    """The customs rate, or the mean that replaces it."""
    if rate.customs is not None:
        return figure_text(rate.customs, tr.language)
    return tr("mean {rate}", rate=mean_text(rate, tr.language))


def customs_change_text(planned: PlannedRate, tr: Translator) -> str:
    """The customs rate to come, behind one that was set and is another."""
    before, now = planned.before, customs_text(planned.rate, tr)
    if before is None or before.customs in (None, planned.rate.customs):
        return now
    return f"{customs_text(before, tr)} → {now}"


def customs_step_text(planned: PlannedRate, tr: Translator) -> str:
    """The customs rate of now and to come, and by how much it changes: 503.00 → 504.10 (+0.2 %)."""
    before, rate = planned.before, planned.rate
    if before is None:
        return customs_text(rate, tr)
    off = percent_off(before.for_customs, rate.for_customs)
    return noted(
        tr, f"{customs_text(before, tr)} → {customs_text(rate, tr)}", percent_text(off, tr.language, 1, plus=True)
    )


def spread_text(rate: Rate, language: str) -> str:
    """How far sell is above buy: 0.8 %."""
    return percent_text(rate.spread, language, 1)


def pair_text(rate: Rate, language: str) -> str:
    """Buy and sell: 501.00 / 505.00."""
    return f"{figure_text(rate.buy, language)} / {figure_text(rate.sell, language)}"


def age_text(age: timedelta, tr: Translator) -> str:
    """How long a rate has held: 25 min, 5 h, 3 days."""
    minutes = max(0, age // timedelta(minutes=1))
    if minutes < 60:
        return tr("{n} min", n=minutes)
    if minutes < 48 * 60:
        return tr("{n} h", n=minutes // 60)
    days = minutes // (24 * 60)
    return tr.plural("{n} day", "{n} days", days, n=number_text(days, tr.language))


def currency_text(line: CurrencyRates) -> str:
    """$ USD."""
    return currency_name(line.currency)


def change_text(planned: PlannedRate, language: str) -> str:
    """The change of buy and sell: −30.8 % / 0 %, one figure where both are equal; empty for a first rate."""
    before, rate = planned.before, planned.rate
    if before is None:
        return ""
    both = (percent_off(before.buy, rate.buy), percent_off(before.sell, rate.sell))
    return " / ".join(dict.fromkeys(percent_text(off, language, 1, plus=True) for off in both))
