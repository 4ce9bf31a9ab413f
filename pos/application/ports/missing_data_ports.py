"""What the store counts of goods that lack something."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissingData:
    """How many products lack something at all, and how many each field: one product may lack several."""

    products: int
    fields: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoredMissingData:
    """What a slice of the catalogue lacks: `products` of them, up to the id `last` (None where there are no more).

    `unsellable` are products without category or price; `lacking` those without what some needs ask for, by the name
    of the needs, and `both` how many of these cannot be sold either.
    """

    products: int
    last: int | None
    unsellable: MissingData
    lacking: Mapping[str, MissingData]
    both: Mapping[str, int]
