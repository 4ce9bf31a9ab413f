"""The provider of a training, a demo and a simulation: it opens no connection, and a button says what happens."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Lock

from pos.application.ports.partner_ports import ChargeMade, ChargeOrder, PracticeOutcome
from pos.domain.money import Currency, Money
from pos.domain.outside_partners.answers import Answer, Declined, Done, Lost, NotFound, Undone, Waiting
from pos.domain.outside_partners.rhythm import PartnerRhythm

RHYTHM = PartnerRhythm(first_ask=1, ask_every=1, time_over=60, call=5)
_LOST = Lost("time_over")


@dataclass
class _Charge:
    amount: Money
    paid: bool = False
    undone: bool = False
    refused: bool = False


@dataclass
class PracticeProvider:
    """Implements `PaymentProvider` and `PracticeButtons`. What it has taken is forgotten when the program ends.

    `outcome` is what the customer does from now on; while the line is lost nothing is heard of them.
    """

    name: str = "practice"
    rhythm: PartnerRhythm = RHYTHM
    outcome: PracticeOutcome = PracticeOutcome.PAYS
    _charges: dict[str, _Charge] = field(default_factory=dict)
    _refunds: dict[str, Money] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def choose(self, outcome: PracticeOutcome) -> None:
        self.outcome = outcome

    def takes(self, currency: Currency) -> bool:  # noqa: ARG002 # every one
        return True

    def payable(self, amount: Money) -> Money:
        return amount

    def charge(self, order: ChargeOrder) -> Answer:
        with self._lock:
            charge = self._charges.setdefault(order.number, _Charge(order.amount))
            return self._became(order.number, charge)

    def ask(self, charge: ChargeMade) -> Answer:
        with self._lock:
            found = self._charges.get(charge.number)
            if self.outcome is PracticeOutcome.LINE_LOST:
                return _LOST
            return NotFound() if found is None else self._became(charge.number, found)

    def undo(self, charge: ChargeMade) -> Answer:
        with self._lock:
            if self.outcome is PracticeOutcome.LINE_LOST:
                return _LOST
            found = self._charges.setdefault(charge.number, _Charge(charge.amount))
            if found.paid:
                return Done(found.amount, f"P{charge.number[:8]}")
            found.undone = True
            return Undone()

    def refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        with self._lock:
            if self.outcome is PracticeOutcome.LINE_LOST:
                return _LOST
            back = self._refunds.setdefault(number, amount)
            return Done(back, f"R{number[:8]}")

    def ask_refund(self, number: str, amount: Money, original: ChargeMade) -> Answer:  # noqa: ARG002 # the port's
        with self._lock:
            if self.outcome is PracticeOutcome.LINE_LOST:
                return _LOST
            back = self._refunds.get(number)
            return NotFound() if back is None else Done(back, f"R{number[:8]}")

    def check(self) -> None:
        """There is no line."""

    def _became(self, number: str, charge: _Charge) -> Answer:
        """What the customer does; what they have done stays."""
        waits = not (charge.undone or charge.refused or charge.paid)
        if waits and self.outcome is PracticeOutcome.PAYS:
            charge.paid = True
        elif waits and self.outcome is PracticeOutcome.REFUSES:
            charge.refused = True
        if self.outcome is PracticeOutcome.LINE_LOST:
            return _LOST
        if charge.undone:
            return Undone()
        if charge.refused:
            return Declined("by_customer")
        return Done(charge.amount, f"P{number[:8]}") if charge.paid else Waiting("pin")
