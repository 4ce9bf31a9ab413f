"""Claims that were typed while a stream runs: sent one after another, each kept until the store has answered, also in
a file of the till.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.errors import Collided, InfrastructureError, RuleBroken, StoreUnavailable
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderClosed, OrderState
from pos.domain.staff.staff import Person
from pos.ui.pickup.claim_file import ClaimFile, KeptClaim
from pos.ui.session.session import Session

_MOST = 200
"""How many claims stay in sight; older ones stand on the board."""
_AGAIN_MS = 5_000
"""Milliseconds after which a claim is sent again that a store could not record which does answer."""
_AFTER_MS = 500
"""Milliseconds from a change to the file: what the store answers by then is in no file."""


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
    _found_left = Signal()

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
        self._file = ClaimFile(session.shop.folder, session.shop.till)
        self._left: Sequence[KeptClaim] | None = None
        """What was open when the till stopped, until it is among the claims again; None before the file is read."""
        self._written: Sequence[KeptClaim] = ()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._keep_in_file)
        self.changed.connect(self._soon.start)
        session.person_changed.connect(lambda _person: self.resume())
        self._found_left.connect(self.resume)
        session.closed.connect(self._end)
        self.resume()

    def resume(self) -> None:
        """Send again what was open when the till stopped, for the persons who typed it."""
        session = self._session
        if session.person is None:
            return
        if self._left is None:
            session.keep_file(self._begin_file, lambda _error: None)
        elif self._left:
            session.run(session.shop.sign_in.people, self._take_left, lambda _error: None)

    def _begin_file(self) -> None:
        """On the store's thread, also while the database is away."""
        if self._left is None:
            self._left = self._written = tuple(self._file.begin())
            self._found_left.emit()

    def _take_left(self, people: Sequence[Person]) -> None:
        """The claims of a person who may sign in no more are those of the person who is there."""
        here, left = self._session.person, self._left
        if here is None or not left:
            return  # until a person signs in
        named, resumed = {person.name: person for person in people}, []
        for one in left:
            self._count += 1
            words = (one.goods, one.buyer, one.channel, one.language)
            person = named.get(one.person, here)
            # One that was refused stands in no book: a person corrects it or drops it.
            state = ClaimState.REFUSED if one.was_refused else ClaimState.TYPED
            claim = Claim(self._count, *words, person, one.key, state, is_wanted_back=one.is_wanted_back)
            claim.may_stand = not one.was_refused
            resumed.append(claim)
        self.all[:0] = resumed
        self._left = ()
        self.changed.emit()
        self.send()

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
        self._keep_in_file()

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

    def follow(self) -> None:
        """Read what has become of the recorded claims since: an order is packed, cancelled and picked up elsewhere."""
        find = self._session.shop.pickup.find
        codes = {one.order.code for one in self.all if one.order is not None and one.state is ClaimState.TAKEN}
        if codes:
            self._session.run_as(lambda person: find.with_codes(codes, person), self._take_orders, lambda _error: None)

    def _take_orders(self, orders: Mapping[str, CustomerOrder]) -> None:
        changed = False
        for claim in self.all:
            now = None if claim.order is None else orders.get(claim.order.code)
            if now is not None and claim.state is ClaimState.TAKEN and now != claim.order:
                claim.order, changed = now, True
        if changed:
            self.changed.emit()

    def send_again(self) -> None:
        """Send what is not recorded, also what was set aside or left by a stop."""
        self.resume()
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
            if order.state is OrderState.CANCELLED:  # the answer to an earlier request was lost
                self._back(one)
            elif one.is_wanted_back:
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
            claim.is_aside = True  # one that is wanted back stays so: sent again, it is cancelled
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

    # ── the file ─────────────────────────────────────────────────────────────────────────────────────────────

    def _open_claims(self) -> Sequence[KeptClaim]:
        mine = (
            KeptClaim(
                one.goods,
                one.buyer,
                one.channel,
                one.language,
                one.person.name,
                one.key,
                one.is_wanted_back,
                one.state is ClaimState.REFUSED,
            )
            for one in self.open
        )
        return (*(self._left or ()), *mine)

    def _keep_in_file(self) -> None:
        self._soon.stop()
        if self._left is None:  # what was left stands in the file, and is not read yet
            self._soon.start()
            return
        claims = self._open_claims()
        if claims != self._written:
            self._written = claims
            self._session.keep_file(lambda: self._file.keep(claims), lambda _error: None)

    def _end(self) -> None:
        self._soon.stop()
        self._file.keep(self._open_claims())
        self._file.end()
