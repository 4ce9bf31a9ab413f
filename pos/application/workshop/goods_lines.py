"""Goods in a request to the workshop: by a code as scanned, or by a product that a page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.known_product import known_product
from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.workshop.recipe import check_quantity

MOST_LINES = 200


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """Pieces by a code (cartons as their pieces), or of a product by its id; `lot` is the code of a lot, `lot_id` the
    exact lot (NO_LOT: of none). With neither they are of any.

    `reason` says why pieces are lost.
    """

    quantity: int
    code: str = ""
    product: int | None = None
    lot: str = ""
    reason: str = ""
    lot_id: int | None = None


def goods_of(work: UnitOfWork, line: GoodsLine, at: datetime, where: str) -> tuple[Product, int]:
    """The product of a line and its pieces. Raises UnknownCode, BadCheckDigit, BadField."""
    check_quantity(line.quantity, f"{where}.quantity")
    if line.product is not None:
        product, pieces = known_product(work, line.product, at), line.quantity
    else:
        code = read_code(line.code, f"{where}.code").canonical
        named = work.products.named(code, at)
        if named is None:
            raise UnknownCode(code, f"{where}.code")
        product, pieces = named[0], check_quantity(line.quantity * named[1], f"{where}.quantity")
    if product.by_weight:
        raise BadField(f"{where}.code", "sold_by_weight", product.code)
    return product, pieces


def check_lines(lines: Sequence[GoodsLine], field: str) -> None:
    """Refuse more lines than any batch has."""
    if len(lines) > MOST_LINES:
        raise BadField(field, "too_long", str(len(lines)))
