"""What happens beside a sale when it is confirmed: units come back, and own lines are judged again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pos.application.center.ledgers import LockedLedger
from pos.application.center.requests import UnitsBack
from pos.domain.center.ledger import CameBack, Change, LineId, Reassessed, without_units


@dataclass(frozen=True, slots=True)
class Effects:
    """The returns of an exchange, and the dutiable units of own lines that the new goods change."""

    returns: tuple[UnitsBack, ...] = ()
    reassessed: tuple[Reassessed, ...] = ()

    def on(self, ledger: LockedLedger, shop: int) -> LockedLedger:
        """The ledger as it will be after the sale; only lines of the selling `shop` change."""
        back = {each.id: each.units for each in self.returns}
        taxed = {LineId(each.sale, each.line): each.taxed for each in self.reassessed}
        lines = []
        for line in ledger.lines:
            goods, is_own = line.goods, line.is_of(shop)
            if is_own and line.id in back:
                goods = without_units(goods, back[line.id])
            if is_own and line.id in taxed:
                goods = replace(goods, taxed_units=min(taxed[line.id], goods.quantity))
            lines.append(replace(line, goods=goods))
        return replace(ledger, lines=[line for line in lines if line.goods.quantity])

    def changes_of(self, ledger: LockedLedger, shop: int) -> Sequence[Change]:
        """What of it concerns this visitor's ledger."""
        here = {line.id for line in ledger.lines if line.is_of(shop)}
        return [*_only(here, self.returns), *(each for each in self.reassessed if LineId(each.sale, each.line) in here)]

    def to_json(self) -> str:
        """For the store."""
        return json.dumps(
            {
                "returns": [[each.id.sale, each.id.line, each.units] for each in self.returns],
                "reassessed": [[each.sale, each.line, each.taxed] for each in self.reassessed],
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Effects:
        """As it was stored."""
        kept = json.loads(text)
        return cls(
            tuple(UnitsBack(LineId(sale, line), units) for sale, line, units in kept["returns"]),
            tuple(Reassessed(sale, line, taxed) for sale, line, taxed in kept["reassessed"]),
        )


def _only(here: set[LineId], returns: Iterable[UnitsBack]) -> Iterable[CameBack]:
    return (CameBack(each.id.sale, each.id.line, each.units) for each in returns if each.id in here)
