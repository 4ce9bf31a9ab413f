"""One article of the demo shop as a plain value, ready for the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class DemoGoods:
    """An article and its number on the shelf.

    `code` and `codes` are canonical (`codes` begins with `code`); `names` has all four languages. `category` or `price`
    is None for the few with incomplete data, and any attribute for the few not on file. `papers` are the fields that papers for the border want, by name.
    """

    code: str
    codes: tuple[str, ...]
    names: Mapping[str, str]
    category: str | None
    price: Money | None
    attributes: Attributes
    on_hand: int
    papers: Mapping[str, Any] = field(default_factory=dict)
