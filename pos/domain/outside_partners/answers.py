"""What a partner says of an act that was asked of it, or that it has said nothing."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class Done:
    """The act is done: the partner names the sum that moved and its own number of it.

    `detail` is what has to be kept for a return or a receipt, by name; nothing secret, no account of the customer.
    """

    amount: Money
    reference: str
    detail: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Waiting:
    """The customer has to act, or the partner is still at it. `hint` names what is waited for: `pin`, `card`, …

    `reference` is the partner's own number of the act, where it has given one already. Keep it at once: a partner that
    is not asked by our number is asked by it alone.
    """

    hint: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Declined:
    """The partner will not do it, and has moved nothing. `reason` is one of `DECLINE_REASONS`."""

    reason: str
    detail: str = ""
    """The partner's own code, for the log and the person at its hotline; never a secret."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The partner knows no act of this number by now. It may still learn of it: a request can be late."""


@dataclass(frozen=True, slots=True)
class Undone:
    """The partner acknowledges: the act will not happen any more, and what had been paid is given back."""


@dataclass(frozen=True, slots=True)
class Lost:
    """No answer, or none that can be trusted: whether the act is done is unknown. `what` is one of `LOST_REASONS`.

    `detail` may be NOT_ASKABLE: no later question will tell either, and a person has to look.
    """

    what: str
    detail: str = ""


NOT_ASKABLE = "not_askable"

Answer = Done | Waiting | Declined | NotFound | Undone | Lost

DECLINE_REASONS = (
    "code_expired",
    "code_unknown",
    "no_money",
    "limit",
    "by_customer",
    "by_partner",
    "account",
    "already_refunded",
    "too_much_refunded",
    "not_set_up",
    "busy",
    "no_line",
)
"""Why a partner does not do it, in the words of the shop; each has a sentence at the edge.

`no_line`: no connection was made, so that nothing of the request has left this computer.
"""

LOST_REASONS = (
    "no_line",
    "time_over",
    "certificate",
    "signature",
    "partner_broken",
    "not_understood",
    "too_long",
    "signed_out",
    "by_person",
)
"""Why nothing certain is known of an act; each has a sentence at the edge."""
