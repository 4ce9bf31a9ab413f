"""What goods cost at their last delivery: the proposal for the next order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.delivery_view import posted_numbered
from pos.application.purchasing.posted_goods_receipt import posted_from
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class LastCost:
    """What one piece cost, without freight and duty, in the posted delivery `receipt` (R-000004)."""

    cost: Money
    receipt: str
    at: datetime


def last_costs(work: UnitOfWork, products: Iterable[int], supplier: int | None) -> Mapping[int, LastCost]:
    """By product, the cost in the newest delivery of a supplier in which it is known; None: of any supplier.

    It is read from the posted document, which nothing changes afterwards. Of several lots in one delivery the last
    counts; goods that came for nothing say nothing of what they will cost.
    """
    found: dict[int, LastCost] = {}
    by_delivery: dict[int, set[int]] = {}
    for product, number in work.receipts.last_priced(products, supplier).items():
        by_delivery.setdefault(number, set()).add(product)
    for number, wanted in by_delivery.items():
        posted = posted_from(posted_numbered(work, number))
        for line in posted.lines:
            if line.product in wanted and line.cost:
                found[line.product] = LastCost(line.cost, posted.name, posted.at)
    return found
