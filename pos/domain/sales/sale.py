"""A sale that has happened: what was sold, to whom, how it was paid, and how the quota was judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pos.domain.money import Money, total
from pos.domain.pricing.discount import roundest_percent
from pos.domain.receipt_number import receipt_number
from pos.domain.vat import by_rate

if TYPE_CHECKING:
    from pos.domain.catalogue.product import Attributes
    from pos.domain.payment.tender import Change, Paid
    from pos.domain.pricing.discount import Discount
    from pos.domain.pricing.promotion import Promoted
    from pos.domain.pricing.rates import RateTable
    from pos.domain.returns.goods_return import GoodsReturn
    from pos.domain.sales.parcel import Parcel
    from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class SaleLine:
    """So many of one product for one carrier, as sold. `taxed` of the pieces went out as dutiable.

    `discount` is all that was taken off: by hand, by `promotions`, and as `share` of the basket's discount. `catalogue`
    is the price on file where another one was given by hand, zero where there was none. `vat` is the rate in per cent,
    None for what is tax free, and `tax` what of it is in `amount`.
    """

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
    catalogue: Money | None = None
    promotions: tuple[Promoted, ...] = ()
    share: Money | None = None
    vat: Decimal | None = None
    tax: Money | None = None
    note: str = ""
    discount_kind: str | None = None
    """How hands gave the discount; None without one, and of sales of before it was kept."""
    serial: str | None = None
    """The number of the single piece, by its marking code."""
    lot: str | None = None
    """The lot that the code named."""
    grams: int | None = None
    """What the piece weighs, of goods by weight; `per_kg` is the price of a kilogram then."""
    per_kg: Money | None = None
    details: Mapping[str, str] = field(default_factory=dict)
    """What papers for the border have of the goods (`ON_PAPERS`), as it was on file; empty for older sales."""

    @property
    def has_open_price(self) -> bool:
        """Whether its price was given by hand, with none on file."""
        return self.catalogue is not None and not self.catalogue

    @property
    def net(self) -> Money:
        """What it cost before the basket's discount."""
        return self.amount if self.share is None else self.amount + self.share

    @property
    def percent_given(self) -> Fraction | None:
        """The discount given by hand in per cent; None if it was an amount, or if other per cents take off the same.

        The record has the amount, which is rounded: 15 % of 12.50 are 1.88, and 1.88 would be 15.04 %.
        """
        if self.discount_kind != "percent":
            return None
        return roundest_percent(self.unit_price * self.quantity, self.by_hand)

    @property
    def by_hand(self) -> Money:
        """What was taken off the line itself by hand."""
        promoted = total((one.amount for one in self.promotions), self.amount.currency)
        return self.discount - promoted - (self.share or Money.zero(self.amount.currency))


@dataclass(frozen=True, slots=True)
class Sale:
    """A recorded sale. `rates` are frozen with it; `quota` is each visitor's assessment, as `quota check` words it.

    `basket` is the discount on the whole of it, which the lines share. `quota_rates` are the customs rates that judged
    it, units of the base per unit, as decimal strings. `mac` is the hex of the keyed hash that chains the sale to the
    one before it at the same till.
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
    basket: Discount | None = None
    note: str = ""
    returns: tuple[GoodsReturn, ...] = ()
    """What came back in the same act and paid for it, each a record of its own."""
    voided_by: str | None = None
    """The number of the void, where the whole of it was voided."""
    parcel: Parcel | None = None
    """How the goods are sent; None for goods that are carried. To whom they go is kept apart."""

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

    @property
    def basket_off(self) -> Money:
        """What the discount on the whole basket took off."""
        return total((line.share for line in self.lines if line.share is not None), self.total.currency)

    @property
    def tax(self) -> tuple[tuple[Decimal, Money], ...]:
        """The tax in the total, by rate; empty where everything is tax free."""
        return by_rate((line.vat, line.tax or Money.zero(self.total.currency)) for line in self.lines)
