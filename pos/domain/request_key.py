"""One key for two orders: the money of the second was taken for nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadInput


@dataclass(eq=False)
class KeyReused(BadInput):
    """The key belongs to another order: the same key with other content."""

    fact = "key_reused"

    key: str
    field: str = "key"
