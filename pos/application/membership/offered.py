"""What the center offers every till: its regimes and its customs rates of the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OfferedRules:
    """A regime in force at the center: the SHA-256 of its file, and the day from which the center has put it in force.

    `since` is None for one that ships with the center's program.
    """

    regime: str
    digest: str
    since: date | None


@dataclass(frozen=True, slots=True)
class OfferedRate:
    """What one unit of a currency is worth in `base` by the center's customs rate of `day`."""

    currency: str
    base: str
    per_unit: Decimal
    day: date
