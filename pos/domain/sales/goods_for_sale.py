"""Whether a scanned code is goods that can be sold."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.catalogue.product import Product
from pos.domain.errors import BadInput, Refused
from pos.domain.number_masking import without_numbers
from pos.domain.visitors.national_number import looks_like_prc_id


@dataclass(eq=False)
class UnknownCode(BadInput):
    """No product of this shop has the code. A code that is an identity number is not repeated."""

    fact = "unknown_code"

    code: str
    field: str = "code"

    def __post_init__(self) -> None:
        if looks_like_prc_id(self.code):
            self.code = without_numbers(self.code)


@dataclass(eq=False)
class IncompleteProduct(Refused):
    """The product cannot be sold until the `missing` fields are filled in (`category`, `price`)."""

    fact = "incomplete_product"

    code: str
    missing: tuple[str, ...]


def check_complete(product: Product) -> None:
    """Refuse a product without a category or a price: `other` and 0.00 are never assumed."""
    if product.missing:
        raise IncompleteProduct(product.code, product.missing)
