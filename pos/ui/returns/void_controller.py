"""The void in progress: read, proposed and recorded on the worker thread, once."""

from __future__ import annotations

import uuid

from PySide6.QtCore import QObject, Signal

from pos.application.returns.void_sale import VoidOrder, VoidProposal
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.staff.staff import Approval
from pos.ui.returns.return_controller_base import ProposedRefund, RefundProposal, ReturnControllerBase
from pos.ui.sales.payment.change_column import State
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session


class VoidController(ReturnControllerBase[VoidOrder]):
    """Holds the VoidProposal. `opened` means another receipt or none; `refused` that one cannot be voided."""

    opened = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.hand: VoidProposal | None = None
        self.opening = OnTheWay(session)
        self._key = ""

    @property
    def key(self) -> str:
        return self._key

    @property
    def is_finding(self) -> bool:
        return bool(self.opening)

    def open(self, receipt: str) -> None:
        """Begin with a receipt; for one that cannot be voided `refused` is emitted, and none is on show."""
        if self.is_locked:
            return
        self._begin(None)
        question, propose = self._question, self._session.shop.void_sale.propose

        def begin(hand: VoidProposal) -> None:
            if question == self._question:
                self._begin(hand)
                self._propose()

        def refused(error: Exception) -> None:
            if question == self._question:
                self.refused.emit(error)

        self.opening.run(lambda: propose(receipt), begin, refused)

    def clear(self) -> None:
        """Close the receipt."""
        if not self.is_locked:
            self._begin(None)

    def record(self, reason: str, approval: Approval | None = None) -> None:
        """Record it with another person's `approval`."""
        hand, person, shop = self.hand, self._session.person, self._session.shop
        if hand is None or person is None or self.state is State.RECORDING:
            return
        if self.state is not State.UNCERTAIN or self._order is None:
            self._order, self._approval = VoidOrder(self._key, hand.sale.receipt, reason, person.name), approval
        order, given, shown = self._order, self._approval, self._shown
        self.state, self.error = State.RECORDING, None
        self.changed.emit()
        self._session.run(lambda: shop.void_sale.from_counter(order, given, shown), self._recorded, self._unrecorded)

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def _begin(self, hand: VoidProposal | None) -> None:
        self._question += 1
        self.hand, self.proposal, self._order, self._approval = hand, None, None, None
        self._key = "" if hand is None else uuid.uuid4().hex
        self.state, self.error = State.OPEN, None
        self.opened.emit()

    def _propose(self) -> None:
        hand, propose = self.hand, self._session.shop.void_sale.propose
        if hand is None:
            return
        self._question += 1
        receipt = hand.sale.receipt

        def ask() -> ProposedRefund:
            now = propose(receipt)
            return now.sale.total, now.refunds, now.rounding

        self._ask(ask)

    def _recorded(self, back: GoodsReturn) -> None:
        self._doubt.end()
        self.state = State.OPEN
        if back.reverses is not None:
            self._session.sale_news.voided.emit(back.reverses)
        self.recorded.emit(back)


def has_proposal(controller: VoidController) -> RefundProposal | None:
    """How the money of the receipt on show goes back, once that is known."""
    return None if controller.hand is None or controller.is_finding else controller.proposal
