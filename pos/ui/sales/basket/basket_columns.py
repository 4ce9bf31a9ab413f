"""Positions of the columns of a basket row, for the header and the rows alike."""

from __future__ import annotations

from dataclasses import dataclass

from pos.ui.look.theme import Size, Space

CLOSE_BELOW = 720
"""The width of a row below which price and discount stand under the total, and the name has their room."""


@dataclass(frozen=True, slots=True)
class BasketColumns:
    """Pixels from the left edge for a given row width; figures end at their column, words begin there.

    `is_close`: price and discount have no columns of their own.
    """

    quantity_end: int
    thumbnail: int
    name: int
    name_end: int
    price_end: int
    discount_end: int
    total_end: int
    carrier: int
    is_close: bool = False

    @classmethod
    def of(cls, width: int) -> BasketColumns:
        """The columns of a row `width` px wide."""
        if width < CLOSE_BELOW:
            return cls._close(width)
        carrier = width - Space.L - 28
        total_end = carrier - 44
        discount_end = total_end - 124
        price_end = discount_end - 96
        thumbnail = 80
        name = thumbnail + Size.THUMBNAIL + Space.M
        return cls(64, thumbnail, name, price_end - 96, price_end, discount_end, total_end, carrier)

    @classmethod
    def _close(cls, width: int) -> BasketColumns:
        carrier = width - 12 - 28
        total_end = carrier - 12
        thumbnail = 64
        name = thumbnail + Size.THUMBNAIL + 12
        return cls(52, thumbnail, name, total_end - 144, total_end, total_end, total_end, carrier, is_close=True)
