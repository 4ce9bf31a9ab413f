"""Items with a marking code of their own: each is sold once and returned once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.application.catalogue.resolve_scan import ResolvedScan, resolve_scan
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import UnitOfWork
from pos.application.sales.basket_json import serials_in
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.piece import PieceHeld, PieceSold
from pos.domain.catalogue.product import Product


def check_unsold(work: UnitOfWork, product: Product, serial: str, at: datetime, exclude_key: str) -> None:
    """Refuse an item that is sold and not returned, or reserved at `at` by a sale other than `exclude_key`.

    Raises PieceSold, PieceHeld. In a sale's own transaction only after its goods are deducted: then no other till is
    selling the same product.
    """
    sold = work.pieces.sold(product.id, serial)
    if sold is not None:
        raise PieceSold(product.code, serial, sold.receipt, sold.at)
    for hold in work.holds.of_product(product.id, at):
        if hold.key != exclude_key and (product.id, serial) in serials_in(hold.basket):
            raise PieceHeld(product.code, serial, hold.till)


def check_all_unsold(work: UnitOfWork, order: SaleOrder, at: datetime) -> None:
    for line in order.cart.lines:
        if line.piece.serial is not None:
            check_unsold(work, line.product, line.piece.serial, at, order.key)


@dataclass(frozen=True, slots=True)
class FoundPiece:
    """Where an item was sold: a line of a receipt."""

    receipt: str
    line: int


@dataclass(frozen=True, slots=True)
class FindPiece(UseCase):
    """Resolve a code to its goods, or a marking code to its sale."""

    read_scan: ReadScan

    def __call__(self, text: str) -> FoundPiece | None:
        """The line that sold the item with this code; None for another kind of code or an unsold item.

        Raises BadGs1, UnknownCode and the other errors of `resolve_scan`.
        """
        serial = self.read_scan(text).serial
        if serial is None:
            return None
        product = self.goods(text).product
        with self.store.reading() as work:
            sold = work.pieces.sold(product.id, serial)
        return None if sold is None else FoundPiece(sold.receipt, sold.line)

    def goods(self, text: str) -> ResolvedScan:
        """The goods of a code, at the current price; raises as `resolve_scan`."""
        label = self.read_scan(text)
        with self.store.reading() as work:
            return resolve_scan(work, label, Settings.read(work.settings.all()), self.now())
