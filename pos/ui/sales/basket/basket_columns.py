"""Positions of the columns of a basket row, for the header and the rows alike."""

from __future__ import annotations

from dataclasses import dataclass

from pos.ui.look.theme import Size, Space


@dataclass(frozen=True, slots=True)
class BasketColumns:
    """Pixels from the left edge for a given row width; figures end at their column, words begin there."""

    quantity_end: int
    thumbnail: int
    name: int
    name_end: int
    price_end: int
    discount_end: int
    total_end: int
    carrier: int

    @classmethod
    def of(cls, width: int) -> BasketColumns:
        """The columns of a row `width` px wide."""
        carrier = width - Space.L - 28
        total_end = carrier - 44
        discount_end = total_end - 124
        price_end = discount_end - 96
        thumbnail = 80
        name = thumbnail + Size.THUMBNAIL + Space.M
        return cls(64, thumbnail, name, price_end - 96, price_end, discount_end, total_end, carrier)
