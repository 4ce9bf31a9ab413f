"""Values of a question in several statements: one statement takes a limited number of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

_AT_ONCE = 500
"""An older SQLite takes 999 in one statement."""


def value_chunks(values: Sequence[T], at_once: int = _AT_ONCE) -> Iterator[Sequence[T]]:
    """The values in their order, at most so many of them at once."""
    for first in range(0, len(values), at_once):
        yield values[first : first + at_once]
