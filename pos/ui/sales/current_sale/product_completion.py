"""The fields of a product that are filled in at the counter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProductCompletion:
    """The fields of a product that are filled in; None stays as it is."""

    category: str | None
    price: Money | None
    attributes: Attributes
    details: Mapping[str, str] = field(default_factory=dict)
    """What papers for the border want, by field."""
