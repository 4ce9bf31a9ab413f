"""Goods that the demo shop lacks: complete but for their price."""

from __future__ import annotations

from decimal import Decimal

from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.product import Attributes
from tools.counter_hand import CounterHand

UNPRICED = "4870001000141"


def bring_hats(hand: CounterHand) -> None:
    """Twenty felt hats without a price."""
    row = GoodsRow(UNPRICED, "Felt hat", {}, "other", None, Attributes(gross_kg=Decimal("0.5")), None)
    with hand.shop.issue_receipt.store.begin() as work:
        at = hand.shop.now()
        work.stock.move(work.products.add(row, at), 20, "opening", at, "demo")
        work.commit()
