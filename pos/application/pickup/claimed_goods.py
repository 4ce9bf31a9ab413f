"""Which goods a person means who takes a claim: a number of the stream's sheet, a code, or the last signs of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.ports.pickup_ports import StreamItem
from pos.application.ports.store import UnitOfWork
from pos.domain.catalogue.barcode import SHORTEST, read_code, shown
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money
from pos.domain.sales.cart_line import check_quantity
from pos.domain.sales.goods_for_sale import IncompleteProduct, UnknownCode

_TIMES = re.compile(r"(?P<goods>.+?)\s*[x×*хХ]\s*(?P<pieces>[0-9]{1,4})", re.DOTALL)
_NUMBER = re.compile(r"[0-9]{1,3}")
_MOST_ALIKE = 5


@dataclass(eq=False)
class AmbiguousGoods(Refused):
    """Several products end in what was typed."""

    fact = "ambiguous_goods"

    text: str
    codes: tuple[str, ...]


@dataclass(eq=False)
class SeveralSheetNumbers(Refused):
    """Goods that were named by their code stand on the sheet under several numbers, at different prices."""

    fact = "several_sheet_numbers"

    code: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ClaimedGoods:
    """`quantity` pieces of a product at a price in any currency."""

    product: Product
    quantity: int
    price: Money


@dataclass(frozen=True, slots=True)
class LineFields:
    """The names by which a caller knows what it gave for one line; a refusal names the field by one of them."""

    goods: str
    quantity: str
    price: str

    @classmethod
    def within(cls, path: str) -> LineFields:
        """Those of an object of a request, such as `lines[0]`."""
        return cls(path, f"{path}.quantity", f"{path}.price")


TYPED = LineFields("goods", "goods.quantity", "price")
"""Of goods that a person types into one field, with the pieces behind a sign for times."""


def read_times(text: str) -> tuple[str, int]:
    """What was typed for the goods, and how many: `17`, `17x2`, `4012345 × 3`."""
    match = _TIMES.fullmatch(text.strip())
    return (text.strip(), 1) if match is None else (match["goods"], int(match["pieces"]))


def read_number(text: str) -> int | None:
    """The number of the sheet that was typed for the goods; None for what cannot be one."""
    return int(text) if _NUMBER.fullmatch(text) else None


def claimed_goods(
    work: UnitOfWork,
    text: str,
    quantity: int,
    price: Money | None,
    at: datetime,
    fields: LineFields,
    *,
    by_number: bool = True,
) -> ClaimedGoods:
    """The goods that `text` means, at the `price` given, that of the stream, or the one on file.

    `by_number`: it may be a number of the sheet.

    Raises UnknownCode, AmbiguousGoods, SeveralSheetNumbers, IncompleteProduct, BadField (goods by weight, which are
    ordered by no piece).
    """
    product, pieces, numbers = _product(work, text, at, fields.goods, by_number=by_number)
    if price is None and len({item.price for item in numbers}) > 1:
        raise SeveralSheetNumbers(product.code, tuple(item.number for item in numbers))
    of_stream = numbers[0].price if numbers else None
    if product.by_weight:
        raise BadField(fields.goods, "by_weight", product.code)
    check_quantity(quantity * pieces, fields.quantity)
    agreed = price or of_stream or product.price
    lacking = tuple(name for name in product.missing if name != "price" or agreed is None)
    if lacking or agreed is None:
        raise IncompleteProduct(product.code, lacking)
    if agreed.minor < 0:
        raise BadField(fields.price, "negative", str(agreed))
    return ClaimedGoods(product, quantity * pieces, agreed)


def _product(
    work: UnitOfWork, text: str, at: datetime, field: str, *, by_number: bool
) -> tuple[Product, int, Sequence[StreamItem]]:
    """The product, how many of it the code means, and where it stands on the sheet."""
    text = text.strip()
    items = work.pickups.stream_items() if by_number else ()

    def on_sheet(product: Product) -> list[StreamItem]:
        return [item for item in items if item.product == product.id]

    number = read_number(text)
    for item in items:
        if item.number == number:
            known = work.products.by_id(item.product, at)
            assert known is not None, "goods of the stream stay in the catalogue"
            return known, 1, [item]
    fault: BadInput = UnknownCode(shown(text), field)
    try:
        named = work.products.named(read_code(text, field).canonical, at)
    except BadInput as error:
        named, fault = None, error if len(text) >= SHORTEST else fault
    if named is not None:
        return named[0], named[1], on_sheet(named[0])
    if len(text) < SHORTEST:
        raise fault
    alike = _ending_in(text.upper(), list(work.products.by_ids([item.product for item in items], at).values()))
    alike = alike or _ending_in(text.upper(), list(work.products.find(text, at, _MOST_ALIKE)))
    if not alike:
        raise fault
    if len(alike) > 1:
        raise AmbiguousGoods(shown(text), tuple(product.code for product in alike))
    return alike[0], 1, on_sheet(alike[0])


def _ending_in(text: str, products: list[Product]) -> list[Product]:
    return [product for product in products if any(code.endswith(text) for code in product.codes)]
