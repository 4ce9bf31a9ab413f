"""Ring up a sale from a file exactly as the window would: the same cart, the same quota, the same transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from pos.application.access.act_for_another import check_acts_for
from pos.application.access.authorize import SYSTEM_USER
from pos.application.catalogue.resolve_scan import resolve_scan
from pos.application.ports.scan_ports import ReadScan
from pos.application.ports.store import Clock, Secrets, Store, UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import ledgers_of
from pos.application.quota.quota_advice import shared_freely
from pos.application.returns.return_order import Exchange
from pos.application.sales.check_order import AnotherRegime
from pos.application.sales.complete_sale import CompleteSale, Payment
from pos.application.sales.exchange_request import read_exchange
from pos.application.sales.order import SaleOrder
from pos.application.sales.pending_refunds import Taken, record_pending_refunds
from pos.application.sales.sale_request import RequestLine, SaleRequest, read_sale_request
from pos.application.settings.settings import Settings
from pos.application.staff.sign_in import SignIn
from pos.application.text.json_fields import RequestApproval
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.known_entries import as_known
from pos.application.visitors.lock_visitors import learn_papers, news_of
from pos.domain.catalogue.piece import SerialNumberTwice
from pos.domain.errors import Refused
from pos.domain.pricing.promotion import Offers
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.request_key import KeyReused
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine, check_quantity
from pos.domain.sales.sale import Sale
from pos.domain.staff.staff import Approval, Person


@dataclass(frozen=True, slots=True)
class RingSale:
    """One run of `sale ring`. PINs that were right once are remembered for the run, as keyed hashes."""

    store: Store
    now: Clock
    secrets: Secrets
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    sign_in: SignIn
    complete_sale: CompleteSale
    till: str
    read_scan: ReadScan
    _approvers: dict[str, Person] = field(default_factory=dict)

    def __call__(self, found: object, actor: Person | None = None) -> Sale:
        """Ring up one parsed JSON element; raises BadInput or Refused and records nothing then.

        `actor` is whoever brings it in: he books on himself, or on others where he may; the rights in the sale are
        those of its cashier.
        """
        fingerprint = self._fingerprint(found)
        sold = self._sold_before(found, fingerprint)
        if sold is not None:
            return sold
        settings = self.settings()
        now = self.now()
        ticket = read_sale_request(found, now.astimezone(settings.zone).date(), settings.price, now)
        by = "" if actor is None else check_acts_for(actor, ticket.cashier, "sell")
        try:
            order = replace(self._order(ticket, settings, read_exchange(found)), by=by)
            approval = None if ticket.approval is None else self._approval(ticket.approval, ticket.key)
        except Refused as refused:
            record_pending_refunds(
                self.store, now, Taken(ticket.key, self.till, ticket.cashier[:40], ticket.payments), refused
            )
            raise
        return self.complete_sale(order, Payment(ticket.payments, ticket.change_currency), fingerprint, approval)

    def _sold_before(self, found: object, fingerprint: str) -> Sale | None:
        """The sale that the key has made already, whatever has happened to prices, PINs or the clock since.

        Only a short way for the ordinary repetition: of two at once CompleteSale lets one through.
        """
        key = found.get("key") if isinstance(found, dict) else None
        if not isinstance(key, str) or not (key.isascii() and key.isprintable()):
            return None  # it is no key: read_sale_request says so
        with self.store.reading() as work:
            sold = work.sales.with_key(key)
            if sold is not None and work.keys.fingerprint_of(key) != fingerprint:
                raise KeyReused(key)
            return sold

    def _order(self, ticket: SaleRequest, settings: Settings, exchange: Exchange | None) -> SaleOrder:
        regime = self._regime(ticket, settings)
        visitors = tuple(
            visitor_of(v.document, v.label, self.secrets, v.residence, v.entries, v.declared) for v in ticket.visitors
        )
        at = self.now()
        with self.store.reading() as work:
            news = news_of(work, visitors)
            rates = rates_of(work, settings, at)
            lines = tuple(self._line(i, line, work, settings, at) for i, line in enumerate(ticket.lines))
            offers = Offers(work.promotions.at(at))
            cart = Cart(settings.price, lines, next_id=len(lines) + 1, offers=offers, note=ticket.note).priced()
            cart = cart.with_basket_discount(ticket.discount)
            if len(visitors) > 1 and regime is not None and ticket.destination is not None:
                rules = self.regimes()[regime]
                known = as_known(work, visitors, rules)
                ledgers = ledgers_of(work, known, rules, self.regimes(), at)
                cart = shared_freely(cart, rules, known, ledgers, at, rates)
        learn_papers(self.store, news, at, self.till, SYSTEM_USER.name)
        return SaleOrder(
            key=ticket.key,
            till=self.till,
            cashier=ticket.cashier,
            cart=cart,
            visitors=visitors,
            destination=ticket.destination,
            regime=regime,
            rates=rates,
            over_quota=ticket.over_quota,
            exchange=exchange,
        )

    def _regime(self, ticket: SaleRequest, settings: Settings) -> str | None:
        """The shop's rules for the side; a file may name them, and chooses none."""
        shops = None if ticket.destination is None else settings.regime_for(ticket.destination)
        for named in (ticket.regime, shops):
            if named is not None and named not in self.regimes():
                raise UnknownRegime(named)
        if ticket.regime is not None and shops is not None and ticket.regime != shops:
            raise AnotherRegime(ticket.regime, shops)
        return shops

    def _line(self, place: int, line: RequestLine, work: UnitOfWork, settings: Settings, at: datetime) -> CartLine:
        field = f"lines[{place}].code"
        named = resolve_scan(work, self.read_scan(line.code, field), settings, at, field)
        named = named.weighing(line.grams, f"lines[{place}].grams")
        product, piece, quantity = named.product, named.piece, line.quantity * named.pieces
        check_quantity(quantity, f"lines[{place}].quantity")
        if piece.is_single and quantity > 1:
            raise SerialNumberTwice(product.code, quantity)
        assert product.price is not None, "resolve_scan refuses what is incomplete"
        price = piece.unit_price(product.price)
        discount = line.discount or None  # nothing taken off by hand is no reason against a promotion
        made = CartLine(place + 1, product, price, quantity, line.carrier, discount, note=line.note, piece=piece)
        made = made.at_price(line.price, f"lines[{place}].price")
        if line.discount is not None:
            line.discount.check(made.gross, f"lines[{place}].discount")
        return made

    def _approval(self, asked: RequestApproval, key: str) -> Approval:
        memory = self.secrets.request(f"{asked.user}\x1f{asked.pin}".encode())
        known = self._approvers.get(memory)
        if known is None:
            approval = self.sign_in.approve(asked.user, asked.pin, asked.acts, key)
            self._approvers[memory] = approval.by
            return approval
        return self.sign_in.allowed(known, asked.acts, key)

    def _fingerprint(self, found: object) -> str:
        """The keyed hash of the element without the PIN."""
        content = dict(found) if isinstance(found, dict) else {}
        if isinstance(content.get("approve"), dict):
            content["approve"] = {k: v for k, v in content["approve"].items() if k != "pin"}
        text = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"), default=_exact)
        return self.secrets.request(text.encode())


def _exact(value: Any) -> str:
    return str(value)
