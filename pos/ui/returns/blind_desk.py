"""The return without a receipt at hand: proposed and recorded on the worker thread, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.blind_in_hand import BlindInHand
from pos.application.blind_return import BlindOrder
from pos.application.goods_named import Named
from pos.domain.errors import RuleBroken
from pos.domain.goods_return import GoodsReturn, Refund
from pos.domain.money import Money
from pos.domain.staff import Approval
from pos.ui.doubt import Doubt
from pos.ui.payment.change_column import State
from pos.ui.returns.return_desk import LOCKED, Proposal
from pos.ui.session import Session
from pos.ui.sounds import Sound


class BlindDesk(QObject):
    """Holds the BlindInHand. `changed` tells anything new, `added` the place of a scanned row, `refused` an error.

    `recorded` tells the GoodsReturn. When nobody knows whether it was recorded, the same order is asked again.
    """

    changed = Signal()
    added = Signal(int)
    refused = Signal(object)
    recorded = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question = 0
        self._order: BlindOrder | None = None
        self._approval: Approval | None = None
        self.hand = BlindInHand.fresh(session.settings.price)
        self.proposal: Proposal | None = None
        self.state = State.OPEN
        self._doubt = Doubt()
        session.came_back.connect(self._look_again)
        session.away_changed.connect(lambda _away: self.changed.emit())
        self.error: Exception | None = None

    @property
    def is_locked(self) -> bool:
        """Whether it is being recorded, or nobody knows what became of it."""
        return self.state in LOCKED

    def clear(self) -> None:
        """Begin anew, with nothing that comes back."""
        if not self.is_locked:
            self._become(BlindInHand.fresh(self._session.settings.price))

    def scan(self, code: str) -> None:
        """One piece more of the goods with this code."""
        find = self._session.shop.find_piece
        self._session.run(lambda: find.goods(code), self._add, self.refused.emit)

    def change(self, step: Callable[[BlindInHand], BlindInHand]) -> None:
        """Change what comes back or how it is paid."""
        if self.is_locked:
            return
        try:
            changed = step(self.hand)
        except RuleBroken as error:
            self.refused.emit(error)
            return
        if changed != self.hand:
            self._become(changed)

    def record(self, reason: str, approval: Approval | None = None) -> None:
        """Record it with the money as proposed; pressed twice it is recorded once."""
        person, shop = self._session.person, self._session.shop
        if person is None or self.state is State.RECORDING:
            return
        if self.state is not State.UNCERTAIN or self._order is None:
            self._order, self._approval = self.hand.order(reason, person.name), approval
        order, approval = self._order, self._approval
        self.state, self.error = State.RECORDING, None
        self.changed.emit()
        self._session.run(lambda: shop.blind_return.from_counter(order, approval), self._recorded, self._unrecorded)

    # ── inside ───────────────────────────────────────────────────────────────────────────────────────────────

    def _look_again(self) -> None:
        """The store answers again: what nobody knows is found out by itself."""
        if self.state is State.UNCERTAIN and self._order is not None:
            self.record(self._order.reason)

    def _add(self, named: Named) -> None:
        before = self.hand
        self.change(lambda hand: hand.adding(named.product, named.piece))
        if not self.is_locked and self.hand is not before:
            self.added.emit(self.hand.place_of(named.product, named.piece))

    def _become(self, hand: BlindInHand) -> None:
        self.hand, self.state, self.error = hand, State.OPEN, None
        self._question += 1
        person = self._session.person
        if person is None or not hand.pieces:
            self.proposal = None
            self.changed.emit()
            return
        question, order, propose = self._question, hand.order("", person.name), self._session.shop.blind_return.proposal

        def found(told: tuple[Money, tuple[Refund, ...], Money]) -> None:
            if question == self._question:
                self.proposal = Proposal(*told)
                self.changed.emit()

        def refused(error: Exception) -> None:
            if question == self._question:
                self.proposal, self.error, self.state = None, error, State.REFUSED
                self._session.sounds.play(Sound.REFUSE)
                self.changed.emit()

        self._session.run(lambda: propose(order), found, refused)
        self.changed.emit()

    def _recorded(self, back: GoodsReturn) -> None:
        self._doubt.end()
        self.state = State.OPEN
        self.recorded.emit(back)

    def _unrecorded(self, error: Exception) -> None:
        certain = self._doubt.after(error)
        self.state, self.error = (State.REFUSED if certain else State.UNCERTAIN), error
        self._session.sounds.play(Sound.REFUSE if certain else Sound.UNKNOWN)
        self.changed.emit()
