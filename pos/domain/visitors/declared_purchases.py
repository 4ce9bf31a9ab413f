"""Purchases elsewhere that a visitor states: they use the allowance as if this shop had sold them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money

_UNKNOWN = Attributes()


@dataclass(frozen=True, slots=True)
class Declared:
    """One declared line: `quantity` units of a `category` bought at `at`, by the visitor's word.

    `discount` is off the whole line. `carried_out_at` is None while it is still to be carried out; `taxed` of the
    units went out with duty paid.
    """

    at: datetime
    name: str
    category: str
    quantity: int
    unit_price: Money
    discount: Money
    attributes: Attributes = _UNKNOWN
    carried_out_at: datetime | None = None
    taxed: int = 0
