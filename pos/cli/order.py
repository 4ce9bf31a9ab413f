"""`order list`, `show`, `new`, `cost`, `close`, `drop`: orders to suppliers."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.purchasing.order_text import read_order
from pos.application.purchasing.purchase_orders import OrderDraft, order_json, totals_json
from pos.application.purchasing.tables import orders
from pos.application.text.json_fields import read_day
from pos.application.text.json_object import parse_json
from pos.cli.options import Out, wrote
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.errors import BadField
from pos.domain.money import Money, currency
from pos.domain.purchasing.purchase_order import OPEN, STATES, OrderSummary, read_order_name

_MOST = 1000
_NUMBER = typer.Argument(metavar="ORDER", help="Such as O-000012, or 12.")


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Orders to suppliers.")
    program.add_typer(group, name="order")

    @group.command("list")
    def show_all(
        state: Annotated[str, typer.Option(help="open, closed, dropped or all.")] = OPEN,
        out: Out = None,
    ) -> None:
        """Print the orders, newest first, with outstanding quantities and totals."""
        if state not in (*STATES, "all"):
            raise BadField("state", "unknown", state[:20])
        which = None if state == "all" else state
        if wrote(run, out, orders(run.shop.deliveries.orders, which)):
            return
        listed = run.shop.deliveries.orders.listed(run.person(), which, _MOST)
        print_json([_summary(order) for order in listed])

    @group.command()
    def show(number: Annotated[str, _NUMBER]) -> None:
        """Print one order with its lines."""
        print_json(order_json(run.shop.deliveries.orders.show(read_order_name(number), run.person())))

    @group.command()
    def new(
        file: Annotated[
            str, typer.Argument(metavar="FILE", help="JSON, or CSV: code, pieces or cartons[, cost, currency].")
        ],
        supplier: Annotated[str, typer.Option(help="The supplier, for a CSV.")] = "",
        expected_on: Annotated[
            str | None, typer.Option("--expected", help="The promised delivery date, for a CSV.")
        ] = None,
        note: Annotated[str, typer.Option(help="A note, for a CSV.")] = "",
    ) -> None:
        """Create an order: all of its lines or none."""
        person = run.person()
        if file.lower().endswith((".csv", ".tsv", ".txt")):
            draft = OrderDraft((), supplier, read_day(expected_on, "expected"), note)
            made = run.shop.deliveries.order_from_file(Path(file), person, draft)
        else:
            made = run.shop.deliveries.orders.make(
                read_order(parse_json(read_file(file)), run.shop.settings().price), person
            )
        print_json(order_json(made))

    @group.command()
    def cost(
        number: Annotated[str, _NUMBER],
        code: Annotated[str, typer.Argument(metavar="CODE", help="Any code of a product on the order.")],
        amount: Annotated[
            str | None, typer.Argument(metavar="[AMOUNT]", help="What one piece costs; left out: unknown.")
        ] = None,
        of: Annotated[
            str | None, typer.Option("--currency", help="The currency of the amount; default: that of the prices.")
        ] = None,
    ) -> None:
        """Set what one piece of a line costs, while the order is open."""
        price = run.shop.settings().price if of is None else currency(of.upper())
        money = None if amount is None else Money.parse(amount, price)
        print_json(order_json(run.shop.deliveries.orders.set_cost(read_order_name(number), code, money, run.person())))

    @group.command()
    def close(number: Annotated[str, _NUMBER]) -> None:
        """Close an order: nothing more is expected."""
        print_json(order_json(run.shop.deliveries.orders.close(read_order_name(number), run.person())))

    @group.command()
    def drop(number: Annotated[str, _NUMBER]) -> None:
        """Discard an order with no deliveries."""
        print_json(order_json(run.shop.deliveries.orders.drop(read_order_name(number), run.person())))


def _summary(order: OrderSummary) -> dict[str, Any]:
    return {
        "order": order.name,
        "state": order.state,
        "origin": order.origin,
        "supplier": order.supplier or None,
        "expected_on": None if order.expected_on is None else order.expected_on.isoformat(),
        "note": order.note,
        "at": order.at.isoformat(),
        "person": order.person,
        "lines": order.lines,
        "pieces": order.ordered,
        "outstanding": order.outstanding,
        **totals_json(order.totals),
    }
