"""Purchasing lists: orders, suppliers, deliveries and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.access.authorize import authorized_read
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.purchasing.deliveries import Deliveries
from pos.application.purchasing.delivery_view import CountRow, CountView, count_view, delivery_numbered
from pos.application.purchasing.posted_goods_receipt import PostedReceipt
from pos.application.purchasing.purchase_orders import PurchaseOrders
from pos.application.purchasing.suppliers import ACT, ManageSuppliers
from pos.application.tables.listing import Listing, ListReader, after_last, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.words import N_
from pos.domain.purchasing.purchase_order import OPEN, OrderSummary, order_name

_PAGE = 200
_STATES = {"open": N_("open"), "closed": N_("closed"), "dropped": N_("discarded")}


def orders(step: PurchaseOrders, state: str | None = OPEN) -> Listing:
    """Orders in a state (None: all), newest first, each with its outstanding pieces."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Order")),
            Column(words("State")),
            Column(words("Supplier")),
            Column(words("Created"), CellKind.INSTANT),
            Column(words("Who")),
            Column(words("Expected on"), CellKind.DAY),
            Column(words("Products"), CellKind.COUNT),
            Column(words("Ordered pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Outstanding pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Note")),
        ]

        def page(before: int | None) -> tuple[Sequence[OrderSummary], int | None]:
            return after_last(step.listed(reader.person, state, _PAGE, before), _PAGE, lambda one: one.number)

        facts = [(words("State"), words(_STATES[state]) if state in _STATES else "")]
        rows = (_order(one, reader) for one in in_pages(page))
        return [reader.table("orders", words("Orders"), columns, rows, facts)]

    return Listing("orders", N_("Orders"), ACT, make, {"state": state})


def _order(one: OrderSummary, reader: ListReader) -> Sequence[Cell]:
    return (
        one.name,
        reader.words(_STATES[one.state]),
        one.supplier,
        one.at,
        reader.name_of(one.person),
        one.expected_on,
        one.lines,
        one.ordered,
        one.outstanding,
        one.note,
    )


def suppliers(step: ManageSuppliers) -> Listing:
    """Suppliers by name."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words

        def rows() -> Iterator[Sequence[Cell]]:
            for one in step.all(reader.person):
                yield one.name, one.contact

        columns = [Column(words("Supplier")), Column(words("Contact"))]
        return [reader.table("suppliers", words("Suppliers"), columns, rows())]

    return Listing("suppliers", N_("Suppliers"), ACT, make)


def posted_deliveries(step: Deliveries) -> Listing:
    """Posted deliveries, newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Delivery")),
            Column(words("Posted on"), CellKind.INSTANT),
            Column(words("Order")),
            Column(words("Supplier")),
            Column(words("Delivery note")),
            Column(words("Pieces"), CellKind.COUNT, is_summed=True),
            Column(words("Who")),
        ]

        def page(before: int | None) -> tuple[Sequence[GoodsReceiptSummary], int | None]:
            return after_last(step.posted.listed(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        rows = (_posted(one, reader) for one in in_pages(page))
        return [reader.table("deliveries", words("Deliveries"), columns, rows)]

    return Listing("deliveries", N_("Deliveries"), ACT, make)


def _posted(one: GoodsReceiptSummary, reader: ListReader) -> Sequence[Cell]:
    order = "" if one.order is None else order_name(one.order)
    name = reader.name_of(one.person)
    return one.name, one.posted_at or one.at, order, one.supplier, one.delivery_note, one.pieces, name


def counted(step: Deliveries, number: int) -> Listing:
    """A delivery during the count: expected beside counted."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, receive = reader.words, step.receive
        with authorized_read(receive.store, reader.person, ACT) as work:
            view = count_view(work, delivery_numbered(work, number), receive.now())
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), CellKind.DAY),
            Column(words.within("delivery", "Expected"), CellKind.COUNT, is_summed=True),
            Column(words("Counted"), CellKind.COUNT, is_summed=True),
            Column(words("Unit cost"), CellKind.AMOUNT),
            Column(words("Note")),
        ]
        rows = (_counted(one, reader) for one in view.rows)
        return [reader.table("delivery", words("Delivery"), columns, rows, _facts(view, reader))]

    return Listing("delivery", N_("Delivery"), ACT, make, {"delivery": number})


def _facts(view: CountView, reader: ListReader) -> list[tuple[str, str]]:
    words = reader.words
    return [
        (words("Delivery"), view.receipt.name),
        (words("Order"), "" if view.order is None else view.order.name),
        (words("Supplier"), view.supplier),
        (words("Delivery note"), view.receipt.delivery_note),
    ]


def _counted(one: CountRow, reader: ListReader) -> Sequence[Cell]:
    words, line = reader.words, one.line
    set_aside = words("set aside") if line is not None and line.set_aside else ""
    return (
        one.product.name_in(words.language),
        one.product.code,
        "" if line is None else line.lot,
        None if line is None else line.expiry,
        one.expected if one.is_first else None,
        one.counted,
        one.cost,
        " · ".join(part for part in (set_aside, "" if line is None else line.reason) if part),
    )


def posted_delivery(step: Deliveries, number: int) -> Listing:
    """A posted delivery at landed cost."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, posted = reader.words, step.posted(number, reader.person).posted
        price = posted.price.code
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), CellKind.DAY),
            Column(words.within("delivery", "Expected"), CellKind.COUNT, is_summed=True),
            Column(words("Counted"), CellKind.COUNT, is_summed=True),
            Column(words("Unit cost"), CellKind.AMOUNT),
            Column(words("Value"), CellKind.AMOUNT, price, is_summed=True),
            Column(words("Freight and duty"), CellKind.AMOUNT, price, is_summed=True),
            Column(words("Landed"), CellKind.AMOUNT, price, is_summed=True),
        ]
        facts = [
            (words("Delivery"), posted.name),
            (words("Order"), posted.order or ""),
            (words("Supplier"), posted.supplier),
            (words("Delivery note"), posted.delivery_note),
            (words("Import document"), posted.entry),
        ]
        return [reader.table("delivery", words("Delivery"), columns, _lines(posted, reader), facts)]

    return Listing("delivery", N_("Delivery"), ACT, make, {"delivery": number})


def _lines(posted: PostedReceipt, reader: ListReader) -> Iterator[Sequence[Cell]]:
    for one in posted.lines:
        yield (
            one.name_in(reader.words.language),
            one.code,
            one.lot,
            one.expiry,
            one.expected,
            one.counted,
            one.cost,
            one.value,
            one.charges,
            one.landed,
        )
