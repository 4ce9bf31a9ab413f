"""The stock from which a batch may take an input: on the shop floor and in the store room, free and not expired.

What is set aside, held for a customer or past its last day is never processed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.ports.stock_ports import AtLocation
from pos.application.ports.store import UnitOfWork
from pos.domain.stock.stock import FLOOR, STORE_ROOM, Lot

_BEHIND_FIRST = {STORE_ROOM: 0, FLOOR: 1}
"""Of one lot the store room gives first: the shelf stays full."""


@dataclass(frozen=True, slots=True)
class InputStock:
    """Pieces of a product by place and lot, in the order in which a batch takes them: those that end first in front.

    `on_floor` of the pieces on the floor may be taken; the others are held. `barred` pieces are in the shop and may not
    be taken: held, set aside or past their last day.
    """

    places: tuple[AtLocation, ...]
    on_floor: int
    barred: int = 0

    @property
    def free(self) -> int:
        """How many pieces a batch can take."""
        behind = sum(at.on_hand for at in self.places if at.location != FLOOR)
        return behind + min(self.on_floor, sum(at.on_hand for at in self.places if at.location == FLOOR))

    def taking(self, pieces: int) -> Sequence[tuple[str, Lot | None, int]]:
        """So many pieces by place and lot; fewer where there are fewer."""
        left, floor, taken = pieces, self.on_floor, []
        for at in self.places:
            most = min(at.on_hand, floor) if at.location == FLOOR else at.on_hand
            out = min(left, most)
            if out:
                taken.append((at.location, at.lot, out))
                left -= out
                floor -= out if at.location == FLOOR else 0
        return taken


def input_stocks(work: UnitOfWork, products: Sequence[int], at: datetime, day: date) -> Mapping[int, InputStock]:
    """What is there of these inputs now and lasts until a day; a step that takes them locks the stock before."""
    everywhere, free = work.stock.everywhere_of(products), work.stock.free_of(products, at)
    return {product: _input_stock(everywhere.get(product, ()), free.get(product, 0), day) for product in products}


def _input_stock(locations: Sequence[AtLocation], free: int, day: date) -> InputStock:
    in_shop = [one for one in locations if one.on_hand > 0]
    usable = [one for one in in_shop if one.location in _BEHIND_FIRST]
    fresh = [one for one in usable if one.lot is None or not one.lot.is_expired(day)]
    expired = sum(one.on_hand for one in usable if one.location == FLOOR) - sum(
        one.on_hand for one in fresh if one.location == FLOOR
    )
    found = InputStock(tuple(sorted(fresh, key=_order)), max(free - expired, 0))
    return replace(found, barred=sum(one.on_hand for one in in_shop) - found.free)


def _order(one: AtLocation) -> tuple[bool, bool, date, int, int]:
    lot = one.lot
    ends = date.max if lot is None or lot.expiry is None else lot.expiry
    has_day = lot is not None and lot.expiry is not None
    return lot is None, not has_day, ends, 0 if lot is None else lot.id, _BEHIND_FIRST[one.location]
