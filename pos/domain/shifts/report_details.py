"""What a manager looks at behind the sums of a shift or a day: who took off what, and what else happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class DiscountSum:
    """What discounts of one `kind` by one person took off, over `count` lines. Kind "" was recorded without one."""

    kind: str
    person: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True)
class PromotionSum:
    """What a promotion took off so many pieces, under the name it had last."""

    promotion: int
    name: str
    pieces: int
    amount: Money


@dataclass(frozen=True, slots=True)
class TaxSum:
    """The tax of one rate (per cent) in the prices of what was sold, less that of what came back."""

    rate: Decimal
    amount: Money


@dataclass(frozen=True, slots=True)
class VoidLine:
    """Pieces of an article taken out of a basket that was not sold yet; `amount` is what they would have cost.

    `names` are those of the catalogue by language, which no Z keeps; goods that were renamed since have none.
    """

    at: datetime
    till: str
    person: str
    code: str
    name: str
    pieces: int
    amount: Money
    names: Mapping[str, str] = field(default_factory=dict, compare=False)

    def name_in(self, language: str) -> str:
        """The name in `language`, or the recorded one."""
        return self.names.get(language) or self.name


@dataclass(frozen=True, slots=True)
class DrawerOpening:
    """The drawer opened without a sale, and why."""

    at: datetime
    till: str
    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApprovalSum:
    """How often a person approved one act; an approval of two acts counts for each."""

    act: str
    person: str
    count: int


@dataclass(frozen=True, slots=True)
class ReturnSum:
    """Goods that came back for one reason: receipts, pieces, and what was paid for them."""

    reason: str
    count: int
    pieces: int
    amount: Money


@dataclass(frozen=True, slots=True)
class FiscalCounts:
    """How many receipts of a shift, or of the shop, stand how at the fiscal register."""

    registered: int = 0
    waiting: int = 0
    refused: int = 0
    given_up: int = 0
    at_terminal: int = 0

    def __bool__(self) -> bool:
        return any((self.registered, self.waiting, self.refused, self.given_up, self.at_terminal))


@dataclass(frozen=True, slots=True)
class ShiftDetails:
    """All of it; lines in the order of time, sums in that of their names."""

    discounts: tuple[DiscountSum, ...] = ()
    voids: tuple[VoidLine, ...] = ()
    openings: tuple[DrawerOpening, ...] = ()
    approvals: tuple[ApprovalSum, ...] = ()
    returns: tuple[ReturnSum, ...] = ()


NO_DETAILS = ShiftDetails()
