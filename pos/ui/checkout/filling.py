"""What somebody fills in about a product at the counter."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.product import Attributes


@dataclass(frozen=True, slots=True)
class Filling:
    """What somebody fills in about a product; None stays as it is."""

    category: str | None
    price: Money | None
    attributes: Attributes
