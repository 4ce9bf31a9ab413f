"""Freight or duty billed after posting: it raises the cost of the pieces that the shop still owns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.purchasing.delivery_note import check_charge
from pos.application.purchasing.delivery_view import posted_numbered
from pos.application.purchasing.post_receipt import in_price
from pos.application.purchasing.posted_goods_receipt import PostedLine, posted_from
from pos.application.purchasing.suppliers import PERMISSION
from pos.application.settings.context import UseCase
from pos.domain.errors import MovedMeanwhile
from pos.domain.money import Money
from pos.domain.purchasing.goods_receipt import Charge
from pos.domain.purchasing.landed_cost import Arrived, adjustment_share, share_charges
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class LandedCostAdjustment:
    """Result of a landed cost adjustment: `on_owned` raised the cost of stock, `on_sold` belongs to goods no longer in
    stock, and `on_unknown` raised nothing: the goods are in stock, and what they cost is not known.
    """

    receipt: str
    charge: Charge
    on_owned: Money
    on_sold: Money
    on_unknown: Money


class AdjustLandedCost(UseCase):
    """Shares a late charge like the first ones, and adds the share of the pieces still owned to each line."""

    def __call__(
        self, number: int, charge: Charge, person: Person, seen: Sequence[Charge] | None = None
    ) -> LandedCostAdjustment:
        """Record it. Raises NoSuchDelivery, DeliveryOver for one not posted, NoRate, BadField, NotAllowed, and
        MovedMeanwhile where the late charges are not those that were `seen`.
        """
        check_charge(charge)
        at, settings = self.now(), self.settings()
        charge = replace(charge, late=True)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            receipt = posted_numbered(work, number)
            if seen is not None and [one for one in receipt.charges if one.late] != list(seen):
                raise MovedMeanwhile
            posted, rates = posted_from(receipt), rates_of(work, settings, at)
            total = in_price(charge.amount, 1, rates)
            shares = share_charges(total, [_arrived(work, line, at) for line in posted.lines])
            on_owned = on_unknown = 0
            worths = {line.product: work.stock.worth(line.product) for line in posted.lines}
            owned = {product: max(worth.pieces, 0) for product, worth in worths.items()}
            for line, share in zip(posted.lines, shares, strict=True):
                still = min(owned[line.product], line.counted)
                owned[line.product] -= still  # two lots of one product do not count the same pieces twice
                part = adjustment_share(share, line.counted, still)
                if worths[line.product].value is None:
                    on_unknown += part.owned
                elif work.stock.revalue(line.product, part.owned, "charges", at, person.name, receipt.name):
                    on_owned += part.owned
            work.receipts.add_charge(receipt.id, charge)
            parts = (Money(part, rates.price) for part in (on_owned, total - on_owned - on_unknown, on_unknown))
            done = LandedCostAdjustment(receipt.name, charge, *parts)
            details = {"receipt": receipt.name, "kind": charge.kind, "amount": str(charge.amount)} | {
                "currency": charge.amount.currency.code,
                "on_owned": str(done.on_owned),
                "on_sold": str(done.on_sold),
            }
            if on_unknown:
                details["on_unknown"] = str(done.on_unknown)
            work.journal.write(at, self.till, person.name, "late_charge", details)
            work.commit()
        return done


def _arrived(work: UnitOfWork, line: PostedLine, at: datetime) -> Arrived:
    product = work.products.by_id(line.product, at)
    weight = None if product is None else product.attributes.gross_kg
    return Arrived(line.counted, None if line.value is None else line.value.minor, weight)
