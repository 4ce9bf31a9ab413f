"""Whether a scanned code is goods that can be sold."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.catalogue.product import Product
from pos.domain.errors import BadInput, Refused
from pos.domain.number_masking import without_numbers
from pos.domain.outside_partners.payment_code import payment_code
from pos.domain.visitors.national_number import looks_like_prc_id


@dataclass(eq=False)
class UnknownCode(BadInput):
    """No product of this shop has the code. A code that is an identity number, or with which money is taken from a
    customer's phone, is not repeated.
    """

    fact = "unknown_code"

    code: str
    field: str = "code"

    def __post_init__(self) -> None:
        if looks_like_prc_id(self.code) or payment_code(self.code) is not None:
            self.code = without_numbers(self.code)


@dataclass(eq=False)
class IncompleteProduct(Refused):
    """The product cannot be sold until the `missing` fields are filled in (`category`, `price`); at an open price what
    its allowance asks for, too.
    """

    fact = "incomplete_product"

    code: str
    missing: tuple[str, ...]


def missing_for_sale(product: Product, *, is_open: bool = False) -> tuple[str, ...]:
    """What must be filled in before the product is sold: its category and its price.

    At an open price, one given by hand for goods without one on file, nothing else may be unknown of them, because duty
    is reckoned by that price. Goods by weight are not sold so: their price is that of a kilogram.
    """
    if not is_open or product.price is not None:
        return product.missing
    lacks = tuple(name for name in product.missing_fields if name != "price")
    return ("price", *lacks) if product.by_weight else lacks


def check_complete(product: Product, *, is_open: bool = False) -> None:
    """Refuse a product without a category or a price: `other` and 0.00 are never assumed."""
    missing = missing_for_sale(product, is_open=is_open)
    if missing:
        raise IncompleteProduct(product.code, missing)
