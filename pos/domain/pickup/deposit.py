"""The deposit on a customer order: a sum in the currency in which it came, at a rate that is frozen with it.

Taken once; then used for the sale at the pick-up, given back, or kept. What is left of it is always the sum of its
entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from fractions import Fraction

from pos.domain.errors import Refused
from pos.domain.money import Money
from pos.domain.payment.tender import CashRules

GIVE_BACK, KEEP, CREDIT = NO_SHOW = ("give_back", "keep", "credit")
"""Of a deposit when no one comes: the buyer gets it back, the shop keeps it, or it pays for another order."""


@dataclass(eq=False)
class DepositTaken(Refused):
    """The order has a deposit already."""

    fact = "deposit_taken"

    code: str
    amount: Money


@dataclass(eq=False)
class NoDeposit(Refused):
    """There is nothing of a deposit left on the order."""

    fact = "no_deposit"

    code: str


@dataclass(eq=False)
class DepositAboveOrder(Refused):
    """The deposit is more than the order comes to: `most`, in the currency of the deposit."""

    fact = "deposit_above_order"

    code: str
    most: Money


@dataclass(eq=False)
class DepositChanged(Refused):
    """The deposit of the order is not what was on show any more."""

    fact = "deposit_changed"

    code: str


class EntryKind(Enum):
    """What happened to a deposit. `restored`: the sale that used it was voided."""

    TAKEN = "taken"
    USED = "used"
    RESTORED = "restored"
    RETURNED = "returned"
    KEPT = "kept"
    MOVED_OUT = "moved_out"
    MOVED_IN = "moved_in"


_ADDS = frozenset({EntryKind.TAKEN, EntryKind.RESTORED, EntryKind.MOVED_IN})


@dataclass(frozen=True, slots=True)
class DepositEntry:
    """One entry: `amount` above zero in the currency of the deposit, `value` in the price currency.

    `shift` is the shift in which it happened; None for what moved between two orders. `receipt` is the sale that used
    it, or the void that restored it.
    """

    kind: EntryKind
    amount: Money
    value: Money
    at: datetime
    till: str
    person: str
    shift: int | None = None
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """`method` is how it came (cash, card, qr), `rate` units of the price currency for one unit of it.

    `value` is what the whole of it counts for. `no_show` are the terms on which it was taken.
    """

    method: str
    amount: Money
    value: Money
    rate: Fraction
    no_show: str
    reference: str = ""
    entries: tuple[DepositEntry, ...] = ()

    @property
    def open(self) -> Money:
        """What is left of it."""
        return Money(sum(_signed(one.kind, one.amount.minor) for one in self.entries), self.amount.currency)

    @property
    def open_value(self) -> Money:
        """What the rest counts for: together with what was used never more than the whole."""
        return Money(sum(_signed(one.kind, one.value.minor) for one in self.entries), self.value.currency)

    def is_of(self, method: str, amount: Money, reference: str) -> bool:
        """Whether it was paid so."""
        return (self.method, self.amount, self.reference) == (method, amount, reference)

    def sum_of(self, *kinds: EntryKind) -> Money:
        """What its entries of these kinds come to."""
        return Money(sum(one.amount.minor for one in self.entries if one.kind in kinds), self.amount.currency)

    def towards(self, due: Money, cash: CashRules) -> Money:
        """So much of the rest as pays `due` of the price currency: all of it, or what comes to `due` at its rate.

        Of a deposit in cash it is what would be asked for in cash; where whole pieces of the drawer do not make what
        would be left of it, so much less that they do: what is left goes back in the currency in which it came.
        """
        if self.open_value <= due:
            return self.open
        exact, currency = due.units / self.rate, self.amount.currency
        if self.method != "cash":
            return min(Money.rounded(exact, currency), self.open)
        piece = cash.piece(currency).minor
        rest = max(self.open - cash.asked(exact, currency), Money.zero(currency))
        stays = Money(-(-rest.minor // piece) * piece, currency)
        return max(self.open - stays, Money.zero(currency))

    def worth(self, amount: Money) -> Money:
        """What a part of the rest counts for; the last part takes what is left."""
        if amount == self.open:
            return self.open_value
        return min(Money.rounded(amount.units * self.rate, self.value.currency), self.open_value)

    def with_entry(self, entry: DepositEntry) -> Deposit:
        """The deposit with one entry more."""
        return replace(self, entries=(*self.entries, entry))


def _signed(kind: EntryKind, minor: int) -> int:
    return minor if kind in _ADDS else -minor


@dataclass(frozen=True, slots=True)
class DepositSum:
    """What deposits by one method in one currency came to, with their value in the price currency."""

    method: str
    amount: Money
    value: Money


@dataclass(frozen=True, slots=True)
class DepositSums:
    """Of some shifts or days: what was taken, used for sales (without what voids restored), given back, and kept.

    They stand beside the payments: of a sale that a deposit paid the payments have the method `deposit`.
    """

    taken: tuple[DepositSum, ...] = ()
    used: tuple[DepositSum, ...] = ()
    returned: tuple[DepositSum, ...] = ()
    kept: tuple[DepositSum, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.taken or self.used or self.returned or self.kept)

    @property
    def parts(self) -> tuple[tuple[str, tuple[DepositSum, ...]], ...]:
        """The four by their names."""
        return ("taken", self.taken), ("used", self.used), ("returned", self.returned), ("kept", self.kept)

    def without_cash(self) -> DepositSums:
        """The same for who may not see what the drawer should hold."""
        return DepositSums(*(tuple(one for one in part if one.method != "cash") for _, part in self.parts))


NO_DEPOSITS = DepositSums()


def together(sums: Iterable[DepositSums]) -> DepositSums:
    """The sums of several shifts."""
    some = tuple(sums)
    return DepositSums(*(_joined([one for of in some for one in of.parts[place][1]]) for place in range(4)))


def _joined(rows: Sequence[DepositSum]) -> tuple[DepositSum, ...]:
    joined: dict[tuple[str, str], DepositSum] = {}
    for one in rows:
        key = one.method, one.amount.currency.code
        before = joined.get(key)
        joined[key] = (
            one if before is None else DepositSum(one.method, before.amount + one.amount, before.value + one.value)
        )
    return tuple(joined[key] for key in sorted(joined))
