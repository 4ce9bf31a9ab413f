"""Codes as makers and scales print them, and the goods of a shop that bear them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.barcode import GS, with_check_digit
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.stock.stock import Movement
from tests.builders import MONDAY
from tests.horgos import CNY
from tests.shops import CARTON, DemoShop
from tests.stock_documents import under_a_document

CHEESE = with_check_digit("221234500000")
"""Goods by weight, 60.00 a kilogram: the scale prints 22 12345 and the grams."""
PRICED_CHEESE = with_check_digit("231234500000")
BOX_OF_SWEETS = "14870204320067"
"""A carton of six bags of sweets."""


def marked(code: str = CARTON, serial: str = "aB<5&x", rest: str = "") -> str:
    """The square code on one piece, as a scanner sends it."""
    return f"]d201{code.zfill(14)}21{serial}{GS}93Zm9v{GS + rest if rest else ''}"


def of_lot(code: str, lot: str, expiry: date | None = None) -> str:
    """A GS1-128 code that names a lot and perhaps its last day."""
    day = "" if expiry is None else f"17{expiry:%y%m%d}"
    return f"]C101{code.zfill(14)}{day}10{lot}"


def weighed(grams: int) -> str:
    """What the scale prints on so much cheese."""
    return with_check_digit(f"2212345{grams:05d}")


def priced(minor: int) -> str:
    """What a scale prints with the price in it."""
    return with_check_digit(f"2312345{minor:05d}")


def with_cheese(shop: DemoShop, *, pieces: int = 50, per_kg: int = 6000, attributes: Attributes | None = None) -> int:
    """A cheese by weight, so many pieces of it on the floor; the id of the product."""
    values = attributes or Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.020"))
    row = GoodsRow(
        CHEESE, "Cheese", {}, "food.dairy", Money(per_kg, CNY), values, None, (PRICED_CHEESE,), by_weight=True
    )
    with shop.store.begin() as work:
        product = work.products.add(row, shop.now())
        work.stock.record([Movement(product, pieces, "opening")], MONDAY, "demo")
        work.commit()
    shop.set("price_codes", "23IIIIIVVVVVC")
    return product


def with_carton(shop: DemoShop, code: str, carton: str, pieces: int) -> None:
    """A carton of so many pieces has a code of its own."""
    with shop.raw(writing=True) as store:
        [(product,)] = store.execute("SELECT product_id FROM product_code WHERE code = ?", (code,)).fetchall()
        store.execute("DELETE FROM product_code WHERE code = ?", (carton,))
        store.execute(
            "INSERT INTO product_code (code, product_id, position, kind, quantity) VALUES (?, ?, 9, 'carton', ?)",
            (carton, product, pieces),
        )


def with_lot(shop: DemoShop, code: str, lot: str, pieces: int, expiry: date | None) -> int:
    """Pieces of a lot are received onto the floor; the id of the lot."""
    with shop.store.begin() as work:
        product = work.products.by_code(code, shop.now())
        assert product is not None
        made = work.stock.lot(product.id, lot, expiry, "", shop.now())
        work.stock.record([Movement(product.id, pieces, "opening", lot=made.id)], MONDAY, "demo")
        work.commit()
    return made.id


def only_lots(shop: DemoShop, code: str) -> None:
    """What lies on the floor of no lot goes out as a sample."""
    with shop.store.begin() as work:
        product = work.products.by_code(code, shop.now())
        assert product is not None
        loose = sum(x.on_hand for x in work.stock.everywhere(product.id) if x.location == "floor" and x.lot is None)
        if loose:
            under_a_document(work, [Movement(product.id, -loose, "sample")], code, shop.now())
        work.commit()
