"""Claims that were typed while a stream runs: sent one after another, kept until the store has answered, never lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.domain.errors import RuleBroken
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

_MOST = 200
"""How many claims stay in sight; older ones stand on the board."""


class ClaimState(Enum):
    """How far a typed claim is."""

    TYPED = "typed"
    """Not recorded yet: the store is slow, or away."""
    TAKEN = "taken"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(eq=False, slots=True)
class Claim:
    """A claim as it was typed. The `key` of its request makes it harmless to send it again."""

    number: int
    goods: str
    buyer: str
    channel: str
    language: str
    person: Person
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: ClaimState = ClaimState.TYPED
    order: CustomerOrder | None = None
    error: RuleBroken | None = None
    is_wanted_back: bool = False


class Claims(QObject):
    """The claims of this till, newest last. `changed`: one of them is another. `taken` carries one that was recorded,
    `refused` one that was not; `undone` one that was taken back.
    """

    changed = Signal()
    taken = Signal(object)
    refused = Signal(object)
    undone = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._is_sending = False
        self.all: list[Claim] = []
        session.came_back.connect(self.send)

    def add(self, goods: str, buyer: str, channel: str, language: str, person: Person) -> Claim:
        """Keep a claim, and send it as soon as those before it are answered."""
        self._count += 1
        claim = Claim(self._count, goods, buyer, channel, language, person)
        self.all.append(claim)
        answered = [one for one in self.all if one.state in (ClaimState.TAKEN, ClaimState.TAKEN_BACK)]
        for old in answered[: max(0, len(self.all) - _MOST)]:
            self.all.remove(old)
        self.changed.emit()
        self.send()
        return claim

    @property
    def unsent(self) -> list[Claim]:
        """Those that the store does not know yet, the oldest first."""
        return [claim for claim in self.all if claim.state is ClaimState.TYPED]

    @property
    def open(self) -> list[Claim]:
        """What would be lost with the page: not recorded yet, or refused and not corrected."""
        return [claim for claim in self.all if claim.state in (ClaimState.TYPED, ClaimState.REFUSED)]

    @property
    def last(self) -> Claim | None:
        """The last claim that may be taken back."""
        mine = (one for one in reversed(self.all) if one.state in (ClaimState.TYPED, ClaimState.TAKEN))
        return next((one for one in mine if not one.is_wanted_back), None)

    def drop(self, claim: Claim) -> None:
        """A refused claim is corrected, or given up."""
        if claim in self.all and claim.state is ClaimState.REFUSED:
            self.all.remove(claim)
            self.changed.emit()

    def forget(self) -> None:
        """The till closes although claims are open: do not offer them again."""
        self.all = [claim for claim in self.all if claim not in self.open]
        self.changed.emit()

    def take_back(self, failed: Callable[[Exception], None]) -> Claim | None:
        """Take the last claim back: its goods are free again. One that is on its way goes back when it arrives."""
        claim = self.last
        if claim is None:
            return None
        claim.is_wanted_back = True
        if claim.state is ClaimState.TAKEN:
            self._cancel(claim, failed)
        elif claim is not self._sent_now:
            self._back(claim)
        return claim

    @property
    def _sent_now(self) -> Claim | None:
        unsent = self.unsent
        return unsent[0] if self._is_sending and unsent else None

    def send(self) -> None:
        """Send the oldest one that is not recorded; the others follow it."""
        unsent = self.unsent
        if self._is_sending or not unsent:
            return
        claim, take = unsent[0], self._session.shop.pickup.take
        self._is_sending = True

        def call() -> CustomerOrder:
            return take.called(claim.goods, claim.buyer, claim.channel, claim.language, claim.person, claim.key)

        def done(order: CustomerOrder) -> None:
            self._is_sending = False
            claim.state, claim.order = ClaimState.TAKEN, order
            if claim.is_wanted_back:
                self._cancel(claim, lambda _error: None)
            self.taken.emit(claim)
            self.changed.emit()
            self.send()

        def failed(error: Exception) -> None:
            self._is_sending = False
            if not isinstance(error, RuleBroken):
                self.changed.emit()  # the store is away: it is sent when it answers again, or with the next claim
                return
            claim.state, claim.error = ClaimState.REFUSED, error
            if claim.is_wanted_back:
                self.all.remove(claim)
            else:
                self.refused.emit(claim)
            self.changed.emit()
            self.send()

        self._session.run(call, done, failed)

    def _cancel(self, claim: Claim, failed: Callable[[Exception], None]) -> None:
        order, forward = claim.order, self._session.shop.pickup.steps
        if order is None:
            return
        why = self._session.translator("withdrawn")

        def not_done(error: Exception) -> None:
            claim.is_wanted_back = False
            failed(error)
            self.changed.emit()

        self._session.run(
            lambda: forward.cancel(order.code, why, claim.person), lambda _order: self._back(claim), not_done
        )

    def _back(self, claim: Claim) -> None:
        claim.state = ClaimState.TAKEN_BACK
        self.undone.emit(claim)
        self.changed.emit()
