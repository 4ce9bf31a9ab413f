"""Reserve a sale's goods and allowance while its payment is open, so that no money is taken for a refused sale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pos.application.access.approvals import usable
from pos.application.access.retry import retry_idempotent
from pos.application.center.refusals import LedgerMoved
from pos.application.membership.look_up_at_center import LookUpAtCenter
from pos.application.membership.payment_wait import PaymentWait
from pos.application.membership.refusals import CenterAway, CenterRefused
from pos.application.membership.reserve_at_center import ReserveAtCenter, WantedReservation
from pos.application.outside_partners.charge_customer import BeginCharge, ChargeRequest
from pos.application.pickup.lapsed_holds import release_lapsed
from pos.application.pickup.pick_up import held_pieces, hold_longer, lock_pickups, with_pieces
from pos.application.ports.journal_ports import JournalFilter
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.application.quota.evaluate_quota import assess_each, judge
from pos.application.sales.allowance_at_center import Judged
from pos.application.sales.basket_json import basket_json
from pos.application.sales.check_order import QuotaExceeded, check_approvals
from pos.application.sales.complete_sale import CompleteSale, ValidatedSale
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.serial_numbers import check_all_unsold
from pos.application.sales.stock_reservations import reserve_goods
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.errors import RuleBroken
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.domain.outside_partners.rhythm import PartnerRhythm
from pos.domain.returns.goods_return import SHELF
from pos.domain.sales.parking import KINDS, PAYMENT
from pos.domain.staff.staff import Approvable, Approval

STOPPED = "stop_basket"
"""Journal act of a payment that was not opened because of the allowance."""
_REMEMBERED = timedelta(days=1)
_SPARE = 60.0
"""Seconds for the calls to a payment provider, and for the cashier to finish the sale."""
_TRIES = 3
"""So often a till judges again while other shops sell to the same visitor."""


@dataclass(frozen=True, slots=True)
class ReserveForPayment(UseCase):
    """Runs when the payment opens: everything that could refuse the sale refuses it here.

    The sale consumes the reservation; `release` returns it, and so does its expiry. A sale whose reservation has
    expired still succeeds while its goods and its allowance are free.
    """

    complete_sale: CompleteSale
    look_up: LookUpAtCenter | None = None
    """With it the sale is reserved at the center, too; None in a program that opens no connection."""

    def __call__(self, order: SaleOrder, approval: Approval | None = None) -> datetime:
        """Reserve, replacing an earlier reservation of the same sale; return when it expires.

        Raises what CompleteSale raises, except for refusals of the payment; and CenterAway and CenterRefused, after
        which nothing is reserved.
        """
        center, reserve = self.complete_sale.center, self.complete_sale.reserve
        if center is None or reserve is None or self.look_up is None or not center.concerns(order):
            return self._hold(order, approval)[0]
        sales = center.membership.sales
        wait = center.membership.wait()
        what = self.look_up.all(order.key, order.visitors, order.regime, wait)
        had = sales.reserved(order.key) is not None
        try:
            until, wanted = self._hold(replace(order, unseen=what), approval)
            if wanted is not None and (what := self._reserve(reserve, order, approval, wanted, wait)):
                until, _ = self._hold(replace(order, unseen=what), approval)
        except CenterAway as away:
            self.release(order.key)
            sales.go_unseen(order.key, away.what)  # an approval may still be given for it
            raise
        except RuleBroken:
            self.release(order.key, keeps_answers=not had)
            raise
        if what:
            self._drop_replaced(order.key, "")
            sales.go_unseen(order.key, what)
        return until

    def _reserve(
        self,
        reserve: ReserveAtCenter,
        order: SaleOrder,
        approval: Approval | None,
        wanted: WantedReservation,
        wait: PaymentWait,
    ) -> str:
        """Reserve at the center what is held here; why it does not answer, empty where it has reserved it.

        Where a ledger has moved on, the till judges again: what would be shown for it is shown before it is sold.
        """
        for _ in range(_TRIES):
            try:
                reserve(wanted, wait)
            except CenterAway as away:
                return away.what
            except LedgerMoved as moved:
                before = wanted
                again = self._hold(order, approval)[1]
                if again is None or not again.is_judged_as(before):
                    raise CenterRefused(moved.fact) from moved
                wanted = again
            else:
                self._drop_replaced(order.key, wanted.key)
                return ""
        raise CenterRefused(LedgerMoved.fact)

    def _drop_replaced(self, sale: str, key: str) -> None:
        """The attempts before this one are over: the center has closed the last, and the others are given back."""
        with self.store.begin() as work:
            if work.membership.end_attempts(sale, besides=key):
                work.commit()

    @retry_idempotent
    def _hold(self, order: SaleOrder, approval: Approval | None) -> tuple[datetime, WantedReservation | None]:
        """Hold goods and allowance in the shop's own books, and write down what is going to be asked of the center."""
        at = self.now()
        settings = self.settings()
        until = at + timedelta(minutes=settings.hold_minutes)
        with self.store.begin() as work:
            if work.sales.with_key(order.key) is not None:
                return until, None  # sold by a step whose answer was lost: the payment will report it
            wanted = None
            if order.exchange is None:
                coming: Mapping[int, int] = {}
                validated = self._checked(work, order, at, settings, approval)
                wanted = self._wanted(work, order, validated, settings, at)
            else:
                coming, wanted = self._coming_back(work, order, at, settings, approval)
                validated = self.complete_sale.admit(work, replace(order, exchange=None), at, settings)
            pickups = lock_pickups(work, order.pickups, at, order.till, order.cashier)
            hold_longer(work, pickups, at, until)
            release_lapsed(work, at, order.till, order.cashier)
            work.holds.drop(order.key, *KINDS)
            coming = with_pieces(coming, held_pieces(pickups, at))
            reserve_goods(work, order.cart, at, settings.stock_policy(at), coming)
            hold = Hold(
                key=order.key,
                till=order.till,
                shift=validated.shift.id,
                kind=PAYMENT,
                person=validated.cashier.name,
                note="",
                at=at,
                until=until,
                regime=order.regime if order.visitors else None,
                basket=basket_json(replace(order, recipient=None), at.astimezone(settings.zone).date()),
            )
            carriers = {label: locked.visitor for label, locked in validated.locked.items()}
            work.holds.put(hold, order.cart, carriers, coming)
            if wanted is not None and self.complete_sale.reserve is not None:
                self.complete_sale.reserve.begin(work, wanted, at)
            work.commit()
        return until, wanted

    def _wanted(
        self, work: UnitOfWork, order: SaleOrder, validated: ValidatedSale, settings: Settings, at: datetime
    ) -> WantedReservation | None:
        """What has to be reserved at the center; None without one, and for a sale that it is not asked about."""
        center, regime = self.complete_sale.center, self.regimes().get(order.regime or "")
        if center is None or regime is None or order.unseen or not center.concerns(order):
            return None
        quota = judge(validated.positions, order.cart, order.parcel)
        judged = Judged(
            order, regime, validated.ledgers, validated.positions, quota, validated.from_center, validated.returns
        )
        wanted = center.wanted(work, judged, settings, at)
        return wanted if wanted.shares else None

    def _checked(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> ValidatedSale:
        approval = usable(work, approval, at)
        validated = self.complete_sale.admit(work, order, at, settings, approval)
        _, quota = assess_each(validated.positions, order.cart, order.parcel)
        check_approvals(order, quota, SaleConditions(at, settings, validated.cashier, approval))
        check_all_unsold(work, order, at)
        return validated

    def _coming_back(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None
    ) -> tuple[Mapping[int, int], WantedReservation | None]:
        """Pieces by product that return to the shelf in exchange and need no reservation, and what the center is asked.

        The exchange is tried and rolled back inside the transaction of the reservation: it is evaluated as it will be,
        and no other till takes the last of an allowance in between.
        """
        with work.trying():
            validated = self._checked(work, order, at, settings, approval)
            returns, wanted = validated.returns, self._wanted(work, order, validated, settings, at)
        pieces: Counter[int] = Counter()
        for line in (line for back in returns for line in back.lines if line.to == SHELF):
            pieces[line.product_id] += line.quantity
        return pieces, wanted

    def extend(self, key: str, longer: timedelta) -> None:
        """Let what is reserved for a payment count so much longer from now, here and at the center.

        While the center does not answer, what it has reserved counts for its own time, and is reserved again before
        the sale is recorded. Raises CenterRefused where it has given the allowance away.
        """
        at = self.now()
        self._extend_here(key, at, at + longer)
        reserve = self.complete_sale.reserve
        if reserve is not None:
            reserve.extend(key, longer)

    @retry_idempotent
    def _extend_here(self, key: str, at: datetime, until: datetime) -> None:
        with self.store.begin() as work:
            work.holds.extend(key, at, until)
            work.commit()

    def stopped(self, order: SaleOrder, refused: Approvable) -> None:
        """Record in the journal that the payment was not opened because of the allowance: once per basket, without
        visitors.

        The key shows in the books whether the basket was sold later, with goods removed, or never.
        """
        at = self.now()
        details: dict[str, object] = {"basket": order.key, "destination": order.destination, "regime": order.regime}
        if isinstance(refused, QuotaExceeded):
            details |= {"verdict": refused.verdict, "rules": list(refused.rules)}
        with self.store.begin() as work:
            before = JournalFilter(events=(STOPPED,), since=at - _REMEMBERED, text=order.key)
            if work.journal.find(before, 1, None).entries:
                return
            work.journal.write(at, order.till, order.cashier, STOPPED, details)
            work.commit()

    @retry_idempotent
    def release(self, key: str, *, keeps_answers: bool = False) -> None:
        """Release goods and allowance when the payment is cancelled; what the center has reserved is given back.

        The visitors are asked for again before the next attempt: what is given back changes their ledgers.
        `keeps_answers`: nothing was reserved.
        """
        center = self.complete_sale.center
        with self.store.begin() as work:
            is_held = work.holds.drop(key, PAYMENT) is not None
            is_asked = center is not None and work.membership.end_attempts(key) > 0
            if is_held or is_asked:
                work.commit()
        if center is not None and is_asked and not keeps_answers:
            center.membership.sales.ask_again(key)


@dataclass(frozen=True, slots=True)
class ChargeAtProvider(UseCase):
    """The step of the payment page. The reservations outlast the provider's time, so that money is not taken for goods
    that another one has bought meanwhile.
    """

    begin: BeginCharge
    hold: ReserveForPayment

    def __call__(self, request: ChargeRequest) -> PartnerAttempt:
        """Begin it; `PartnerWorker.send` sends it. Raises as BeginCharge, and CenterAway, CenterRefused."""
        provider = self.begin.provider(request)
        self.hold.extend(request.sale, outlasting(provider.rhythm))
        return self.begin(request)


def outlasting(rhythm: PartnerRhythm) -> timedelta:
    """Longer than any answer of the provider is waited for: the customer's time, as long again for an undo."""
    return timedelta(seconds=2 * rhythm.time_over + rhythm.undo_after + 2 * rhythm.call + _SPARE)
