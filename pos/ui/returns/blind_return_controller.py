"""The return without a receipt in progress: proposed and recorded on the worker thread, once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.application.returns.blind_return import BlindOrder, GoodsToday
from pos.application.returns.blind_return_draft import BlindReturnDraft
from pos.domain.errors import RuleBroken
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.staff.staff import Approval
from pos.ui.returns.return_controller_base import ReturnControllerBase
from pos.ui.sales.payment.change_column import State
from pos.ui.session.session import Session


class BlindReturnController(ReturnControllerBase[BlindOrder]):
    """Holds the BlindReturnDraft. `added` carries the index of a scanned row."""

    added = Signal(int)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.hand = BlindReturnDraft.fresh(session.settings.price)

    @property
    def key(self) -> str:
        return self.hand.key

    def clear(self) -> None:
        """Begin again, without goods."""
        if not self.is_locked:
            self._become(BlindReturnDraft.fresh(self._session.settings.price))

    def scan(self, code: str) -> None:
        """Add one piece of the product with this code."""
        returns = self._session.shop.blind_return
        self.find(lambda: returns.goods(code), self._add, self.refused.emit)

    def change(self, step: Callable[[BlindReturnDraft], BlindReturnDraft]) -> None:
        """Change the goods or the method of the refund."""
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
        """Record it with another person's `approval`."""
        person, shop = self._session.person, self._session.shop
        if person is None or self.state is State.RECORDING:
            return
        if self.state is not State.UNCERTAIN or self._order is None:
            self._order, self._approval = self.hand.order(reason, person.name), approval
        order, approval, shown = self._order, self._approval, self._shown
        self.state, self.error = State.RECORDING, None
        self.changed.emit()
        self._session.run(
            lambda: shop.blind_return.from_counter(order, approval, shown), self._recorded, self._unrecorded
        )

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def _add(self, goods: GoodsToday) -> None:
        before, named = self.hand, goods.named
        self.change(lambda hand: hand.adding(named.product, goods.price, named.piece))
        if not self.is_locked and self.hand is not before:
            self.added.emit(self.hand.index_of(named.product, named.piece))

    def _become(self, hand: BlindReturnDraft) -> None:
        self.hand, self.state, self.error = hand, State.OPEN, None
        self._propose()

    def _propose(self) -> None:
        self._question += 1
        hand, person = self.hand, self._session.person
        if person is None or not hand.pieces:
            self.proposal = None
            self.changed.emit()
            return
        order, propose = hand.order("", person.name), self._session.shop.blind_return.proposal
        self._ask(lambda: propose(order))

    def _recorded(self, back: GoodsReturn) -> None:
        self._doubt.end()
        self.state = State.OPEN
        self.recorded.emit(back)
