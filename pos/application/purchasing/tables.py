"""Purchasing lists: orders, suppliers, deliveries and their lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pos.application.access.authorize import authorized_read
from pos.application.ports.purchasing_ports import GoodsReceiptSummary
from pos.application.purchasing.deliveries import Deliveries
from pos.application.purchasing.delivery_view import CountRow, CountView, count_view, delivery_numbered
from pos.application.purchasing.posted_goods_receipt import PostedLine
from pos.application.purchasing.purchase_orders import PurchaseOrders
from pos.application.purchasing.suppliers import PERMISSION, ManageSuppliers
from pos.application.tables.listing import ColumnOf, Listing, ListReader, after_last, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.text.words import N_, Words
from pos.domain.purchasing.purchase_order import OPEN, OrderSummary, order_name
from pos.domain.purchasing.supplier import Supplier

_PAGE = 200
_STATES = {"open": N_("open"), "closed": N_("closed"), "dropped": N_("discarded")}


def orders(step: PurchaseOrders, state: str | None = OPEN) -> Listing:
    """Orders in a state (None: all), newest first, each with its outstanding pieces."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns: list[ColumnOf[OrderSummary]] = [
            ColumnOf(words("Order"), lambda one: one.name),
            ColumnOf(words("State"), lambda one: words(_STATES[one.state])),
            ColumnOf(words("Supplier"), lambda one: one.supplier),
            ColumnOf(words("Created"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(words("Who"), lambda one: reader.name_of(one.person)),
            ColumnOf(words("Expected on"), lambda one: one.expected_on, CellKind.DAY),
            ColumnOf(words("Products"), lambda one: one.lines, CellKind.COUNT),
            ColumnOf(words("Ordered pieces"), lambda one: one.ordered, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Outstanding pieces"), lambda one: one.outstanding, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Note"), lambda one: one.note),
        ]

        def page(before: int | None) -> tuple[Sequence[OrderSummary], int | None]:
            return after_last(step.listed(reader.person, state, _PAGE, before), _PAGE, lambda one: one.number)

        facts = [(words("State"), words(_STATES[state]) if state in _STATES else "")]
        return [reader.table_of("orders", words("Orders"), columns, in_pages(page), facts)]

    return Listing("orders", N_("Orders"), PERMISSION, make, {"state": state})


def suppliers(step: ManageSuppliers) -> Listing:
    """Suppliers by name."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words

        def rows() -> Iterator[Supplier]:
            yield from step.all(reader.person)

        columns: list[ColumnOf[Supplier]] = [
            ColumnOf(words("Supplier"), lambda one: one.name),
            ColumnOf(words("Contact"), lambda one: one.contact),
        ]
        return [reader.table_of("suppliers", words("Suppliers"), columns, rows())]

    return Listing("suppliers", N_("Suppliers"), PERMISSION, make)


def posted_deliveries(step: Deliveries) -> Listing:
    """Posted deliveries, newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns: list[ColumnOf[GoodsReceiptSummary]] = [
            ColumnOf(words("Delivery"), lambda one: one.name),
            ColumnOf(words("Posted on"), lambda one: one.posted_at or one.at, CellKind.INSTANT),
            ColumnOf(words("Order"), lambda one: "" if one.order is None else order_name(one.order)),
            ColumnOf(words("Supplier"), lambda one: one.supplier),
            ColumnOf(words("Delivery note"), lambda one: one.delivery_note),
            ColumnOf(words("Pieces"), lambda one: one.pieces, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Who"), lambda one: reader.name_of(one.person)),
        ]

        def page(before: int | None) -> tuple[Sequence[GoodsReceiptSummary], int | None]:
            return after_last(step.posted.listed(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        return [reader.table_of("deliveries", words("Deliveries"), columns, in_pages(page))]

    return Listing("deliveries", N_("Deliveries"), PERMISSION, make)


def counted(step: Deliveries, number: int) -> Listing:
    """A delivery during the count: expected beside counted."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, receive = reader.words, step.receive
        with authorized_read(receive.store, reader.person, PERMISSION) as work:
            view = count_view(work, delivery_numbered(work, number), receive.now())
        expected = words.within("delivery", "Expected")
        columns: list[ColumnOf[CountRow]] = [
            ColumnOf(words("Product"), lambda one: one.product.name_in(words.language)),
            ColumnOf(words("Code"), lambda one: one.product.code),
            ColumnOf(words("Lot"), lambda one: "" if one.line is None else one.line.lot),
            ColumnOf(words("Last day"), lambda one: None if one.line is None else one.line.expiry, CellKind.DAY),
            ColumnOf(expected, lambda one: one.expected if one.is_first else None, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Unit cost"), lambda one: one.cost, CellKind.AMOUNT),
            ColumnOf(words("Note"), lambda one: _note(one, words)),
        ]
        return [reader.table_of("delivery", words("Delivery"), columns, view.rows, _facts(view, reader))]

    return Listing("delivery", N_("Delivery"), PERMISSION, make, {"delivery": number})


def _facts(view: CountView, reader: ListReader) -> list[tuple[str, str]]:
    words = reader.words
    return [
        (words("Delivery"), view.receipt.name),
        (words("Order"), "" if view.order is None else view.order.name),
        (words("Supplier"), view.supplier),
        (words("Delivery note"), view.receipt.delivery_note),
    ]


def _note(one: CountRow, words: Words) -> str:
    if one.line is None:
        return ""
    set_aside = words("set aside") if one.line.set_aside else ""
    return " · ".join(part for part in (set_aside, one.line.reason) if part)


def posted_delivery(step: Deliveries, number: int) -> Listing:
    """A posted delivery at landed cost."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, posted = reader.words, step.posted(number, reader.person).posted
        price = posted.price.code
        expected = words.within("delivery", "Expected")
        columns: list[ColumnOf[PostedLine]] = [
            ColumnOf(words("Product"), lambda one: one.name_in(words.language)),
            ColumnOf(words("Code"), lambda one: one.code),
            ColumnOf(words("Lot"), lambda one: one.lot),
            ColumnOf(words("Last day"), lambda one: one.expiry, CellKind.DAY),
            ColumnOf(expected, lambda one: one.expected, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Unit cost"), lambda one: one.cost, CellKind.AMOUNT),
            ColumnOf(words("Value"), lambda one: one.value, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(words("Freight and duty"), lambda one: one.charges, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(words("Landed"), lambda one: one.landed, CellKind.AMOUNT, price, is_summed=True),
        ]
        facts = [
            (words("Delivery"), posted.name),
            (words("Order"), posted.order or ""),
            (words("Supplier"), posted.supplier),
            (words("Delivery note"), posted.delivery_note),
            (words("Import document"), posted.entry),
        ]
        return [reader.table_of("delivery", words("Delivery"), columns, posted.lines, facts)]

    return Listing("delivery", N_("Delivery"), PERMISSION, make, {"delivery": number})
