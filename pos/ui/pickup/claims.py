"""Claims that were typed while a stream runs: sent one after another, each kept until the store has answered."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.errors import Collided, InfrastructureError, RuleBroken, StoreUnavailable
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderClosed, OrderState
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

_MOST = 200
"""How many claims stay in sight; older ones stand on the board."""
_AGAIN_MS = 5_000
"""Milliseconds after which a claim is sent again that a store could not record which does answer."""


class ClaimState(Enum):
    """How far a typed claim is."""

    TYPED = "typed"
    """Not recorded yet: the store is slow, or away."""
    TAKEN = "taken"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(eq=False, slots=True)
class Claim:
    """A claim as it was typed. The `key` of its request makes it harmless to send it again.

    `error` says why it is not recorded. `is_aside`: nothing that is foreseen has stopped it, so the others do not wait
    for it. `may_stand`: it is not known whether the store has recorded it. `is_wanted_back`: it is to be none, as soon
    as the store agrees.
    """

    number: int
    goods: str
    buyer: str
    channel: str
    language: str
    person: Person
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: ClaimState = ClaimState.TYPED
    order: CustomerOrder | None = None
    error: Exception | None = None
    is_aside: bool = False
    may_stand: bool = False
    is_wanted_back: bool = False


class Claims(QObject):
    """The claims of this till, newest last. `changed`: one of them is another. `taken` carries one that was recorded,
    `refused` one that was not; `undone` one that was taken back, `stays` one that could not be, and why.
    """

    changed = Signal()
    taken = Signal(object)
    refused = Signal(object)
    undone = Signal(object)
    stays = Signal(object, object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._count = 0
        self._sending: Claim | None = None
        self.recorded = 0
        """How many were recorded, and not taken back."""
        self.all: list[Claim] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.send)
        session.came_back.connect(self.send_again)

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

    def take_back(self) -> Claim | None:
        """Take the last claim back: its goods are free again. One that the store may know goes back when it answers."""
        claim = self.last
        if claim is None:
            return None
        claim.is_wanted_back = True
        if claim.state is ClaimState.TAKEN:
            self._cancel(claim)
        elif claim is not self._sending and not claim.may_stand:
            self._back(claim)
        else:
            claim.is_aside = False
            self.send()
        self.changed.emit()
        return claim

    def send_again(self) -> None:
        """Send what is not recorded, also what was set aside."""
        for claim in self.unsent:
            claim.is_aside = False
        self.send()

    def send(self) -> None:
        """Send the oldest one that is not recorded; the others follow it."""
        claim = next((one for one in self.unsent if not one.is_aside), None)
        if self._sending is not None or claim is None:
            return
        one, take = claim, self._session.shop.pickup.take
        self._sending = one

        def call() -> CustomerOrder:
            return take.called(one.goods, one.buyer, one.channel, one.language, one.person, one.key)

        def done(order: CustomerOrder) -> None:
            self._sending = None
            one.state, one.order, one.error = ClaimState.TAKEN, order, None
            self.recorded += 1
            if one.is_wanted_back:
                self._cancel(one)
            else:
                self.taken.emit(one)
            self.changed.emit()
            self.send()

        def failed(error: Exception) -> None:
            self._sending = None
            if isinstance(error, RuleBroken):
                self._refuse(one, error)
            else:
                self._keep(one, error)
            self.changed.emit()

        self._session.run(call, done, failed)

    def _refuse(self, claim: Claim, error: RuleBroken) -> None:
        """It stands in no book."""
        if claim.is_wanted_back:
            self._back(claim)
        else:
            claim.state, claim.error = ClaimState.REFUSED, error
            self.refused.emit(claim)
        self.send()

    def _keep(self, claim: Claim, error: Exception) -> None:
        """It is sent again: when the store answers again, or soon where it does answer."""
        is_known = claim.error is not None and str(claim.error) == str(error)
        claim.error = error
        claim.may_stand = claim.may_stand or not isinstance(error, StoreUnavailable | Collided)
        if claim.is_wanted_back and not claim.may_stand:
            self._back(claim)
        if not isinstance(error, InfrastructureError):  # it was said and logged already
            claim.is_aside, claim.is_wanted_back = True, False
            self.send()
            return
        if not is_known:
            self._session.report(error)
        if not self._session.is_away:
            self._again.start()

    def _cancel(self, claim: Claim) -> None:
        order, forward = claim.order, self._session.shop.pickup.steps
        assert order is not None, "a claim that is taken is an order"
        code, why, person = order.code, self._session.translator("withdrawn"), claim.person

        def not_done(error: Exception) -> None:
            if isinstance(error, CustomerOrderClosed) and error.state == OrderState.CANCELLED.value:
                self._back(claim)  # the answer to the first request was lost, or another person was first
                return
            claim.is_wanted_back = False
            self.stays.emit(claim, error)
            self.changed.emit()

        self._session.run(lambda: forward.cancel(code, why, person), lambda _order: self._back(claim), not_done)

    def _back(self, claim: Claim) -> None:
        if claim.state is ClaimState.TAKEN:
            self.recorded -= 1
        claim.state, claim.error = ClaimState.TAKEN_BACK, None
        self.undone.emit(claim)
        self.changed.emit()
