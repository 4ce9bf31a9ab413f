"""What an approval is about: an act with its figures, so that other figures are asked about again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from pos.domain.money import Currency, Money
from pos.domain.staff.staff import ApprovalRequirement


@dataclass(frozen=True, slots=True)
class DiscountRequirement(ApprovalRequirement):
    """So much off so many of one article at one price: all its rows together, for all carriers."""

    code: str
    quantity: int
    unit_price: Money
    percent: Decimal | None
    """None where an amount was given."""
    off: Money

    def text(self) -> str:
        given = "" if self.percent is None else f" ({self.percent} %)"
        return f"{self.code} {self.quantity} × {self.unit_price} −{self.off} {self.off.currency.code}{given}"


@dataclass(frozen=True, slots=True)
class BasketDiscountRequirement(ApprovalRequirement):
    """Per cent or an amount off the whole basket, with the goods that it has by then."""

    percent: Decimal | None
    amount: Money | None

    def text(self) -> str:
        return f"−{self.percent} %" if self.amount is None else f"−{self.amount} {self.amount.currency.code}"


def most_percent(needs: Iterable[ApprovalRequirement]) -> Decimal:
    """The largest discount by per cent among what has to be approved; zero where there is none."""
    discounts = (need for need in needs if isinstance(need, DiscountRequirement | BasketDiscountRequirement))
    return max((one.percent for one in discounts if one.percent is not None), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class PriceRequirement(ApprovalRequirement):
    """A price by hand for so many of one article, beside the one on file: zero where there is none."""

    code: str
    quantity: int
    catalogue: Money
    price: Money

    @property
    def is_open_price(self) -> bool:
        """Whether it is an open price."""
        return not self.catalogue

    def text(self) -> str:
        if self.is_open_price:
            return f"{self.code} {self.quantity} × {self.price} {self.price.currency.code}"
        return f"{self.code} {self.quantity} × {self.catalogue} → {self.price} {self.price.currency.code}"


@dataclass(frozen=True, slots=True)
class QuotaRequirement(ApprovalRequirement):
    """What the visitors carry and what is over: a basket that differs in anything is another one."""

    destination: str
    over: tuple[tuple[str, tuple[str, ...]], ...]
    """The labels of the visitors with the rules that are over."""
    carried: str
    """A digest of who carries what, at which price."""

    def text(self) -> str:
        rules = "; ".join(f"{label}: {', '.join(over)}" for label, over in self.over)
        return f"{self.destination} {rules} #{self.carried}"


@dataclass(frozen=True, slots=True)
class CashRequirement(ApprovalRequirement):
    """So much cash out of the drawer without a sale."""

    amount: Money

    def text(self) -> str:
        return f"{self.amount} {self.amount.currency.code}"


@dataclass(frozen=True, slots=True)
class RefundRequirement(ApprovalRequirement):
    """Goods of a receipt worth so much, paid back in cash of one currency."""

    receipt: str
    worth: Money
    currency: Currency

    def text(self) -> str:
        return f"{self.receipt} {self.worth} {self.worth.currency.code} → {self.currency.code}"


@dataclass(frozen=True, slots=True)
class VoidRequirement(ApprovalRequirement):
    """The whole of a receipt worth so much, voided."""

    receipt: str
    worth: Money

    def text(self) -> str:
        return f"{self.receipt} {self.worth} {self.worth.currency.code}"


@dataclass(frozen=True, slots=True)
class QuotaMoveRequirement(ApprovalRequirement):
    """The quota of one visitor of a receipt, for the person behind a keyed hash."""

    receipt: str
    label: str
    to: str

    def text(self) -> str:
        return f"{self.receipt} {self.label}"
