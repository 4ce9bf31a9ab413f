"""The common part of return controllers: proposed and recorded on the worker thread, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.returns.blind_return import BlindOrder
from pos.application.returns.return_order import ReturnOrder
from pos.application.returns.void_sale import VoidOrder
from pos.domain.money import Money, total
from pos.domain.payment.cash_withdrawal import more_than_held
from pos.domain.returns.goods_return import Refund, RefundChanged, cash_of, handed_back, on_orders_again
from pos.domain.staff.staff import Approval
from pos.ui.look.sounds import Sound
from pos.ui.sales.payment.change_column import State
from pos.ui.session.commit_uncertainty import CommitUncertainty, wording_now
from pos.ui.session.on_the_way import OnTheWay
from pos.ui.session.session import Session

ProposedRefund = tuple[Money, tuple[Refund, ...], Money]
"""The three values of a proposal."""

_LOCKED = (State.RECORDING, State.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class RefundProposal:
    """The price of the goods, the refunds, and the amount rounded away.

    `beyond` is the cash of which the drawer should hold less.
    """

    worth: Money
    refunds: tuple[Refund, ...]
    rounding: Money
    beyond: tuple[Money, ...] = ()

    @property
    def by_card(self) -> bool:
        """Whether any refund is by card or QR wallet."""
        return any(refund.method != "cash" for refund in handed_back(self.refunds))

    @property
    def to_customer(self) -> Money:
        """The worth of what the customer gets: without deposits that stand on their orders again; nothing where all is
        of deposits, whose rounding pays no one.
        """
        if on_orders_again(self.refunds) and not handed_back(self.refunds):
            return Money.zero(self.worth.currency)
        return self.worth - total((one.value for one in on_orders_again(self.refunds)), self.worth.currency)


T = TypeVar("T")
Order = TypeVar("Order", bound=ReturnOrder | BlindOrder | VoidOrder)


class ReturnControllerBase(QObject, Generic[Order]):
    """`changed` is emitted for any change, `refused` carries an error, `recorded` the GoodsReturn.

    After an unknown outcome the same order is sent again: its key makes it harmless. Subclasses hold the draft.
    """

    changed = Signal()
    refused = Signal(object)
    recorded = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._question = 0
        self._finding = OnTheWay(session)
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
        """Whether it is being recorded, or its outcome is unknown: nothing of it can be changed."""
        return self.state in _LOCKED

    @property
    def key(self) -> str:
        """Which return is at hand; empty for none."""
        raise NotImplementedError

    @property
    def is_finding(self) -> bool:
        """Whether goods are looked up that were scanned for this return."""
        return bool(self._finding)

    def is_behind(self) -> bool:
        """Whether a key is too early, for the row of what was scanned does not stand there yet; then it sounds."""
        return self._finding.is_behind()

    def find(self, call: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Look up what was scanned; it is for the return at hand then, and for no later one."""
        key = self.key

        def loaded(value: T) -> None:
            if key == self.key:
                done(value)
            else:
                self._session.sounds.play(Sound.UNREAD)

        self._finding.run(call, loaded, failed)

    def wording(self, error: Exception) -> str:
        """One sentence for a refusal or a failure, as it is now."""
        session = self._session
        return wording_now(error, session.wording, session.translator, is_away=session.is_away)

    def record(self, reason: str) -> None:
        """Record it with the proposed refund; two presses record it once."""
        raise NotImplementedError

    def _propose(self) -> None:
        """Ask how the money would go back now."""
        raise NotImplementedError

    @property
    def _shown(self) -> tuple[Refund, ...] | None:
        """The refunds on show."""
        return None if self.proposal is None else self.proposal.refunds

    def _look_again(self) -> None:
        """The store answers again: an unknown outcome is resolved automatically."""
        if self.state is State.UNCERTAIN and self._order is not None:
            self.record(self._order.reason)

    def _ask(self, propose: Callable[[], ProposedRefund]) -> None:
        """Propose the refund; of two requests in quick succession the later one is answered."""
        question, read_drawer = self._question, self._session.shop.read_shift.drawer

        def ask() -> RefundProposal:
            worth, refunds, rounding = propose()
            drawer = read_drawer()
            beyond = () if drawer is None else more_than_held(cash_of(refunds), drawer)
            return RefundProposal(worth, refunds, rounding, beyond)

        def take_proposal(proposal: RefundProposal) -> None:
            if question == self._question:
                self.proposal = proposal
                if self.state is not State.REFUSED:  # it says why the figures are others
                    self.error = None
                self.changed.emit()

        def refused(error: Exception) -> None:
            if question == self._question:
                self.proposal, self.error, self.state = None, error, State.REFUSED
                self._session.sounds.play(Sound.REFUSE)
                self.changed.emit()

        self._session.run(ask, take_proposal, refused)
        self.changed.emit()

    def _unrecorded(self, error: Exception) -> None:
        certain = self._doubt.after(error)
        self.state, self.error = (State.REFUSED if certain else State.UNCERTAIN), error
        self._session.sounds.play(Sound.REFUSE if certain else Sound.UNKNOWN)
        if isinstance(error, RefundChanged):
            self._propose()
        self.changed.emit()
