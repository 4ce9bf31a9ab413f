"""Resolve a scan: product, number of pieces and serial number."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import Code, CodeKind, ScaleLayout
from pos.domain.catalogue.piece import (
    NO_PIECE,
    AsksMarkingCode,
    AsksWeight,
    CartonSerial,
    LayoutConflict,
    NotByWeight,
    Piece,
    check_grams,
    grams_for,
)
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.scanned_code import ScannedCode
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.sales.goods_for_sale import UnknownCode, check_complete
from pos.domain.stock.stock_policy import StockPolicy


@dataclass(frozen=True, slots=True)
class ResolvedScan:
    """A resolved scan: `pieces` of a product (more than one for a carton), and the data on its label."""

    product: Product
    pieces: int = 1
    piece: Piece = NO_PIECE

    def weighing(self, grams: int | None, field: str = "grams") -> ResolvedScan:
        """The same with the weight in grams; None leaves it. Raises NotByWeight, BadField."""
        if grams is None:
            return self
        if not self.product.by_weight:
            raise NotByWeight(self.product.code)
        if self.piece.grams not in (None, grams):
            raise BadField(field, "mismatch", str(grams))
        return replace(self, piece=self.piece.weighing(check_grams(grams, field)))


def resolve_scan(
    work: UnitOfWork,
    label: ScannedCode,
    settings: Settings,
    at: datetime,
    field: str = "code",
    *,
    is_open: bool = False,
) -> ResolvedScan:
    """Resolve a label at the price of `at`; where a price is given by hand it `is_open` to goods without one.

    Raises UnknownCode, IncompleteProduct, CartonSerial, NotByWeight, LayoutConflict.
    """
    code = label.code
    match = work.products.named(code.canonical, at)
    if match is None:
        if code.kind is CodeKind.IN_STORE:
            return _weighed(work, code, settings, at, field)
        raise UnknownCode(code.canonical, field)
    product, pieces = match
    check_complete(product, is_open=is_open)
    if label.is_plain:
        return ResolvedScan(product, pieces)
    pieces *= label.count
    if label.serial is not None and pieces > 1:
        raise CartonSerial(product.code, pieces)
    grams = label.grams if product.by_weight else None  # the weight of a packed article is in the catalogue
    return ResolvedScan(product, pieces, Piece(label.serial, label.lot, label.expiry, grams))


def check_scanned_data(product: Product, piece: Piece, policy: StockPolicy) -> None:
    """Refuse goods that need data which their code does not contain: AsksMarkingCode, AsksWeight."""
    if piece.serial is None and policy.asks_mark(product.category):
        raise AsksMarkingCode(product.code)
    if product.by_weight and piece.grams is None:
        raise AsksWeight(product.code)


def _weighed(work: UnitOfWork, code: Code, settings: Settings, at: datetime, field: str) -> ResolvedScan:
    """A code printed by a scale: the article's code without the weighed value, and that value."""
    by_weight, by_price = _layout(code, settings.weight_codes), _layout(code, settings.price_codes)
    layout = by_weight or by_price
    if layout is None:
        raise UnknownCode(code.canonical, field)
    if by_weight is not None and by_price is not None:
        raise LayoutConflict(code.canonical, field)
    product = work.products.by_code(layout.article(code).canonical, at)
    if product is None:
        raise UnknownCode(code.canonical, field)
    check_complete(product)
    if not product.by_weight:
        raise NotByWeight(product.code)
    inside = layout.value(code)
    if by_weight is not None:
        return ResolvedScan(product, piece=Piece(grams=check_grams(inside, field)))
    assert product.price is not None, "check_complete was asked"
    price = Money(inside, product.price.currency)
    grams = check_grams(grams_for(price, product.price), field)
    return ResolvedScan(product, piece=Piece(grams=grams, price=price, computed=True))


def scale_article(code: Code, settings: Settings) -> Code | None:
    """The article's own code, of a code that a scale of this shop may have printed; None for other codes."""
    layout = _layout(code, (*settings.weight_codes, *settings.price_codes))
    return None if layout is None else layout.article(code)


def _layout(code: Code, patterns: tuple[str, ...]) -> ScaleLayout | None:
    layouts = (ScaleLayout(pattern) for pattern in patterns)
    return next((layout for layout in layouts if layout.matches(code)), None)
