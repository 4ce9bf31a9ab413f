"""The rates that a sale or a return has frozen, read back."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from db.types import from_microseconds
from pos.domain.money import CURRENCIES
from pos.domain.rates import Rate, RateTable


def rates_from(frozen: Mapping[str, Any]) -> RateTable:
    """The table of the stored text's object."""
    rates = {}
    for code, found in frozen["rates"].items():
        since = from_microseconds(found["since"])
        customs = None if found["customs"] is None else Decimal(found["customs"])
        rates[code] = Rate(CURRENCIES[code], Decimal(found["buy"]), Decimal(found["sell"]), customs, since)
    return RateTable(CURRENCIES[frozen["base"]], CURRENCIES[frozen["price"]], rates)
