"""A sale that has happened: what was sold, to whom, how it was paid, and how the quota was judged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from pos.domain.errors import BadInput
from pos.domain.money import Money, total
from pos.domain.product import Attributes
from pos.domain.rates import RateTable
from pos.domain.tender import Change, Paid
from pos.domain.visitor import Visitor

if TYPE_CHECKING:
    from pos.domain.goods_return import GoodsReturn

_RECEIPT = re.compile(r"([A-Z][A-Z0-9]{0,7})-([0-9]{6,9})")


@dataclass(eq=False)
class NoSuchReceipt(BadInput):
    """No sale bears this receipt number."""

    receipt: str


def receipt_number(till: str, number: int) -> str:
    """The number as printed: T1-000123. It is gapless per till."""
    return f"{till}-{number:06d}"


def read_receipt_number(text: str) -> tuple[str, int]:
    """Till and number of a printed receipt number, or NoSuchReceipt."""
    match = _RECEIPT.fullmatch(text.strip().upper())
    if match is None:
        raise NoSuchReceipt(text[:40])
    return match[1], int(match[2])


@dataclass(frozen=True, slots=True)
class SaleLine:
    """So many of one product for one carrier, as sold. `taxed` of the pieces went out as dutiable."""

    line: int
    product_id: int
    code: str
    name: str
    names: Mapping[str, str]
    category: str
    quantity: int
    unit_price: Money
    discount: Money
    amount: Money
    carrier: str | None
    taxed: int
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Sale:
    """A recorded sale. `rates` are frozen with it; `quota` is each visitor's assessment, as `quota check` words it.

    `quota_rates` are the customs rates that judged it, units of the base per unit, as decimal strings.
    `mac` is the hex of the keyed hash that chains the sale to the one before it at the same till.
    """

    till: str
    number: int
    key: str
    at: datetime
    cashier: str
    shift: int
    destination: str
    regime: str | None
    regime_version: str | None
    total: Money
    lines: tuple[SaleLine, ...]
    paid: tuple[Paid, ...]
    change: tuple[Change, ...]
    rounding: Money
    rates: RateTable
    quota_rates: Mapping[str, str]
    visitors: tuple[Visitor, ...]
    quota: Mapping[str, Mapping[str, Any]]
    approved_by: str | None = None
    mac: str = ""
    returns: tuple[GoodsReturn, ...] = ()
    """What came back in the same act and paid for it, each a record of its own."""

    @property
    def receipt(self) -> str:
        """The number as printed."""
        return receipt_number(self.till, self.number)

    @property
    def pieces(self) -> int:
        """How many pieces were sold."""
        return sum(line.quantity for line in self.lines)

    @property
    def carriers(self) -> tuple[str, ...]:
        """The visitors who carry something, by label in the order of the sale."""
        carrying = {line.carrier for line in self.lines}
        return tuple(visitor.label for visitor in self.visitors if visitor.label in carrying)

    @property
    def discounts(self) -> Money:
        """What all discounts took off."""
        return total((line.discount for line in self.lines), self.total.currency)
