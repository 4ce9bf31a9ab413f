"""Movements of goods and their reasons."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refused

REASONS = ("opening", "sale", "return", "receipt", "adjustment", "count", "waste")
"""Why goods came or went. On hand is always the sum of the movements."""


@dataclass(eq=False)
class OutOfStock(Refused):
    """Fewer on hand than wanted: the shop's books say that these goods are not here."""

    code: str
    wanted: int
    on_hand: int
