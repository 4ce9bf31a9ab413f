"""Counts of products with missing data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MissingData:
    """How many products miss any field, and how many each field: one product may miss several."""

    products: int
    fields: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class StoredMissingData:
    """Missing data in a slice of the catalogue: `products` of them, up to the id `last` (None when there are no more).

    `unsellable` are products without category or price; `lacking` those without a required field, by the name of the
    needs, and `both` how many of these are also unsellable.
    """

    products: int
    last: int | None
    unsellable: MissingData
    lacking: Mapping[str, MissingData]
    both: Mapping[str, int]
