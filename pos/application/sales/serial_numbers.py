"""Pieces with a marking code of their own: none is sold twice, and none comes back twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.application.catalogue.resolve_scan import ResolvedScan, resolve_scan
from pos.application.ports.scan_ports import ReadScan
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.sales.basket_json import serials_in
from pos.application.sales.order import SaleOrder
from pos.application.settings.settings import Settings
from pos.domain.catalogue.piece import PieceHeld, PieceSold
from pos.domain.catalogue.product import Product


def check_unsold(work: UnitOfWork, product: Product, serial: str, at: datetime, besides: str) -> None:
    """Refuse a piece that was sold and has not come back, or that a sale but the one `besides` holds at `at`.

    Raises PieceSold, PieceHeld. In a sale's own transaction only after its goods are taken: then no other till is
    selling of the same product.
    """
    sold = work.pieces.sold(product.id, serial)
    if sold is not None:
        raise PieceSold(product.code, serial, sold.receipt, sold.at)
    for hold in work.holds.of_product(product.id, at):
        if hold.key != besides and (product.id, serial) in serials_in(hold.basket):
            raise PieceHeld(product.code, serial, hold.till)


def check_all_unsold(work: UnitOfWork, order: SaleOrder, at: datetime) -> None:
    """The same for all pieces of an order."""
    for line in order.cart.lines:
        if line.piece.serial is not None:
            check_unsold(work, line.product, line.piece.serial, at, order.key)


@dataclass(frozen=True, slots=True)
class FoundPiece:
    """Where a piece was sold: a line of a receipt."""

    receipt: str
    line: int


@dataclass(frozen=True, slots=True)
class FindPiece:
    """What goods a code names, and which sale a marking code came from."""

    store: Store
    now: Clock
    read_scan: ReadScan

    def __call__(self, text: str) -> FoundPiece | None:
        """The line that sold the piece with this code; None where it is no such code, or the piece is not sold.

        Raises BadGs1, UnknownCode and what else `resolve_scan` raises.
        """
        serial = self.read_scan(text).serial
        if serial is None:
            return None
        product = self.goods(text).product
        with self.store.reading() as work:
            sold = work.pieces.sold(product.id, serial)
        return None if sold is None else FoundPiece(sold.receipt, sold.line)

    def goods(self, text: str) -> ResolvedScan:
        """The goods that a code names, at the price of now; raises what `resolve_scan` raises."""
        label = self.read_scan(text)
        with self.store.reading() as work:
            return resolve_scan(work, label, Settings.read(work.settings.all()), self.now())
