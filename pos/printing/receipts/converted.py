"""Money in another currency with what it counted for."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import money_text, rate_text
from pos.domain.money import Currency, Money
from pos.printing.drawing.rows import Pair, Row


def converted_row(currency: Currency, rate: Fraction, value: Money, price: Currency, language: str) -> Row:
    """What one unit of `currency` counted for (`rate`) and what the whole came to, in the price currency.

    Money worth less than a unit of the price currency is quoted the other way round, as people say it.
    """
    quoted = rate_text(rate, currency, price, language) if rate >= 1 else rate_text(1 / rate, price, currency, language)
    return Pair(f"  {quoted}", f"= {money_text(value, language)}", small=True)
