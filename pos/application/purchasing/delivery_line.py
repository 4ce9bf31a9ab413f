"""Select the line of a delivery on which a scan counts: that of its lot, or the last one of its goods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.delivery_view import order_of
from pos.domain.catalogue.product import Product
from pos.domain.purchasing.goods_receipt import GoodsReceipt, GoodsReceiptLine
from pos.domain.stock.stock import LotConflict, check_lot


def line_for(
    work: UnitOfWork, receipt: GoodsReceipt, product: Product, lot: str, expiry: date | None
) -> GoodsReceiptLine:
    """The line on which a scan counts: that of its lot, else the line without a lot, else the last one."""
    lines = work.receipts.lines(receipt.id, product.id)
    if lot:
        lot = check_lot(lot)
        expiry = known_expiry(work, receipt, product, lot, expiry)
        for line in lines:
            if line.lot == lot:
                return with_expiry(product, line, expiry)
        fresh = next((line for line in lines if not line.lot and not line.counted), None)
        if fresh is not None:
            return replace(fresh, lot=lot, expiry=expiry)
        return replace(new_line(work, receipt, product, lines), lot=lot, expiry=expiry)
    if not lines:
        return new_line(work, receipt, product, lines)
    waiting = next((line for line in lines if not line.lot and not line.counted), None)
    last = work.receipts.last_scan(receipt.id, product.id)
    of_last = next((line for line in lines if last is not None and line.no == last.line), lines[-1])
    return waiting or of_last


def new_line(
    work: UnitOfWork, receipt: GoodsReceipt, product: Product, lines: Sequence[GoodsReceiptLine]
) -> GoodsReceiptLine:
    """A new line of a product without a lot; unordered goods are set aside."""
    if lines:  # of another lot: accepted or set aside like the others
        return replace(lines[0], no=0, lot="", expiry=None, counted=0)
    order = order_of(work, receipt)
    unordered = order is not None and order.line_of(product.id) is None
    return GoodsReceiptLine(no=0, product=product.id, set_aside=unordered)


def known_expiry(
    work: UnitOfWork, receipt: GoodsReceipt, product: Product, lot: str, expiry: date | None
) -> date | None:
    """The expiry date of a lot, as given or as on file. Raises LotConflict where the two differ."""
    for known in work.stock.lots_named(product.id, lot):
        if known.entry == receipt.entry and known.expiry is not None:
            if expiry is not None and expiry != known.expiry:
                raise LotConflict(product.code, lot, expiry, known.expiry)
            return known.expiry
    return expiry


def with_expiry(product: Product, line: GoodsReceiptLine, expiry: date | None) -> GoodsReceiptLine:
    """The line with an expiry date. Raises LotConflict where it has another."""
    if expiry is not None and line.expiry is not None and expiry != line.expiry:
        raise LotConflict(product.code, line.lot, expiry, line.expiry)
    return replace(line, expiry=expiry or line.expiry)
