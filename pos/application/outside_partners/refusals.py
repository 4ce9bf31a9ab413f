"""What may not be asked of a payment provider."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadInput, Refused
from pos.domain.money import Currency, Money


@dataclass(eq=False)
class ChargeStillOpen(Refused):
    """For the same money an attempt is open: its outcome comes first, or a person asks to undo it."""

    fact = "charge_still_open"

    provider: str
    amount: Money


@dataclass(eq=False)
class ProviderNotSetUp(Refused):
    """The till has no provider of this name, or not all that it needs to sign in."""

    fact = "provider_not_set_up"

    provider: str


@dataclass(eq=False)
class ProviderTakesNot(Refused):
    """The provider takes no money of this currency."""

    fact = "provider_takes_not"

    provider: str
    currency: Currency


@dataclass(eq=False)
class ProviderTakesWhole(Refused):
    """The provider takes whole units alone: `payable` of the amount, and the rest is paid in another way."""

    fact = "provider_takes_whole"

    provider: str
    amount: Money
    payable: Money


@dataclass(eq=False)
class ChargeNotPaid(Refused):
    """A tender names a provider that has not said that it has this money for this sale."""

    fact = "charge_not_paid"

    provider: str
    amount: Money


@dataclass(eq=False)
class RefundUnderWay(Refused):
    """The provider has been asked to give it back, and its answer is awaited."""

    fact = "refund_under_way"

    provider: str
    amount: Money


@dataclass(eq=False)
class AccountInUse(Refused):
    """Another account of a provider would know nothing of these `attempts`, which are not settled yet."""

    fact = "account_in_use"

    provider: str
    attempts: int


@dataclass(eq=False)
class NoSuchAttempt(BadInput):
    """No attempt at a partner has this number."""

    fact = "no_such_attempt"

    number: str
