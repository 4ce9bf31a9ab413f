"""All data of the product form, read in one step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QImage

from pos.application.catalogue.browse_catalogue import MissingFor
from pos.application.ports.catalogue_ports import Listed, RecordedChange
from pos.application.ports.stock_ports import AtLocation
from pos.application.pricing.set_price import PriceBoard
from pos.application.shop.shop import Shop
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.staff.staff import Person
from pos.ui.look.picture_reader import of_the_store

CHANGES = 30
"""Changes of a product read at a time."""

PRICES = 6
"""Past prices shown before the user asks for more."""


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """All data of the product form; `listed` is None for a new product."""

    card: ProductCard
    listed: Listed | None = None
    lacking: tuple[MissingFor, ...] = ()
    board: PriceBoard | None = None
    lies: Sequence[AtLocation] = ()
    changes: Sequence[RecordedChange] = ()
    has_more: bool = False
    picture: QImage | None = None


def read_shown(shop: Shop, product_id: int, person: Person) -> ShownProduct:
    """Read all data of a product; runs on the store's thread. Raises UnknownCode, NotAllowed."""
    board = shop.set_price.board(product_id, person, PRICES)
    changes = shop.edit_product.history(product_id, person, CHANGES + 1)
    png = shop.edit_product.pictures([product_id]).get(product_id)
    return ShownProduct(
        card=shop.edit_product.card_of(product_id, person),
        listed=shop.browse.one(person, product_id),
        lacking=shop.browse.lacking(board.product),
        board=board,
        lies=shop.browse.stock(person, product_id),
        changes=changes[:CHANGES],
        has_more=len(changes) > CHANGES,
        picture=None if png is None else of_the_store(png),
    )
