"""A product that a screen names by its id."""

from __future__ import annotations

from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.product import Product
from pos.domain.sales.goods_for_sale import UnknownCode


def known_product(work: UnitOfWork, product_id: int, at: datetime) -> Product:
    """The product with its price `at`. Raises UnknownCode."""
    product = work.products.by_id(product_id, at)
    if product is None:
        raise UnknownCode(str(product_id))
    return product
