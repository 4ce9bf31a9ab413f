"""A card terminal without an open protocol: a person reads its display and says what it says."""

from __future__ import annotations

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import NOT_ASKABLE, Answer, Lost
from pos.domain.outside_partners.rhythm import PartnerRhythm

_BY_PERSON = Lost("by_person", NOT_ASKABLE)
"""Each act is with a person at once: one key says *approved* or *declined*, and the slip's number may be typed."""


class TypedTerminal:
    """Implements `PaymentProvider`. Nothing is sent anywhere, and nothing is forgotten by a restart."""

    name = "terminal"
    rhythm = PartnerRhythm(first_ask=0, ask_every=0, time_over=0, call=0)

    def takes(self, currency: Currency) -> bool:  # noqa: ARG002 # as its bank has agreed with the shop
        return True

    def payable(self, amount: Money) -> Money:
        return amount

    def charge(self, order: ChargeOrder) -> Answer:  # noqa: ARG002 # the port's
        return _BY_PERSON

    def ask(self, charge: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        return _BY_PERSON

    def undo(self, charge: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        return _BY_PERSON

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        return _BY_PERSON

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        return _BY_PERSON

    def check(self) -> None:
        """Nothing to try."""
