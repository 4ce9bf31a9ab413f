"""Port of the customs export: goods that were carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """Pieces of one sale line that a visitor has, or had, with them.

    `person` is the row of the visitor with all their documents, `masked` the document as stored. `carried_out_at` is
    None without a recorded departure. `names` are the goods' names by language, as sold; `measures` the customs
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
