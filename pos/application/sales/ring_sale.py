"""Ring up a sale from a file exactly as the window does: the same cart, the same quota, the same transaction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from pos.application.access.authorize import SYSTEM_USER, check_acts_for
from pos.application.catalogue.resolve_scan import resolve_scan
from pos.application.membership.center_answer import at_center, elsewhere_of
from pos.application.membership.center_rules import TAKEN
from pos.application.membership.refusals import CenterRefused
from pos.application.membership.send_to_center import SendToCenter
from pos.application.pickup.pick_up import deposit_tenders
from pos.application.pickup.pickup_request import with_orders
from pos.application.ports.catalogue_ports import ReadScan
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import Elsewhere, ledgers_of
from pos.application.quota.quota_advice import shared_freely
from pos.application.returns.return_order import Exchange
from pos.application.sales.check_order import AnotherRegime, NoDestination
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.exchange import ProposeExchange, left_to_pay
from pos.application.sales.order import SaleOrder
from pos.application.sales.pending_refunds import Taken, record_pending_refunds
from pos.application.sales.reserve_for_payment import ReserveForPayment
from pos.application.sales.sale_request import RequestLine, SaleRequest, read_exchange, read_sale_request
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.staff.sign_in import SignIn
from pos.application.text.json_fields import RequestApproval
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.known_entries import as_known
from pos.application.visitors.lock_visitors import record_documents, with_new_numbers
from pos.domain.catalogue.piece import SerialNumberTwice
from pos.domain.errors import InfrastructureError, Refused
from pos.domain.payment.tender import Tender
from pos.domain.pricing.promotion import Offers
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.request_key import KeyReused
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine, check_quantity, line_by_hand
from pos.domain.sales.parcel import NoParcelRegime
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class RingSale(UseCase):
    """One run of `sale ring`. PINs that were right are remembered for the run, as keyed hashes: they are not hashed
    again, but whose they are must still have the same PIN and not be locked.
    """

    sign_in: SignIn
    complete_sale: CompleteSale
    read_scan: ReadScan
    hold_sale: ReserveForPayment | None = None
    """Reserves a sale of a shop that is a member at its center; None in a program that opens no connection."""
    send: SendToCenter | None = None
    _right: set[str] = field(default_factory=set)

    def __call__(self, element: object, actor: Person | None = None) -> Sale:
        """Ring up one parsed JSON element. Raises BadInput or Refused and then records nothing.

        `actor` is the person who submits it: they book for themselves, or for others where permitted; the permissions
        in the sale are those of its cashier.
        """
        fingerprint = self._fingerprint(element)
        sold = self._sold_before(element, fingerprint)
        if sold is not None:
            return sold
        settings = self.settings()
        now = self.now()
        request = read_sale_request(element, now.astimezone(settings.zone).date(), settings.price, now)
        by = "" if actor is None else check_acts_for(actor, request.cashier, "sell")
        try:
            try:
                order, approval = self._reserved(request, settings, read_exchange(element), by)
            except CenterRefused as refused:
                if refused.why != TAKEN:
                    raise
                order, approval = self._reserved(request, settings, read_exchange(element), by)  # by the new rules
        except Refused as refused:
            record_pending_refunds(
                self.store, now, Taken(request.key, self.till, request.cashier[:40], request.payments), refused
            )
            raise
        try:
            payment = Payment((*self._deposits(request, order, settings), *request.payments), request.change_currency)
            return self.complete_sale(order, payment, fingerprint, approval)
        except BaseException:
            self._release(order)
            raise
        finally:
            self._tell()

    def _reserved(
        self, request: SaleRequest, settings: Settings, exchange: Exchange | None, by: str
    ) -> tuple[SaleOrder, Approval | None]:
        order = replace(self._order(request, settings, exchange), by=by)
        approval = None if request.approval is None else self._approval(request.approval, request.key)
        self._reserve(order, approval)
        return order, approval

    def _reserve(self, order: SaleOrder, approval: Approval | None) -> None:
        """Ask the center, where the shop has one, before anything is recorded."""
        if self.hold_sale is None or self.complete_sale.center is None or not self.complete_sale.center.concerns(order):
            return
        try:
            self.hold_sale(order, approval)
        except BaseException:
            self._tell()
            raise

    def _deposits(self, request: SaleRequest, order: SaleOrder, settings: Settings) -> tuple[Tender, ...]:
        """What the deposits on its orders pay of it, after the goods that come back in exchange."""
        with_deposit = {one.code for one in request.pickups if one.uses_deposit}
        orders = [one for one in order.pickups if one.code in with_deposit]
        if not orders:
            return ()
        exchange, due, cash = order.exchange, order.cart.total, settings.cash()
        coming = () if exchange is None else ProposeExchange(self.context)(exchange, due)
        return deposit_tenders(orders, left_to_pay(coming, due, cash), cash)

    def _release(self, order: SaleOrder) -> None:
        center = self.complete_sale.center
        if self.hold_sale is not None and center is not None and center.concerns(order):
            self.hold_sale.release(order.key)

    def _tell(self) -> None:
        """Send what happened; what does not arrive waits for the next time."""
        if self.send is not None:
            with suppress(InfrastructureError):
                self.send()

    def _sold_before(self, element: object, fingerprint: str) -> Sale | None:
        """The sale already recorded under the key, regardless of later changes to prices, PINs or the clock.

        This is only a shortcut for ordinary repetition: of two at once CompleteSale lets one through.
        """
        key = element.get("key") if isinstance(element, dict) else None
        if not isinstance(key, str) or not (key.isascii() and key.isprintable()):
            return None  # not a key: read_sale_request reports it
        with self.store.reading() as work:
            sold = work.sales.with_key(key)
            if sold is not None and work.keys.fingerprint_of(key) != fingerprint:
                raise KeyReused(key)
            return sold

    def _order(self, request: SaleRequest, settings: Settings, exchange: Exchange | None) -> SaleOrder:
        regime = self._regime(request, settings)
        visitors = tuple(
            visitor_of(v.document, v.label, self.secrets, v.residence, v.entries, v.declared) for v in request.visitors
        )
        if self.hold_sale is not None and self.hold_sale.look_up is not None and regime is not None:
            self.hold_sale.look_up.all(request.key, visitors, regime)
        at = self.now()
        with self.store.reading() as work:
            unrecorded = with_new_numbers(work, visitors)
            rates = rates_of(work, settings, at)
            lines = tuple(self._line(i, line, work, settings, at) for i, line in enumerate(request.lines))
            offers = Offers(work.promotions.at(at))
            cart = Cart(settings.price, lines, next_id=len(lines) + 1, offers=offers, note=request.note).priced()
            alone = visitors[0].label if len(visitors) == 1 else None
            cart, pickups = with_orders(work, cart, request.pickups, alone, at)
            cart = cart.with_basket_discount(request.discount)
            if len(visitors) > 1 and regime is not None and request.destination is not None:
                rules = self.regimes()[regime]
                known = as_known(work, visitors, rules)
                ledgers = ledgers_of(work, known, rules, self.regimes(), at)
                cart = shared_freely(
                    cart, rules, known, ledgers, at, rates, self._elsewhere(work, request.key, known, rules, at)
                )
        record_documents(self.store, unrecorded, at, self.till, SYSTEM_USER.name)
        return SaleOrder(
            key=request.key,
            till=self.till,
            cashier=request.cashier,
            cart=cart,
            visitors=visitors,
            destination=request.destination,
            regime=regime,
            rates=rates,
            over_quota=request.over_quota,
            exchange=exchange,
            parcel=request.parcel,
            recipient=request.recipient,
            pickups=pickups,
        )

    def _elsewhere(
        self, work: UnitOfWork, key: str, visitors: Sequence[Visitor], regime: Regime, at: datetime
    ) -> Elsewhere:
        """What the visitors bought in other shops of the center, as far as it has answered."""
        membership = None if self.complete_sale.center is None else self.complete_sale.center.membership
        ledgers = {} if membership is None else membership.sales.ledgers(key, visitors)
        from_center = {v.label: at_center(work, v, ledgers[v.label], key, at) for v in visitors if v.label in ledgers}
        return elsewhere_of(from_center, regime, self.regimes(), at)

    def _regime(self, request: SaleRequest, settings: Settings) -> str | None:
        """The shop's rules for the destination; a file may name them but cannot choose others."""
        shops = None if request.destination is None else settings.regime_for(request.destination)
        if request.parcel is not None:
            if request.destination is None:
                raise NoDestination
            shops = settings.parcel_regime_for(request.destination)
            if not shops:
                raise NoParcelRegime(request.destination)
        for named in (request.regime, shops):
            if named is not None and named not in self.regimes():
                raise UnknownRegime(named)
        if request.regime is not None and shops is not None and request.regime != shops:
            raise AnotherRegime(request.regime, shops)
        return shops

    def _line(self, index: int, line: RequestLine, work: UnitOfWork, settings: Settings, at: datetime) -> CartLine:
        field = f"lines[{index}].code"
        label, is_open = self.read_scan(line.code, field), line.price is not None
        named = resolve_scan(work, label, settings, at, field, is_open=is_open)
        named = named.weighing(line.grams, f"lines[{index}].grams")
        product, piece, quantity = named.product, named.piece, line.quantity * named.pieces
        check_quantity(quantity, f"lines[{index}].quantity")
        if piece.is_single and quantity > 1:
            raise SerialNumberTwice(product.code, quantity)
        if line.price is not None:
            cart_line = line_by_hand(
                index + 1, product, line.price, quantity, line.carrier, piece, f"lines[{index}].price"
            )
        else:
            assert product.price is not None, "resolve_scan refuses what is incomplete"
            cart_line = CartLine(
                index + 1, product, piece.unit_price(product.price), quantity, line.carrier, piece=piece
            )
        # a manual discount of zero does not exclude a promotion
        cart_line = replace(cart_line, discount=line.discount or None, note=line.note)
        if line.discount is not None:
            line.discount.check(cart_line.gross, f"lines[{index}].discount")
        return cart_line

    def _approval(self, asked: RequestApproval, key: str) -> Approval:
        return self.sign_in.approve(asked.user, asked.pin, asked.permissions, key, is_pin=self._is_pin)

    def _is_pin(self, pin_hash: str | None, pin: str) -> bool:
        memory = self.secrets.request(f"{pin_hash}\x1f{pin}".encode("utf-8", "surrogatepass"))
        if memory in self._right:
            return True
        if not self.secrets.is_pin(pin_hash, pin):
            return False
        self._right.add(memory)
        return True

    def _fingerprint(self, element: object) -> str:
        """The keyed hash of the element without the PIN."""
        content = dict(element) if isinstance(element, dict) else {}
        if isinstance(content.get("approve"), dict):
            content["approve"] = {k: v for k, v in content["approve"].items() if k != "pin"}
        text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=str)
        return self.secrets.request(text.encode())
