"""The lists of what is ordered and what came: open orders, suppliers, deliveries and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.at_work import reading_as
from pos.application.deliveries import Deliveries
from pos.application.delivery_view import CountRow, CountView, count_view, delivery_numbered
from pos.application.listing import Listing, Reader, after_last, in_pages
from pos.application.posted_receipt import PostedReceipt
from pos.application.purchase_orders import PurchaseOrders
from pos.application.receipt_ports import ReceiptSummary
from pos.application.suppliers import ACT, ManageSuppliers
from pos.application.table import Cell, Column, Kind, Table
from pos.application.words import N_
from pos.domain.purchase_order import OPEN, OrderSummary, order_name

_PAGE = 200
_STATES = {"open": N_("open"), "closed": N_("closed"), "dropped": N_("discarded")}


def orders(step: PurchaseOrders, state: str | None = OPEN) -> Listing:
    """Orders in a state (None: all), the newest first, with how much of each is still to come."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Order")),
            Column(words("State")),
            Column(words("Supplier")),
            Column(words("Created"), Kind.INSTANT),
            Column(words("Who")),
            Column(words("Expected on"), Kind.DAY),
            Column(words("Products"), Kind.COUNT),
            Column(words("Ordered pieces"), Kind.COUNT, is_summed=True),
            Column(words("Outstanding pieces"), Kind.COUNT, is_summed=True),
            Column(words("Note")),
        ]

        def page(before: int | None) -> tuple[Sequence[OrderSummary], int | None]:
            return after_last(step.listed(reader.person, state, _PAGE, before), _PAGE, lambda one: one.number)

        facts = [(words("State"), words(_STATES[state]) if state in _STATES else "")]
        rows = (_order(one, reader) for one in in_pages(page))
        return [reader.table("orders", words("Orders"), columns, rows, facts)]

    return Listing("orders", N_("Orders"), ACT, make, {"state": state})


def _order(one: OrderSummary, reader: Reader) -> Sequence[Cell]:
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
    """Whom the shop orders from, by name."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words

        def rows() -> Iterator[Sequence[Cell]]:
            for one in step.all(reader.person):
                yield one.name, one.contact

        columns = [Column(words("Supplier")), Column(words("Contact"))]
        return [reader.table("suppliers", words("Suppliers"), columns, rows())]

    return Listing("suppliers", N_("Suppliers"), ACT, make)


def posted_deliveries(step: Deliveries) -> Listing:
    """Deliveries that were posted, the newest first."""

    def make(reader: Reader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Delivery")),
            Column(words("Posted on"), Kind.INSTANT),
            Column(words("Order")),
            Column(words("Supplier")),
            Column(words("Delivery note")),
            Column(words("Pieces"), Kind.COUNT, is_summed=True),
            Column(words("Who")),
        ]

        def page(before: int | None) -> tuple[Sequence[ReceiptSummary], int | None]:
            return after_last(step.posted.listed(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        rows = (_posted(one, reader) for one in in_pages(page))
        return [reader.table("deliveries", words("Deliveries"), columns, rows)]

    return Listing("deliveries", N_("Deliveries"), ACT, make)


def _posted(one: ReceiptSummary, reader: Reader) -> Sequence[Cell]:
    order = "" if one.order is None else order_name(one.order)
    name = reader.name_of(one.person)
    return one.name, one.posted_at or one.at, order, one.supplier, one.delivery_note, one.pieces, name


def counted(step: Deliveries, number: int) -> Listing:
    """A delivery as far as it is counted: what is expected beside what came."""

    def make(reader: Reader) -> Sequence[Table]:
        words, receive = reader.words, step.receive
        with reading_as(receive.store, reader.person, ACT) as work:
            view = count_view(work, delivery_numbered(work, number), receive.now())
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), Kind.DAY),
            Column(words.within("delivery", "Expected"), Kind.COUNT, is_summed=True),
            Column(words("Counted"), Kind.COUNT, is_summed=True),
            Column(words("Unit cost"), Kind.AMOUNT),
            Column(words("Note")),
        ]
        rows = (_counted(one, reader) for one in view.rows)
        return [reader.table("delivery", words("Delivery"), columns, rows, _facts(view, reader))]

    return Listing("delivery", N_("Delivery"), ACT, make, {"delivery": number})


def _facts(view: CountView, reader: Reader) -> list[tuple[str, str]]:
    words = reader.words
    return [
        (words("Delivery"), view.receipt.name),
        (words("Order"), "" if view.order is None else view.order.name),
        (words("Supplier"), view.supplier),
        (words("Delivery note"), view.receipt.delivery_note),
    ]


def _counted(one: CountRow, reader: Reader) -> Sequence[Cell]:
    words, line = reader.words, one.line
    aside = words("set aside") if line is not None and line.set_aside else ""
    return (
        one.product.name_in(words.language),
        one.product.code,
        "" if line is None else line.lot,
        None if line is None else line.expiry,
        one.expected if one.is_first else None,
        one.counted,
        one.cost,
        " · ".join(part for part in (aside, "" if line is None else line.reason) if part),
    )


def posted_delivery(step: Deliveries, number: int) -> Listing:
    """A delivery as it was posted, at landed cost."""

    def make(reader: Reader) -> Sequence[Table]:
        words, posted = reader.words, step.posted(number, reader.person).posted
        price = posted.price.code
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Lot")),
            Column(words("Last day"), Kind.DAY),
            Column(words.within("delivery", "Expected"), Kind.COUNT, is_summed=True),
            Column(words("Counted"), Kind.COUNT, is_summed=True),
            Column(words("Unit cost"), Kind.AMOUNT),
            Column(words("Value"), Kind.AMOUNT, price, is_summed=True),
            Column(words("Freight and duty"), Kind.AMOUNT, price, is_summed=True),
            Column(words("Landed"), Kind.AMOUNT, price, is_summed=True),
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


def _lines(posted: PostedReceipt, reader: Reader) -> Iterator[Sequence[Cell]]:
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
