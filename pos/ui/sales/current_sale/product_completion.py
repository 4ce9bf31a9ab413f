"""What somebody fills in about a product at the counter."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProductCompletion:
    """What somebody fills in about a product; None stays as it is."""

    category: str | None
    price: Money | None
    attributes: Attributes
