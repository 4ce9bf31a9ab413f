"""What was carried out, as the customs export asks the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """So many pieces of one line of a sale that one visitor has, or had, with him.

    `person` is the row of the visitor with all his papers, `masked` his paper as the store keeps it. `carried_out_at`
    is None where nobody saw him leave. `names` are those of the goods by language, as sold, `measures` the customs
    attributes of one piece, as text.
    """

    regime: str
    person: int
    country: str
    masked: str
    receipt: str
    at: datetime
    carried_out_at: datetime | None
    code: str
    name: str
    category: str
    quantity: int
    dutiable: int
    amount: Money
    measures: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
