"""The allowance of a sale at the center: what is reserved before money, and what is reported with the sale itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.authorize import SYSTEM_USER
from pos.application.center.requests import SaleConfirmation, SoldShare, UnitsBack, UnseenSale, UnseenShare
from pos.application.membership.calls import UNSEEN, Call, confirmation, unseen_sale
from pos.application.membership.center_answer import AllAtCenter, CenterState, at_center
from pos.application.membership.look_up_at_center import NO_DOCUMENT
from pos.application.membership.membership import Membership
from pos.application.membership.outbox import declared_parts, queue, report_declared, report_entries
from pos.application.membership.reserve_at_center import WantedReservation, WantedShare, person_of, seconds_of
from pos.application.membership.sale_keys import new_attempt, part_of
from pos.application.membership.sales_at_center import OpenReservation
from pos.application.membership.send_to_center import NOT_TAKEN
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.quota.evaluate_quota import AllowancePositions, Ledgers, goods_of, newly_dutiable, quota_rates
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.center.judgement import has_left
from pos.domain.center.ledger import LedgerGoods, LineId, Reassessed, StandingLine
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.measure import Goods, QuotaRates
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.receipt_number import read_receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import weighed_together
from pos.domain.visitors.visitor import Visitor

NOT_RESERVED = "not_reserved"


@dataclass(frozen=True, slots=True)
class Judged:
    """An order with its allowance: by label, what the visitors had before, and what the rules say of it."""

    order: SaleOrder
    regime: Regime
    ledgers: Ledgers
    positions: AllowancePositions
    quota: Mapping[str, Evaluation]
    from_center: AllAtCenter
    returns: tuple[GoodsReturn, ...] = ()


@dataclass(frozen=True, slots=True)
class AllowanceAtCenter(UseCase):
    """The center's part of a sale. In a shop without a center it concerns none."""

    membership: Membership

    def concerns(self, order: SaleOrder) -> bool:
        """Whether the center has a say: the shop is a member, and a visitor carries goods under rules."""
        carriers = {line.carrier for line in order.cart.lines}
        is_carried = any(visitor.label in carriers for visitor in order.visitors)
        return is_carried and bool(order.regime) and self.membership.is_member

    def answers(self, work: UnitOfWork, order: SaleOrder, visitors: Sequence[Visitor], at: datetime) -> AllAtCenter:
        """What the center adds to the books, of the visitors whose ledgers it has sent for this sale."""
        ledgers = self.membership.sales.ledgers(order.key, visitors)
        return {
            visitor.label: at_center(work, visitor, ledgers[visitor.label], order.key, at)
            for visitor in visitors
            if visitor.label in ledgers
        }

    def reserved(self, order: SaleOrder) -> OpenReservation | None:
        """The reservation with which this sale goes on."""
        return self.membership.sales.reserved(order.key)

    def seen(self, order: SaleOrder) -> SaleOrder:
        """The order as it is recorded: with why the center did not see it, where it did not."""
        if not self.concerns(order):
            return order
        reserved = self.reserved(order)
        carriers = {line.carrier for line in order.cart.lines}
        carrying = [visitor.key for visitor in order.visitors if visitor.label in carriers]
        if reserved is not None and reserved.references.keys() >= set(carrying):
            return order
        self.membership.sales.ask_again(order.key)  # what is reserved is of other visitors
        return replace(order, unseen=self.membership.sales.unseen(order.key) or NOT_RESERVED)

    def wanted(self, work: UnitOfWork, judged: Judged, settings: Settings, at: datetime) -> WantedReservation:
        """What has to be reserved for an order that may be sold."""
        order, from_center = judged.order, judged.from_center
        own = {line.id: line for line in self._own_lines(order)}
        reassessed: list[Reassessed] = []
        for label, judgement in judged.quota.items():
            ledger, names = judged.ledgers[label], from_center[label].own if label in from_center else {}
            new = newly_dutiable(ledger, judged.positions[label], judgement)
            for index, here in enumerate(ledger):
                there = None if here.key is None or here.key not in names else own.get(names[here.key])
                if there is not None and (index in new or _was_judged_again(here, there)):
                    reassessed.append(Reassessed(*there.id, new.get(index, here.taxed)))
        returns = []
        for line, units in returned_units(work, judged.returns).items():
            back = own.get(line)
            if back is not None and not has_left(back, self.regimes().get(back.regime, judged.regime), at):
                returns.append(UnitsBack(line, units))
        worst = max((one.assessment.verdict for one in judged.quota.values()), default=Verdict.OK)
        open_attempts = work.membership.attempts_of(order.key)
        return WantedReservation(
            key=new_attempt(order.key),
            sale=order.key,
            regime=judged.regime,
            seconds=seconds_of(settings.hold_minutes),
            shares=shares_of(order, judged.quota, judged.regime),
            returns=tuple(returns),
            reassessed=tuple(reassessed),
            is_approved=worst > Verdict.UNKNOWN,
            replaces=open_attempts[-1].key if open_attempts else None,
        )

    def taken_back(self, order: SaleOrder) -> Collection[LineId]:
        """The lines whose return the center takes with this sale."""
        reserved = self.reserved(order)
        return () if reserved is None else [each.id for each in reserved.request.returns]

    def tell(self, work: UnitOfWork, judged: Judged, at: datetime, days: Mapping[str, Collection[object]]) -> None:
        """Record what is to be reported, in the transaction of the sale. `days`: new days of entry by label."""
        order, regime = judged.order, judged.regime
        shares = shares_of(order, judged.quota, regime)
        reserved = self.reserved(order)
        if reserved is not None:
            sold = tuple(SoldShare(reserved.references[share.visitor.key], share.lines) for share in shares)
            call: Call | None = confirmation(SaleConfirmation(reserved.key, sold))
            work.membership.drop_attempt(reserved.key)
        else:
            call = self._unseen(work, order, shares, regime, at)
        work.membership.end_attempts(order.key)
        if call is not None:
            queue(work, self.till, call, at, order.key)
        rates = quota_rates(order.rates, regime)
        for visitor in order.visitors:
            identities = self._identities(work, visitor)
            declared = _declared(visitor, rates) if identities else ()
            for part in declared_parts(order.key, visitor.label, regime.id, declared):
                report_declared(work, self.till, part, identities, at)
            new = [day for day in visitor.entries if day in days.get(visitor.label, ())]
            report_entries(work, self.till, self.secrets, identities, new, regime.id, at)

    def _unseen(
        self, work: UnitOfWork, order: SaleOrder, shares: Sequence[WantedShare], regime: Regime, at: datetime
    ) -> Call | None:
        """What is reported of a sale that the center did not see.

        Without the till's pass a new visitor has no name there: the journal keeps that nothing is reported of them.
        """
        key, named, nameless = part_of(order.key, "unseen"), [], 0
        for share in shares:
            if identities := self._identities(work, share.visitor):
                named.append(UnseenShare(identities, person_of(share.visitor), share.lines))
            else:
                nameless += 1
        if nameless:
            details = {"call": UNSEEN, "key": key, "problem": NO_DOCUMENT}
            work.journal.write(at, self.till, SYSTEM_USER.name, NOT_TAKEN, details)
        return unseen_sale(UnseenSale(key, order.key, at, regime.id, tuple(named))) if named else None

    def answer(self, order: SaleOrder, visitor: Visitor, verdict: object) -> Mapping[str, object]:
        """What a recorded verdict says of the center; one that it was not asked about is not certain."""
        if not self.concerns(order):
            return {}
        answer = self.membership.sales.answer_of(order.key, visitor)
        if self.reserved(order) is not None:
            return {"center": {"state": CenterState.FRESH.value, "at": _text(answer.at)}}
        better = verdict in {one.word for one in Verdict if one < Verdict.UNKNOWN}
        state: dict[str, object] = {"center": {"state": CenterState.AWAY.value, "at": _text(answer.at)}}
        return state | ({"verdict": Verdict.UNKNOWN.word} if better else {})

    def _own_lines(self, order: SaleOrder) -> Sequence[StandingLine]:
        ledgers = self.membership.sales.ledgers(order.key, order.visitors).values()
        return [line for ledger in ledgers for line in ledger.lines if line.id.sale and not line.is_declared]

    def _identities(self, work: UnitOfWork, visitor: Visitor) -> tuple[str, ...]:
        if visitor.identities:
            return visitor.identities[:32]
        known = work.visitors.known(visitor.keys)
        return () if known is None else tuple(work.membership.identities(known.locked.person))[:32]


def shares_of(order: SaleOrder, quota: Mapping[str, Evaluation], regime: Regime) -> tuple[WantedShare, ...]:
    """Each visitor's part of an order, without those who carry nothing. Lines have the numbers of the sale's."""
    rates, dutiable = quota_rates(order.rates, regime), dutiable_units(order.cart, quota)
    shares = []
    for visitor in order.visitors:
        rows = [(number, line) for number, line in enumerate(order.cart.lines) if line.carrier == visitor.label]
        goods: Sequence[Goods] = [goods_of(line) for _, line in rows]
        if order.parcel is not None and goods:
            goods = weighed_together(goods, order.parcel)
        lines = tuple(
            LedgerGoods(number, replace(one, name="", taxed_units=dutiable.get(line.id, 0)), rates)
            for (number, line), one in zip(rows, goods, strict=True)
        )
        if lines and visitor.label in quota:
            shares.append(WantedShare(visitor, quota[visitor.label].assessment.verdict, lines))
    return tuple(shares)


def dutiable_units(cart: Cart, quota: Mapping[str, Evaluation]) -> dict[int, int]:
    """Dutiable pieces by row id: those that the duty estimate counts in full."""
    taxed: dict[int, int] = {}
    for label, judgement in quota.items():
        carried = [line.id for line in cart.lines if line.carrier == label]
        for unit in judgement.bill.units if judgement.bill else ():
            if unit.origin.history is None:
                taxed[carried[unit.origin.line]] = taxed.get(carried[unit.origin.line], 0) + unit.units
    return taxed


def returned_units(work: UnitOfWork, returns: Sequence[GoodsReturn]) -> Mapping[LineId, int]:
    """How many units of which lines come back with an exchange, as the center names them."""
    units: dict[LineId, int] = {}
    for back in returns:
        sale = None if back.reverses is None else work.sales.by_number(*read_receipt_number(back.reverses))
        for line in back.lines if sale is not None else ():
            if line.of_line is not None and sale is not None:
                named = LineId(sale.key, line.of_line)
                units[named] = units.get(named, 0) + line.quantity
    return units


def _was_judged_again(here: LedgerLine, there: StandingLine) -> bool:
    """Whether the books have another number of dutiable units than the center, of a line that is whole in both."""
    is_pending = here.carried_out_at is None and there.carried_out_at is None
    return is_pending and here.quantity == there.goods.quantity and here.taxed != there.goods.taxed_units


def _declared(visitor: Visitor, rates: QuotaRates) -> Sequence[tuple[datetime, datetime | None, LedgerGoods]]:
    return [
        (
            one.at,
            one.carried_out_at,
            LedgerGoods(
                number,
                Goods.sold("", one.category, one.quantity, one.unit_price, one.discount, one.attributes, one.taxed),
                rates,
            ),
        )
        for number, one in enumerate(visitor.declared)
    ]


def _text(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
