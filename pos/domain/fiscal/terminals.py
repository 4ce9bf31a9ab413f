"""Payment terminals that register the fiscal receipt themselves: a sale is paid wholly there, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.domain.errors import Refused
from pos.domain.money import Money, total
from pos.domain.outside_partners.providers import takes_no_part
from pos.domain.payment.tender import EXCHANGE, Change, Paid
from pos.domain.returns.goods_return import Refund


@dataclass(eq=False)
class PaidBesideTerminal(Refused):
    """A part of the sale is paid at a terminal that registers it, and the rest in another way.

    The register would receive the whole, and the terminal has registered its part: money would count twice.
    """

    fact = "paid_beside_terminal"

    provider: str


@dataclass(eq=False)
class BackAtTerminal(Refused):
    """The fiscal receipt of the sale is the terminal's: its money goes back there, not in cash and not in exchange."""

    fact = "back_at_terminal"

    provider: str
    receipt: str


def terminal_of(due: Money, paid: Sequence[Paid], terminals: Collection[str]) -> str:
    """The terminal that registers a sale of `due`, by which of `terminals` it was paid; empty where none does.

    Beside a terminal that takes no part of a unit less than a unit may be paid in cash. Two terminals may share a
    sale. Raises PaidBesideTerminal.
    """
    there = [one for one in paid if one.tender.provider in terminals]
    if not there:
        return ""
    name = there[0].tender.provider
    if len(there) < len(paid):
        left = due - total((one.value for one in there), due.currency)
        is_exchange = any(one.tender.method == EXCHANGE for one in paid)
        if is_exchange or not is_rest(left, there):
            raise PaidBesideTerminal(name)
    return name


def is_rest(left: Money, there: Sequence[Paid]) -> bool:
    """Whether what is left to pay is so little that the terminals of these tenders cannot take it."""
    return left.units < max((_least(one) for one in there), default=Fraction(0))


def check_back_at_terminal(
    receipt: str, terminal: str, paid: Sequence[Paid], change: Sequence[Change], refunds: Sequence[Refund]
) -> None:
    """Refuse money that goes back in cash, or pays for other goods, of a sale that `terminal` has registered.

    `refunds` are all that go back of it. What was paid in cash beside it goes back in cash. Raises BackAtTerminal.
    """
    currency = paid[0].value.currency if paid else None
    if currency is None:
        return
    came = total((one.value for one in paid if one.tender.method == "cash"), currency)
    stays = came - total((one.value for one in change), currency)
    back = total((one.value for one in refunds if one.method == "cash"), currency)
    if any(one.method == EXCHANGE for one in refunds) or back > max(stays, Money.zero(currency)):
        raise BackAtTerminal(terminal, receipt)


def _least(paid: Paid) -> Fraction:
    """What the least that its provider takes beyond a minor unit is worth: a unit, or nothing."""
    return paid.rate if takes_no_part(paid.tender.provider) else Fraction(0)
