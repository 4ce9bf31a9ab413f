"""What the desks of a return have in common: proposed and recorded on the worker thread, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.returns.blind_return import BlindOrder
from pos.application.returns.return_order import ReturnOrder
from pos.domain.money import Money
from pos.domain.returns.goods_return import Refund
from pos.domain.staff.staff import Approval
from pos.ui.look.sounds import Sound
from pos.ui.sales.payment.change_column import State
from pos.ui.session.commit_uncertainty import CommitUncertainty
from pos.ui.session.session import Session

Told = tuple[Money, tuple[Refund, ...], Money]
"""The three of a Proposal."""

_LOCKED = (State.RECORDING, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class RefundProposal:
    """What the goods cost, how that goes back, and what is rounded away."""

    worth: Money
    refunds: tuple[Refund, ...]
    rounding: Money

    @property
    def by_card(self) -> bool:
        """Whether any of it goes back by card or QR wallet."""
        return any(refund.method != "cash" for refund in self.refunds)


Order = TypeVar("Order", bound=ReturnOrder | BlindOrder)


class ReturnControllerBase(QObject, Generic[Order]):
    """`changed` tells anything new, `refused` an error, `recorded` the GoodsReturn.

    When nobody knows whether it was recorded, the same order is asked again: its key makes it harmless. A child holds
    what comes back.
    """

    changed = Signal()
    refused = Signal(object)
    recorded = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question = 0
        self._order: Order | None = None
        self._approval: Approval | None = None
        self._doubt = CommitUncertainty()
        self.proposal: RefundProposal | None = None
        self.state = State.OPEN
        self.error: Exception | None = None
        session.came_back.connect(self._look_again)
        session.away_changed.connect(lambda _away: self.changed.emit())

    @property
    def is_locked(self) -> bool:
        """Whether it is being recorded, or nobody knows what became of it: nothing of it can be changed."""
        return self.state in _LOCKED

    def wording(self, error: Exception) -> str:
        """One sentence for what was refused or failed."""
        return self._session.wording(error)

    def record(self, reason: str) -> None:
        """Record it with the money as proposed; pressed twice it is recorded once."""
        raise NotImplementedError

    def _look_again(self) -> None:
        """The store answers again: what nobody knows is found out by itself."""
        if self.state is State.UNCERTAIN and self._order is not None:
            self.record(self._order.reason)

    def _ask(self, propose: Callable[[], Told]) -> None:
        """Find out how the money would go back; of two questions in quick succession the later one is answered."""
        question = self._question

        def found(told: Told) -> None:
            if question == self._question:
                self.proposal, self.error = RefundProposal(*told), None
                self.changed.emit()

        def refused(error: Exception) -> None:
            if question == self._question:
                self.proposal, self.error, self.state = None, error, State.REFUSED
                self._session.sounds.play(Sound.REFUSE)
                self.changed.emit()

        self._session.run(propose, found, refused)
        self.changed.emit()

    def _unrecorded(self, error: Exception) -> None:
        certain = self._doubt.after(error)
        self.state, self.error = (State.REFUSED if certain else State.UNCERTAIN), error
        self._session.sounds.play(Sound.REFUSE if certain else Sound.UNKNOWN)
        self.changed.emit()
