"""The return with a receipt in progress: read, proposed and recorded on the worker thread, once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QObject, Signal

from pos.application.returns.record_return import IN_CASH, refund_requirement
from pos.application.returns.return_draft import ReturnDraft
from pos.application.returns.return_goods import not_departed
from pos.application.returns.return_order import ReturnOrder
from pos.application.returns.returnable import Returnable
from pos.domain.errors import RuleBroken
from pos.domain.money import Money
from pos.domain.returns.goods_return import GoodsReturn, NothingLeftToReturn
from pos.domain.staff.staff import Approval, ApprovalRequirement
from pos.ui.receipts.return_words import nothing_left_text
from pos.ui.returns.return_controller_base import ReturnControllerBase
from pos.ui.sales.payment.change_column import State
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session

_Read = tuple[Returnable, Mapping[int, bool]]


class ReturnController(ReturnControllerBase[ReturnOrder]):
    """Holds the ReturnDraft. `opened` means another receipt or none, `changed` any other change."""

    opened = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(session, parent)
        self.hand: ReturnDraft | None = None
        self.opening = OnTheWay(session)
        """Another receipt is looked up: no key changes the one on show, which is no longer meant."""

    @property
    def is_finding(self) -> bool:
        return bool(self.opening) or super().is_finding

    def is_behind(self) -> bool:
        return self.opening.is_behind() or super().is_behind()

    @property
    def key(self) -> str:
        return "" if self.hand is None else self.hand.key

    @property
    def is_in_cash(self) -> bool:
        """Whether cash was allowed for what was paid by card."""
        return self._approval is not None

    def wording(self, error: Exception) -> str:
        """With the name of a line's goods."""
        if isinstance(error, NothingLeftToReturn) and self.hand is not None:
            return nothing_left_text(error, self.hand, self._session.translator)
        return super().wording(error)

    def open(self, receipt: str) -> None:
        """Begin with a receipt; for an unknown one `refused` is emitted and nothing changes."""
        if self.is_locked:
            return
        self._question += 1
        question = self._question

        def begin(read: _Read) -> None:
            if question == self._question and not self.is_locked:
                self._begin(ReturnDraft.of(*read))

        self.opening.run(lambda: self._read(receipt), begin, self.refused.emit)

    def clear(self) -> None:
        """Close the receipt."""
        if not self.is_locked:
            self._begin(None)

    def read_again(self) -> None:
        """What of the receipt can still be returned: another till may have taken some of it back."""
        hand = self.hand
        if hand is not None and not self.is_locked:
            self._session.run(
                lambda: self._read(hand.returnable.sale.receipt),
                lambda read: self._take_refreshed(hand, read),
                self._not_read,
            )

    def change(self, step: Callable[[ReturnDraft], ReturnDraft]) -> None:
        """Change the goods or the method; an approval given for something else is dropped."""
        if self.hand is None or self.is_locked or self.opening.is_behind():
            return
        try:
            changed = step(self.hand)
        except RuleBroken as error:
            self.refused.emit(error)
            return
        if changed == self.hand:
            return
        self.hand, self._approval = changed, None
        self.state, self.error = State.OPEN, None
        self._propose()

    def needs(self, worth: Money) -> Callable[[], Collection[ApprovalRequirement]] | None:
        """The approvals needed to refund this amount of goods in cash."""
        hand, person = self.hand, self._session.person
        if hand is None or person is None:
            return None
        order = hand.order("", person.name)
        return lambda: {refund_requirement(hand.returnable, order, worth)}

    def allow_cash(self, approval: Approval | None = None) -> None:
        """Refund all of it in cash: allowed by this approval, or by a user who may do so alone."""
        person, hand = self._session.person, self.hand
        if hand is None or person is None or self.is_locked or self.opening.is_behind():
            return
        self._approval = approval or Approval(person, frozenset({IN_CASH}), hand.key)
        self.state, self.error = State.OPEN, None  # what was refused was another refund
        self._propose()

    def record(self, reason: str) -> None:
        hand, person = self.hand, self._session.person
        if hand is None or person is None or self.state is State.RECORDING:
            return
        if self.state is not State.UNCERTAIN or self._order is None:
            self._order = hand.order(reason, person.name)
        order, approval, shop, shown = self._order, self._approval, self._session.shop, self._shown
        self.state, self.error = State.RECORDING, None
        self.changed.emit()

        def step() -> tuple[GoodsReturn, Mapping[int, bool]]:
            here = not_departed(shop.return_goods, hand.returnable.sale)  # afterwards the ledger no longer shows it
            return shop.return_by_ticket.from_counter(order, approval, shown), here

        self._session.run(step, self._recorded, self._unrecorded)

    # ── internal ─────────────────────────────────────────────────────────────────────────────────────────────

    def _read(self, receipt: str) -> _Read:
        step = self._session.shop.return_goods
        sold = step.look(receipt)
        return sold, not_departed(step, sold.sale)

    def _begin(self, hand: ReturnDraft | None) -> None:
        self._question += 1
        self.hand, self.proposal, self._order, self._approval = hand, None, None, None
        self.state, self.error = State.OPEN, None
        self.opened.emit()

    def _propose(self) -> None:
        hand, person = self.hand, self._session.person
        self._question += 1
        if hand is None or person is None or not hand.pieces:
            self.proposal = None
            self.changed.emit()
            return
        in_cash, order = self.is_in_cash, hand.order("", person.name)
        propose = self._session.shop.return_goods.proposal
        self._ask(lambda: propose(order, in_cash=in_cash))

    def _recorded(self, answer: tuple[GoodsReturn, Mapping[int, bool]]) -> None:
        back, here = answer
        assert self.hand is not None, "a return that is being recorded stays open"
        self._doubt.end()
        self.state, self.hand = State.OPEN, self.hand.refreshed(self.hand.returnable, here)
        self.recorded.emit(back)

    def _unrecorded(self, error: Exception) -> None:
        super()._unrecorded(error)
        if self.state is State.REFUSED:
            self.read_again()

    def _take_refreshed(self, hand: ReturnDraft, read: _Read) -> None:
        if self.hand is hand and not self.is_locked:
            self.hand = hand.refreshed(*read)
            if self.hand.chosen != hand.chosen:
                self._propose()
            self.changed.emit()

    def _not_read(self, _error: Exception) -> None:
        """The reason of the failed recording is shown already."""
