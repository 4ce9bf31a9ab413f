"""Resolve a scan in the stock room, including incomplete products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.catalogue.barcode import CodeKind, ScaleLayout
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.scanned_code import ScannedCode
from pos.domain.sales.goods_for_sale import UnknownCode


@dataclass(frozen=True, slots=True)
class StockScan:
    """A product with the pieces of its label (those of a carton), and the code of the lot on it."""

    product: Product
    pieces: int = 1
    lot: str = ""


def resolve_stock_scan(
    work: UnitOfWork, label: ScannedCode, settings: Settings, at: datetime, field: str = "code"
) -> StockScan:
    """The goods of a label; each weighing of a scale is one piece. Raises UnknownCode."""
    match = work.products.named(label.code.canonical, at)
    if match is not None:
        product, pieces = match
        return StockScan(product, pieces * label.count, label.lot or "")
    if label.code.kind is CodeKind.IN_STORE:
        for pattern in (*settings.weight_codes, *settings.price_codes):
            layout = ScaleLayout(pattern)
            if layout.matches(label.code):
                weighed = work.products.by_code(layout.article(label.code).canonical, at)
                if weighed is not None:
                    return StockScan(weighed)
    raise UnknownCode(label.code.canonical, field)
