"""Purchase orders: create, list, change while open, close, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.last_costs import last_costs
from pos.application.purchasing.suppliers import PERMISSION, supplier_named
from pos.application.settings.context import UseCase
from pos.application.text.json_amounts import amount, cost_json
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.money import Money
from pos.domain.purchasing.document_day import check_promised
from pos.domain.purchasing.goods_receipt import NotOnThisOrder, receipt_name
from pos.domain.purchasing.order_totals import OrderTotals
from pos.domain.purchasing.purchase_order import (
    CLOSED,
    DROPPED,
    LONGEST_NOTE,
    MOST_LINES,
    MOST_PIECES,
    OPEN,
    ORIGINS,
    AlreadyReceived,
    NoSuchOrder,
    OrderBeingReceived,
    OrderLine,
    OrderSummary,
    PurchaseOrder,
    check_cost,
    check_pieces,
    order_name,
)
from pos.domain.purchasing.supplier import check_line
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class OrderDraftLine:
    """`pieces` of a code, or `cartons` of a carton code; `cost` is that of one piece, None: unknown.

    `takes_last_cost`: an unknown cost becomes that of the supplier's last delivery, if there is one. `where` names the
    line in a refusal. `coming` is what open orders still expected of the goods when the person saw them; None: not
    checked.
    """

    code: str
    pieces: int | None = None
    cost: Money | None = None
    cartons: int | None = None
    where: str = ""
    coming: int | None = None
    takes_last_cost: bool = False


@dataclass(frozen=True, slots=True)
class OrderDraft:
    """A draft of an order. `supplier` is a name; an unknown one is put on file."""

    lines: Sequence[OrderDraftLine]
    supplier: str = ""
    expected_on: date | None = None
    note: str = ""
    origin: str = "hand"


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order with the products of its lines, its supplier's name, and its deliveries."""

    order: PurchaseOrder
    products: Mapping[int, Product]
    supplier: str = ""
    receipts: tuple[str, ...] = ()

    @property
    def ordered(self) -> tuple[OrderLine, ...]:
        """The lines that the supplier reads: not what came without having been ordered."""
        return tuple(line for line in self.order.lines if line.ordered)

    @property
    def outstanding(self) -> int:
        """Pieces still to come."""
        return sum(self.order.outstanding_of(line) for line in self.order.lines)


class PurchaseOrders(UseCase):
    """Manages purchase orders. Every step needs the permission `stock`."""

    def listed(
        self, person: Person, state: str | None = OPEN, limit: int = 50, before: int | None = None
    ) -> Sequence[OrderSummary]:
        """Orders in a state (None: all), newest first, each with its outstanding pieces."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.orders.listed(state, limit, before)

    def currencies(self, person: Person, state: str | None = OPEN) -> Sequence[str]:
        """The currencies in which the orders in a state (None: all) have costs."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.orders.currencies(state)

    def show(self, number: int, person: Person) -> OrderView:
        """One order. Raises NoSuchOrder."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return order_view(work, order_numbered(work, number), self.now())

    def make(self, draft: OrderDraft, person: Person) -> OrderView:
        """Make an order. Raises BadField, BadCheckDigit, UnknownCode, NotAllowed, and MovedMeanwhile where more or less
        of the goods is on order than the person saw.
        """
        return self.make_all((draft,), person)[0]

    def make_all(self, drafts: Sequence[OrderDraft], person: Person) -> Sequence[OrderView]:
        """Make these orders in one transaction: all or none. Raises what `make` raises."""
        at = self.now()
        for draft in drafts:
            _check(draft, at)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            views = [self._make(work, draft, at, person) for draft in drafts]
            work.commit()
        return views

    def _make(self, work: UnitOfWork, draft: OrderDraft, at: datetime, person: Person) -> OrderView:
        supplier = supplier_named(work, draft.supplier)
        lines = _lines(work, draft.lines, at, None if supplier is None else supplier.id)
        number = work.stock.next_number("O")  # one order at a time from here on
        _check_seen(work, draft.lines, at)
        order = PurchaseOrder(
            id=0,
            number=number,
            state=OPEN,
            origin=draft.origin,
            at=at,
            person=person.name,
            supplier=None if supplier is None else supplier.id,
            expected_on=draft.expected_on,
            note=draft.note.strip(),
            lines=tuple(lines.values()),
        )
        view = order_view(work, work.orders.add(order), at)
        self._write(work, "make_order", view, at, person)
        return view

    def change(self, number: int, draft: OrderDraft, person: Person) -> OrderView:
        """Replace lines, supplier, day or note of an open order; delivered pieces stay.

        Raises AlreadyReceived where fewer would be ordered than have come, OrderOver, OrderBeingReceived, and what
        `make` raises.
        """
        at = self.now()
        _check(draft, at)
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = self._still_open(work, number)
            supplier = supplier_named(work, draft.supplier)
            lines = _lines(work, draft.lines, at, None if supplier is None else supplier.id)
            for line in before.lines:
                now = lines.get(line.product)
                if line.received > (0 if now is None else now.ordered):
                    raise AlreadyReceived(_code(work, line, at), 0 if now is None else now.ordered, line.received)
                if now is not None:
                    lines[line.product] = replace(now, received=line.received, reason=line.reason)
            after = replace(
                before,
                supplier=None if supplier is None else supplier.id,
                expected_on=draft.expected_on,
                note=draft.note.strip(),
                lines=tuple(lines.values()),
            )
            work.orders.change(after)
            view = order_view(work, after, at)
            self._write(work, "change_order", view, at, person)
            work.commit()
        return view

    def set_cost(
        self, number: int, code: str, cost: Money | None, person: Person, *, seen: OrderLine | None = None
    ) -> OrderView:
        """What one piece of a line costs, in any currency; None: unknown.

        Raises BadField, BadCheckDigit, UnknownCode, NotOnThisOrder, OrderOver, OrderBeingReceived, and MovedMeanwhile
        where it is another than on the line as it was `seen`.
        """
        at, canonical = self.now(), read_code(code, "code").canonical
        check_cost(cost, "cost")
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            before = self._still_open(work, number)
            named = work.products.named(canonical, at)
            if named is None:
                raise UnknownCode(canonical)
            line = before.line_of(named[0].id)
            if line is None or not line.ordered:
                raise NotOnThisOrder(named[0].code)
            if seen is not None and line.cost != seen.cost:
                raise MovedMeanwhile
            lines = tuple(replace(one, cost=cost) if one is line else one for one in before.lines)
            view = order_view(work, replace(before, lines=lines), at)
            if cost != line.cost:
                work.orders.set_cost(before.id, line.product, cost)
                self._write(work, "change_order", view, at, person)
            work.commit()
        return view

    def close(self, number: int, person: Person) -> OrderView:
        """Close an open order: nothing more will come. Raises OrderOver, OrderBeingReceived."""
        return self._end(number, CLOSED, "close_order", person)

    def drop(self, number: int, person: Person) -> OrderView:
        """Cancel an open order without deliveries. Raises AlreadyReceived, OrderOver, OrderBeingReceived."""
        return self._end(number, DROPPED, "drop_order", person)

    def _end(self, number: int, state: str, event: str, person: Person) -> OrderView:
        at = self.now()
        with authorized_write(self.store, person, PERMISSION) as (work, person):
            order = self._still_open(work, number)
            if state == DROPPED:
                for line in order.lines:
                    if line.received:
                        raise AlreadyReceived(_code(work, line, at), 0, line.received)
            work.orders.end(order.id, state, at, person.name)
            view = order_view(work, replace(order, state=state, closed_at=at, closed_by=person.name), at)
            self._write(work, event, view, at, person)
            work.commit()
        return view

    def _still_open(self, work: UnitOfWork, number: int) -> PurchaseOrder:
        order = order_numbered(work, number)
        order.check_open()
        counting = work.receipts.counting_for(order.id)
        if counting is not None:
            raise OrderBeingReceived(order.name, receipt_name(counting))
        return order

    def _write(self, work: UnitOfWork, event: str, view: OrderView, at: datetime, person: Person) -> None:
        work.journal.write(at, self.till, person.name, event, order_json(view, with_totals=False))


def order_numbered(work: UnitOfWork, number: int) -> PurchaseOrder:
    """The order of a number. Raises NoSuchOrder."""
    order = work.orders.by_number(number)
    if order is None:
        raise NoSuchOrder(order_name(number))
    return order


def order_view(work: UnitOfWork, order: PurchaseOrder, at: datetime) -> OrderView:
    """An order with the products of its lines."""
    supplier = None if order.supplier is None else work.suppliers.by_id(order.supplier)
    receipts = tuple(receipt_name(number) for number in work.receipts.numbers_for(order.id))
    products = work.products.by_ids([line.product for line in order.lines], at)
    return OrderView(order, products, "" if supplier is None else supplier.name, receipts)


def _check(draft: OrderDraft, at: datetime) -> None:
    if draft.origin not in ORIGINS:
        raise BadField("origin", "unknown", draft.origin[:20])
    if not draft.lines:
        raise BadField("lines", "missing")
    if len(draft.lines) > MOST_LINES:
        raise BadField("lines", "too_long", str(len(draft.lines)))
    check_line(draft.note, LONGEST_NOTE, "note")
    check_promised(draft.expected_on, at.date())


def _lines(
    work: UnitOfWork, drafts: Sequence[OrderDraftLine], at: datetime, supplier: int | None
) -> dict[int, OrderLine]:
    """The lines by product; equal goods at one cost are merged into one line."""
    lines: dict[int, OrderLine] = {}
    unpriced: set[int] = set()
    for number, line in enumerate(drafts):
        where = line.where or f"lines[{number}]."
        code = read_code(line.code, f"{where}code").canonical
        named = work.products.named(code, at)
        if named is None:
            raise UnknownCode(code, f"{where}code")
        product, inside = named
        ordered = OrderLine(product.id, _pieces(line, inside, where), cost=check_cost(line.cost, f"{where}cost"))
        before = lines.get(product.id)
        if before is not None and before.cost != ordered.cost:
            raise BadField(f"{where}code", "given_twice", code)
        pieces = ordered.ordered + (0 if before is None else before.ordered)
        lines[product.id] = replace(ordered, ordered=check_pieces(pieces, f"{where}pieces"))
        if line.takes_last_cost and line.cost is None:
            unpriced.add(product.id)
    for key, last in last_costs(work, unpriced, supplier).items():
        lines[key] = replace(lines[key], cost=last.cost)
    return lines


def _check_seen(work: UnitOfWork, drafts: Sequence[OrderDraftLine], at: datetime) -> None:
    """Raise MovedMeanwhile where another person has ordered or received the goods since they were looked at."""
    seen: dict[int, int] = {}
    for line in drafts:
        named = None if line.coming is None else work.products.named(read_code(line.code).canonical, at)
        if named is not None and line.coming is not None:
            seen[named[0].id] = line.coming
    now = work.orders.outstanding(seen)
    if any(now.get(product, 0) != coming for product, coming in seen.items()):
        raise MovedMeanwhile


def _pieces(line: OrderDraftLine, inside: int, where: str) -> int:
    if (line.pieces is None) == (line.cartons is None):
        raise BadField(f"{where}pieces", "missing" if line.pieces is None else "given_twice")
    if line.pieces is not None:
        return check_pieces(line.pieces, f"{where}pieces")
    cartons = check_pieces(line.cartons or 0, f"{where}cartons")
    if cartons * inside > MOST_PIECES:
        raise BadField(f"{where}cartons", "too_large", str(cartons))
    return cartons * inside


def _code(work: UnitOfWork, line: OrderLine, at: datetime) -> str:
    product = work.products.by_id(line.product, at)
    return str(line.product) if product is None else product.code


def order_json(view: OrderView, *, with_totals: bool = True) -> dict[str, Any]:
    """An order as JSON for the command line; for the journal without the totals, which follow from the lines."""
    order = view.order
    return {
        "order": order.name,
        "state": order.state,
        "origin": order.origin,
        "supplier": view.supplier or None,
        "expected_on": None if order.expected_on is None else order.expected_on.isoformat(),
        "note": order.note,
        "outstanding": view.outstanding,
        **(totals_json(order.totals) if with_totals else {}),
        "receipts": list(view.receipts),
        "lines": [
            {
                "code": view.products[line.product].code,
                "pieces": line.ordered,
                "received": line.received,
                "outstanding": order.outstanding_of(line),
                "cost": cost_json(line.cost),
                **({"total": cost_json(line.total)} if with_totals else {}),
                "closed_short": line.closed_short,
                "reason": line.reason or None,
            }
            for line in order.lines
        ],
    }


def totals_json(totals: OrderTotals) -> dict[str, Any]:
    """What an order comes to: one total of each currency, and how many lines have no cost."""
    return {"totals": [amount(one) for one in totals.amounts], "without_cost": totals.without_cost}
