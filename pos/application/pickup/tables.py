"""Lists of customer orders, the rows of an import, and the report, as tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from pos.application.pickup.find_orders import FindOrders
from pos.application.pickup.import_orders import OrdersImported, RowResult
from pos.application.pickup.pickup_report import RIGHT, PickupReport, ReportOrders
from pos.application.pickup.take_order import PERMISSION
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.reports.day_money_tables import deposits_table
from pos.application.tables.listing import ColumnOf, Listing, ListReader, after_last, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import rounded
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import dates_text, money_text, number_text
from pos.application.text.names import name_of
from pos.application.text.pickup_words import CHANNELS, IMPORTED, ORDER_STATES
from pos.application.text.translator import N_, Translator
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderLine
from pos.domain.pickup.order_figures import OrderFigures

_PAGE = 200


def orders(step: FindOrders, which: OrderFilter) -> Listing:
    """Customer orders newest first, and their lines with the columns that an import reads."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator

        def page(before: int | None) -> tuple[Sequence[CustomerOrder], int | None]:
            found = step.listed(reader.person, which, _PAGE, before)
            return after_last(found, _PAGE, lambda one: one.id)

        states = tr(", ").join(name_of(ORDER_STATES, state.value, tr) for state in which.states)
        channel = name_of(CHANNELS, which.channel, tr) if which.channel else ""
        criteria = [(tr("State"), states), (tr("Channel"), channel)]
        return [
            reader.table_of("pickups", tr("Customer orders"), _columns(reader), in_pages(page), criteria),
            _lines(reader, in_pages(page)),
        ]

    chosen = {"state": ",".join(state.value for state in which.states) or None, "channel": which.channel or None}
    return Listing("customer_orders", N_("Customer orders"), PERMISSION, make, chosen)


def imported(done: OrdersImported, reason: Callable[[Exception], str]) -> Listing:
    """The rows of a file with what became of them."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[RowResult]] = [
            ColumnOf(tr("Row"), lambda row: row.line, CellKind.COUNT),
            ColumnOf(tr("Result"), lambda row: name_of(IMPORTED, row.outcome, tr)),
            ColumnOf(tr("Channel"), lambda row: row.channel),
            ColumnOf(tr("Number of the channel"), lambda row: row.channel_ref),
            ColumnOf(tr("Customer order"), lambda row: row.code),
            ColumnOf(tr("Reason"), lambda row: "" if row.problem is None else reason(row.problem)),
        ]
        return [reader.table_of("import", tr("Import"), columns, done.rows, [(tr("File"), done.file)])]

    return Listing("import", N_("Import"), PERMISSION, make, {"file": done.file})


def report(step: ReportOrders, first: date | None = None, last: date | None = None) -> Listing:
    """The report of customer orders: by channel, by hour, no-shows, deposits."""

    def make(reader: ListReader) -> Sequence[Table]:
        return report_tables(step(reader.person, first, last), reader)

    days = {"first": None if first is None else first.isoformat(), "last": None if last is None else last.isoformat()}
    return Listing("customer_order_report", N_("Customer orders"), RIGHT, make, days)


def report_tables(found: PickupReport, reader: ListReader) -> Sequence[Table]:
    """The tables of the report; only those with something in them, but for the first."""
    tr = reader.translator
    days = [(tr("Days"), dates_text(found.first, found.last, tr.language))]
    by_channel = [(name_of(CHANNELS, name, tr), figures) for name, figures in found.by_channel]
    by_hour = [(f"{hour:02}:00", figures) for hour, figures in found.by_hour]
    no_shows = reader.table_of("no-shows", tr("Not picked up in time"), _columns(reader), found.no_shows, days)
    tables = (
        (True, _figures("channels", tr("Customer orders by channel"), tr("Channel"), by_channel, days, reader)),
        (by_hour, _figures("hours", tr("Customer orders by hour"), tr("Hour"), by_hour, days, reader)),
        (found.no_shows, no_shows),
        (found.deposits, deposits_table(found.deposits, found.currency.code, tr)),
        (found.owed, _owed(found, reader)),
    )
    return [table for is_there, table in tables if is_there]


def goods_text(order: CustomerOrder, tr: Translator) -> str:
    """What was ordered, in a few words."""
    return tr(", ").join(
        f"{line.name_in(tr.language)} × {number_text(line.quantity, tr.language)}" for line in order.lines
    )


def _columns(reader: ListReader) -> list[ColumnOf[CustomerOrder]]:
    tr, price = reader.translator, reader.settings.price
    return [
        ColumnOf(tr("Customer order"), lambda one: one.code),
        ColumnOf(tr("State"), lambda one: name_of(ORDER_STATES, one.state.value, tr)),
        ColumnOf(tr("Channel"), lambda one: name_of(CHANNELS, one.channel, tr)),
        ColumnOf(tr("Number of the channel"), lambda one: one.channel_ref),
        ColumnOf(tr("Buyer"), lambda one: one.buyer.name),
        ColumnOf(tr("Phone"), lambda one: one.buyer.shown),
        ColumnOf(tr("Goods"), lambda one: goods_text(one, tr)),
        ColumnOf(tr("Pieces"), lambda one: one.pieces, CellKind.COUNT, is_summed=True),
        ColumnOf(tr("Agreed"), lambda one: " + ".join(money_text(part, tr.language) for part in one.agreed_sums())),
        ColumnOf(tr("Value"), lambda one: one.total(price), CellKind.AMOUNT, price.code, is_summed=True),
        ColumnOf(tr("Deposit left"), lambda one: _deposit(one, tr)),
        ColumnOf(tr("Shelf or bag"), lambda one: one.place),
        ColumnOf(tr.context("customer order", "Claimed"), lambda one: one.claimed_at, CellKind.INSTANT),
        ColumnOf(tr("Until"), lambda one: one.hold_until, CellKind.INSTANT),
        ColumnOf(tr("Receipt"), lambda one: one.receipt),
        ColumnOf(tr("Who"), lambda one: reader.name_of(one.person)),
        ColumnOf(tr("Note"), lambda one: one.note),
    ]


def _deposit(order: CustomerOrder, tr: Translator) -> str:
    if order.deposit is None or not order.deposit.open:
        return ""
    return money_text(order.deposit.open, tr.language)


_OneLine = tuple[CustomerOrder, CustomerOrderLine]


def _lines(reader: ListReader, found: Iterator[CustomerOrder]) -> Table:
    tr = reader.translator
    columns: list[ColumnOf[_OneLine]] = [
        ColumnOf(tr("Customer order"), lambda one: one[0].code),
        ColumnOf(tr("Code"), lambda one: one[1].code),
        ColumnOf(tr("Product"), lambda one: one[1].name_in(tr.language)),
        ColumnOf(tr("Pieces"), lambda one: one[1].quantity, CellKind.COUNT, is_summed=True),
        ColumnOf(tr.context("pieces", "Picked up"), lambda one: one[1].picked, CellKind.COUNT, is_summed=True),
        ColumnOf(tr("Agreed price"), lambda one: one[1].agreed.amount, CellKind.AMOUNT),
        ColumnOf(tr("Currency"), lambda one: one[1].agreed.amount.currency.code),
        ColumnOf(tr("Day of the rate"), lambda one: one[1].agreed.day, CellKind.DAY),
    ]
    rows = ((order, line) for order in found for line in order.lines)
    return reader.table_of("pickup-lines", tr("Lines of customer orders"), columns, rows)


def _figures(
    key: str,
    title: str,
    name: str,
    rows: Sequence[tuple[str, OrderFigures]],
    properties: Sequence[tuple[str, str]],
    reader: ListReader,
) -> Table:
    tr = reader.translator
    price = reader.settings.price.code

    def count(title: str, field: str) -> ColumnOf[tuple[str, OrderFigures]]:
        return ColumnOf(title, lambda one: getattr(one[1], field), CellKind.COUNT, is_summed=True)

    columns: list[ColumnOf[tuple[str, OrderFigures]]] = [
        ColumnOf(name, lambda one: one[0]),
        count(tr("Customer orders"), "orders"),
        count(tr("Pieces"), "pieces"),
        ColumnOf(tr("Value"), lambda one: one[1].worth, CellKind.AMOUNT, price, is_summed=True),
        count(tr.context("customer orders", "Open"), "open"),
        count(tr("Picked up"), "picked_up"),
        count(tr("Pieces picked up"), "picked"),
        count(tr("Cancelled"), "cancelled"),
        count(tr("No-shows"), "no_shows"),
        ColumnOf(tr("Share of no-shows"), lambda one: _share(one[1]), CellKind.SHARE),
    ]
    return reader.table_of(key, title, columns, rows, properties)


def _share(figures: OrderFigures) -> Cell:
    return None if figures.share_of_no_shows is None else rounded(figures.share_of_no_shows, 4)


def _owed(found: PickupReport, reader: ListReader) -> Table:
    tr = reader.translator
    columns = (Column(tr("Currency")), Column(tr("Deposits left"), CellKind.AMOUNT))
    rows: list[tuple[Cell, ...]] = [(currency_word(one.currency, tr), one) for one in found.owed]
    return reader.table("owed-deposits", tr("Deposits left"), columns, rows)
