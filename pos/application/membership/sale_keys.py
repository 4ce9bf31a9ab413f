"""The keys of calls about a sale: its own key, which has no `#`, and what tells them apart."""

from __future__ import annotations

from uuid import uuid4

_BETWEEN = "#"


def sale_of(key: str) -> str:
    """The key of the sale that a key at the center is about."""
    return key.partition(_BETWEEN)[0]


def new_attempt(sale: str) -> str:
    """A key for one attempt at a payment of a sale: a key that was given back can never come again."""
    return part_of(sale, uuid4().hex[:8])


def part_of(sale: str, part: str) -> str:
    """The key of a call about a sale."""
    return f"{sale}{_BETWEEN}{part}"
