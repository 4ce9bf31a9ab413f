"""A basket row as the sale stores it: its price and how it came about."""

from __future__ import annotations

from collections.abc import Iterator

from pos.domain.catalogue.product_fields import paper_details
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.vat import vat_in


def sold_line(number: int, line: CartLine, taxed: int) -> SaleLine:
    """The row as line `number` of a sale; `taxed` of its pieces are dutiable."""
    product = line.product
    assert product.category is not None, "check_complete has passed"
    return SaleLine(
        line=number,
        product_id=product.id,
        code=product.code,
        name=product.name,
        names=product.names,
        category=product.category,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.off,
        amount=line.amount,
        carrier=line.carrier,
        taxed=taxed,
        attributes=line.attributes,
        catalogue=line.catalogue,
        promotions=line.promotions,
        share=line.share,
        vat=product.vat,
        tax=None if product.vat is None else vat_in(line.amount, product.vat),
        note=line.note,
        discount_kind=line.discount.kind if line.discount and line.discount.off(line.gross) else None,
        serial=line.piece.serial,
        lot=line.piece.lot,
        grams=line.piece.grams,
        per_kg=None if line.piece.grams is None else product.price,
        details=paper_details(product),
    )


def prices_by_hand(sale: Sale) -> Iterator[dict[str, object]]:
    """Journal entries of the manual prices, each with the catalogue price; an open one has none."""
    for line in sale.lines:
        if line.catalogue is not None:
            catalogue = {"how": "open"} if line.has_open_price else {"catalogue": str(line.catalogue)}
            yield {
                "receipt": sale.receipt,
                "line": line.line,
                "code": line.code,
                "quantity": line.quantity,
                "price": str(line.unit_price),
                **catalogue,
            }
