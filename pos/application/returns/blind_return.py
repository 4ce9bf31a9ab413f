"""Returns without a receipt: only with approval, in cash, at a confirmed price."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.approvals import approver_of
from pos.application.access.authorize import active_cashier
from pos.application.access.numbers_given import take_number
from pos.application.access.retry import retry_idempotent
from pos.application.access.shift_at_till import shift_for
from pos.application.access.steady_clock import check_clock
from pos.application.catalogue.resolve_scan import ResolvedScan, resolve_scan
from pos.application.pickup.waiting_queue import move_up
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.returns.book_return import book_return
from pos.application.returns.return_goods import returned_before
from pos.application.returns.returnable import check_not_back
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.catalogue.piece import AsksWeight, SerialNumberTwice
from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency, Money, total
from pos.domain.pricing.promotion import Offers
from pos.domain.pricing.rates import RateTable
from pos.domain.returns.goods_return import (
    GoodsReturn,
    NothingToReturn,
    Refund,
    ReturnedLine,
    check_as_shown,
    from_the_drawer,
    refunds_for,
)
from pos.domain.sales.approval_requirements import CashRequirement
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE
from pos.domain.staff.staff import Approval
from pos.domain.vat import vat_in

BLIND = "blind_return"
"""The act of taking goods back without their receipt."""


@dataclass(eq=False)
class PriceAboveTodays(Refused):
    """The refund for goods without a receipt exceeds their current price."""

    fact = "price_above_todays"

    code: str
    price: Money
    today: Money


@dataclass(eq=False)
class BlindReturnTooLarge(Refused):
    """The goods exceed the limit of the shop for refunds without a receipt."""

    fact = "blind_return_too_large"

    amount: Money
    limit: Money


@dataclass(frozen=True, slots=True)
class GoodsToday:
    """Scanned goods, and the price at which a piece of them is sold today."""

    named: ResolvedScan
    price: Money


@dataclass(frozen=True, slots=True)
class BlindLine:
    """A number of pieces of a code, the price paid for each, and their disposition.

    For goods by weight `grams` is the weight of the piece if its code does not contain it; likewise `serial` is the
    serial number.
    """

    code: str
    quantity: int
    price: Money
    to: str = "shelf"
    grams: int | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class BlindOrder:
    """A return without a receipt; the refund is cash in `currency`. `key` makes it idempotent."""

    key: str
    lines: tuple[BlindLine, ...]
    currency: Currency
    reason: str
    cashier: str
    by: str = ""
    """The person who booked it for the cashier, if another person did."""


@dataclass(frozen=True, slots=True)
class BlindReturn(UseCase):
    """Record a return without a receipt at this till. The same key again gives the return already recorded.

    No allowance is freed: the ledger of the goods and its rules are unknown, if there is one at all.
    """

    read_scan: ReadScan

    def goods(self, code: str) -> GoodsToday:
        """The goods of a code. Raises as `resolve_scan`."""
        label, at, settings = self.read_scan(code), self.now(), self.settings()
        with self.store.reading() as work:
            named = resolve_scan(work, label, settings, at)
            return GoodsToday(named, _price_today(named, Offers(work.promotions.at(at))))

    def proposal(self, order: BlindOrder) -> tuple[Money, tuple[Refund, ...], Money]:
        """The value of the goods, the proposed refunds, and the rounding; raises as the call does for its lines."""
        at, settings = self.now(), self.settings()
        with self.store.reading() as work:
            lines, today = self._lines(work, order, settings, at), rates_of(work, settings, at)
            worth = total((line.amount for line in lines), settings.price)
            refunds, rounding = _refunds(worth, order, today, settings)
            shift = work.shifts.open_at(self.till)
            if shift is not None:
                refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
        return worth, refunds, rounding

    def from_counter(
        self, order: BlindOrder, approval: Approval | None = None, shown: Sequence[Refund] | None = None
    ) -> GoodsReturn:
        """Record a return of the window, whose content is its own fingerprint, with the refunds that it has `shown`."""
        return self(order, self.secrets.request(content_of(order)), approval, shown=shown)

    @retry_idempotent
    def __call__(
        self,
        order: BlindOrder,
        fingerprint: str,
        approval: Approval | None = None,
        *,
        shown: Sequence[Refund] | None = None,
    ) -> GoodsReturn:
        """Record it; `shown` are the refunds that were on show.

        Raises NotAllowed without an approval, PriceAboveTodays, BlindReturnTooLarge, NoOpenShift, RefundChanged.
        """
        at, settings = self.now(), self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):
                return returned_before(work, order.key, fingerprint)
            check_clock(self.now, work)
            cashier = active_cashier(work, order.cashier)
            cashier.check("return")
            shift = shift_for(work, self.till, cashier)
            lines = self._lines(work, order, settings, at)
            worth = total((line.amount for line in lines), settings.price)
            need = CashRequirement(BLIND, worth)
            approver = approver_of(work, need, cashier, approval, order.key, at)
            today = rates_of(work, settings, at)
            refunds, rounding = _refunds(worth, order, today, settings)
            check_as_shown(refunds, shown)
            entry = take_number(work, self.given, self.till, Money.zero(settings.price), at)
            back = GoodsReturn(
                till=self.till,
                number=entry.number,
                key=order.key,
                at=at,
                cashier=cashier.name,
                shift=shift.id,
                reverses=None,
                reason=order.reason,
                total=worth,
                lines=lines,
                refunds=from_the_drawer(refunds, work.shifts.drawer(shift)),
                rounding=rounding,
                rates=today,
                approved_by=None if approver is None else approver.name,
            )
            details = {
                "reason": order.reason,
                "lines": [{"code": x.code, "quantity": x.quantity, "amount": str(x.amount)} for x in lines],
            }
            back = book_return(
                work,
                back,
                entry,
                settings,
                BLIND,
                details,
                cashier=cashier,
                by=order.by,
                need=need,
                approval=(approver, approval),
            )
            move_up(work, at, self.till, cashier.name, {line.product_id for line in lines})
            work.commit()
        return back

    def _lines(self, work: UnitOfWork, order: BlindOrder, settings: Settings, at: datetime) -> tuple[ReturnedLine, ...]:
        if not order.lines:
            raise NothingToReturn("")
        offers = Offers(work.promotions.at(at))
        lines = tuple(
            self._line(work, line, f"lines[{index}]", settings, at, offers) for index, line in enumerate(order.lines)
        )
        check_not_back(work, lines, None)
        serials = [(line.product_id, line.serial) for line in lines if line.serial is not None]
        if len(set(serials)) < len(serials):
            raise BadField("lines", "duplicate", next(one for _, one in serials if one))
        worth, limit = total((line.amount for line in lines), settings.price), settings.most_without_receipt()
        if worth > limit:
            raise BlindReturnTooLarge(worth, limit)
        return lines

    def _line(
        self, work: UnitOfWork, line: BlindLine, field: str, settings: Settings, at: datetime, offers: Offers
    ) -> ReturnedLine:
        label = self.read_scan(line.code, f"{field}.code")
        named = resolve_scan(work, label, settings, at, f"{field}.code").weighing(line.grams, f"{field}.grams")
        product, quantity = named.product, line.quantity * named.pieces
        piece = named.piece if line.serial is None else replace(named.piece, serial=line.serial)
        assert product.category is not None, "resolve_scan refuses what is incomplete"
        if not (line.quantity >= 1 and quantity <= MOST_OF_ONE_LINE):
            raise BadField(f"{field}.quantity", "out_of_range", str(line.quantity))
        if product.by_weight and piece.grams is None:
            raise AsksWeight(product.code)
        if piece.is_single and quantity > 1:
            raise SerialNumberTwice(product.code, quantity)
        if line.price.minor < 0:
            raise BadField(f"{field}.price", "negative", str(line.price))
        today = _price_today(replace(named, piece=piece), offers)
        if line.price > today:
            raise PriceAboveTodays(product.code, line.price, today)
        return ReturnedLine(
            of_line=None,
            product_id=product.id,
            code=product.code,
            name=product.name,
            names=product.names,
            category=product.category,
            quantity=quantity,
            amount=line.price * quantity,
            to=line.to,
            vat=product.vat,
            tax=None if product.vat is None else vat_in(line.price * quantity, product.vat),
            serial=piece.serial,
        )


def _price_today(named: ResolvedScan, offers: Offers) -> Money:
    """What a piece alone is sold at: a promotion in force is taken off, a bundle needs more pieces."""
    assert named.product.price is not None, "resolve_scan refuses what is incomplete"
    price = named.piece.unit_price(named.product.price)
    return price - offers.of(named.product, price).single_off


def _refunds(worth: Money, order: BlindOrder, today: RateTable, settings: Settings) -> tuple[tuple[Refund, ...], Money]:
    """Cash, in the way change is given today: the original payment is unknown."""
    return refunds_for(worth, ("cash", order.currency), {}, today, today, settings.cash())


def content_of(order: BlindOrder) -> bytes:
    """The content of a return without a receipt, as bytes."""
    parts = [
        "blind return",
        [
            [line.code, line.quantity, str(line.price), line.to, *(x for x in (line.grams, line.serial) if x)]
            for line in order.lines
        ],
        order.currency.code,
        order.reason,
        order.cashier,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()
