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
from pos.application.text.formatting import money_text
from pos.application.text.names import CHARGE_KINDS, name_of
from pos.application.text.translator import N_, Translator
from pos.domain.purchasing.goods_receipt import Charge
from pos.domain.purchasing.purchase_order import OPEN, OrderSummary, order_name
from pos.domain.purchasing.supplier import Supplier

_PAGE = 200
_STATES = {"open": N_("open"), "closed": N_("closed"), "dropped": N_("discarded")}


def orders(step: PurchaseOrders, state: str | None = OPEN) -> Listing:
    """Orders in a state (None: all), newest first, each with its outstanding pieces and its total in each currency."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[OrderSummary]] = [
            ColumnOf(tr("Order"), lambda one: one.name),
            ColumnOf(tr("State"), lambda one: tr(_STATES[one.state])),
            ColumnOf(tr("Supplier"), lambda one: one.supplier),
            ColumnOf(tr("Created"), lambda one: one.at, CellKind.INSTANT),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
            ColumnOf(tr("Expected on"), lambda one: one.expected_on, CellKind.DAY),
            ColumnOf(tr("Products"), lambda one: one.lines, CellKind.COUNT),
            ColumnOf(tr("Ordered pieces"), lambda one: one.ordered, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Outstanding pieces"), lambda one: one.outstanding, CellKind.COUNT, is_summed=True),
            *(_total_in(code, tr) for code in step.currencies(reader.person, state)),
            ColumnOf(tr("Lines without a cost"), lambda one: one.totals.without_cost, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Note"), lambda one: one.note),
        ]

        def page(before: int | None) -> tuple[Sequence[OrderSummary], int | None]:
            return after_last(step.listed(reader.person, state, _PAGE, before), _PAGE, lambda one: one.number)

        properties = [(tr("State"), tr(_STATES[state]) if state in _STATES else "")]
        return [reader.table_of("orders", tr("Orders"), columns, in_pages(page), properties)]

    return Listing("orders", N_("Orders"), PERMISSION, make, {"state": state})


def _total_in(code: str, tr: Translator) -> ColumnOf[OrderSummary]:
    """What orders come to in one currency; empty where no line has a cost in it."""
    return ColumnOf(tr("Total"), lambda one: one.totals.in_currency(code), CellKind.AMOUNT, code, is_summed=True)


def suppliers(step: ManageSuppliers) -> Listing:
    """Suppliers by name."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator

        def rows() -> Iterator[Supplier]:
            yield from step.all(reader.person)

        columns: list[ColumnOf[Supplier]] = [
            ColumnOf(tr("Supplier"), lambda one: one.name),
            ColumnOf(tr("Contact"), lambda one: one.contact),
        ]
        return [reader.table_of("suppliers", tr("Suppliers"), columns, rows())]

    return Listing("suppliers", N_("Suppliers"), PERMISSION, make)


def posted_deliveries(step: Deliveries) -> Listing:
    """Posted deliveries, newest first."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[GoodsReceiptSummary]] = [
            ColumnOf(tr("Delivery"), lambda one: one.name),
            ColumnOf(tr("Posted on"), lambda one: one.posted_at or one.at, CellKind.INSTANT),
            ColumnOf(tr("Order"), lambda one: "" if one.order is None else order_name(one.order)),
            ColumnOf(tr("Supplier"), lambda one: one.supplier),
            ColumnOf(tr("Delivery note"), lambda one: one.delivery_note),
            ColumnOf(tr("Pieces"), lambda one: one.pieces, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
        ]

        def page(before: int | None) -> tuple[Sequence[GoodsReceiptSummary], int | None]:
            return after_last(step.posted.listed(reader.person, _PAGE, before), _PAGE, lambda one: one.number)

        return [reader.table_of("deliveries", tr("Deliveries"), columns, in_pages(page))]

    return Listing("deliveries", N_("Deliveries"), PERMISSION, make)


def counted(step: Deliveries, number: int) -> Listing:
    """A delivery during the count: expected beside counted."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, receive = reader.translator, step.receive
        with authorized_read(receive.store, reader.person, PERMISSION) as work:
            view = count_view(work, delivery_numbered(work, number), receive.now())
        expected = tr.context("delivery", "Expected")
        columns: list[ColumnOf[CountRow]] = [
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Lot"), lambda one: "" if one.line is None else one.line.lot),
            ColumnOf(tr("Last day"), lambda one: None if one.line is None else one.line.expiry, CellKind.DAY),
            ColumnOf(expected, lambda one: one.expected if one.is_first else None, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Unit cost"), lambda one: one.cost, CellKind.AMOUNT),
            ColumnOf(tr("Note"), lambda one: _note(one, tr)),
        ]
        return [reader.table_of("delivery", tr("Delivery"), columns, view.rows, _properties(view, reader))]

    return Listing("delivery", N_("Delivery"), PERMISSION, make, {"delivery": number})


def _properties(view: CountView, reader: ListReader) -> list[tuple[str, str]]:
    tr = reader.translator
    return [
        (tr("Delivery"), view.receipt.name),
        (tr("Order"), "" if view.order is None else view.order.name),
        (tr("Supplier"), view.supplier),
        (tr("Delivery note"), view.receipt.delivery_note),
    ]


def _note(one: CountRow, tr: Translator) -> str:
    if one.line is None:
        return ""
    set_aside = tr("set aside") if one.line.set_aside else ""
    return " · ".join(part for part in (set_aside, one.line.reason) if part)


def posted_delivery(step: Deliveries, number: int) -> Listing:
    """A posted delivery at landed cost as it was posted; charges that came later are named above it."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, view = reader.translator, step.posted(number, reader.person)
        posted = view.posted
        price = posted.price.code
        expected = tr.context("delivery", "Expected")
        columns: list[ColumnOf[PostedLine]] = [
            ColumnOf(tr("Product"), lambda one: one.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.code),
            ColumnOf(tr("Lot"), lambda one: one.lot),
            ColumnOf(tr("Last day"), lambda one: one.expiry, CellKind.DAY),
            ColumnOf(expected, lambda one: one.expected, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Counted"), lambda one: one.counted, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Unit cost"), lambda one: one.cost, CellKind.AMOUNT),
            ColumnOf(tr("Value"), lambda one: one.value, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Freight and duty"), lambda one: one.charges, CellKind.AMOUNT, price, is_summed=True),
            ColumnOf(tr("Landed"), lambda one: one.landed, CellKind.AMOUNT, price, is_summed=True),
        ]
        properties = [
            (tr("Delivery"), posted.name),
            (tr("Order"), posted.order or ""),
            (tr("Supplier"), posted.supplier),
            (tr("Delivery note"), posted.delivery_note),
            (tr("Import document"), posted.entry),
            (tr("Late invoice"), tr(", ").join(_charge(charge, tr) for charge in view.late)),
        ]
        return [reader.table_of("delivery", tr("Delivery"), columns, posted.lines, properties)]

    return Listing("delivery", N_("Delivery"), PERMISSION, make, {"delivery": number})


def _charge(charge: Charge, tr: Translator) -> str:
    return f"{name_of(CHARGE_KINDS, charge.kind, tr)} {money_text(charge.amount, tr.language)}"
