"""One drawer, one till, one person: opened with a float per currency."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from pos.domain.errors import Refused
from pos.domain.money import Money


@dataclass(eq=False)
class NoOpenShift(Refused):
    """Nothing is sold at a till without an open shift."""

    till: str


@dataclass(eq=False)
class ShiftAlreadyOpen(Refused):
    """The till has an open shift; `person` opened it."""

    till: str
    person: str


@dataclass(frozen=True, slots=True)
class Shift:
    """An open shift: `number` counts the shifts of the till, `float_` is what lay in the drawer, by currency code."""

    id: int
    till: str
    number: int
    cashier: str
    opened_at: datetime
    float_: Mapping[str, Money]
