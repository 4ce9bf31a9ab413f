"""An amount in another currency with its value in the price currency."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import money_text, rate_text
from pos.domain.money import Currency, Money
from pos.printing.drawing.rows import Pair, Row


def converted_row(currency: Currency, rate: Fraction, value: Money, price: Currency, language: str) -> Row:
    """The value of one unit of `currency` (`rate`) and of the whole, in the price currency.

    A currency worth less than the price currency is quoted the other way round, as usual.
    """
    quoted = rate_text(rate, currency, price, language) if rate >= 1 else rate_text(1 / rate, price, currency, language)
    return Pair(f"  {quoted}", f"= {money_text(value, language)}", small=True)
