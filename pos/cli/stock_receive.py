"""`stock receive`, `stock charge`: a delivery from a file, and freight or duty invoiced later."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.application.purchasing.book_delivery import read_delivery
from pos.application.purchasing.posted_goods_receipt import posted_json
from pos.application.text.json_amounts import amount
from pos.application.text.json_object import parse_json
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.money import Money
from pos.domain.money import currency as currency_of
from pos.domain.purchasing.goods_receipt import Charge, read_receipt_name


def add_to(group: typer.Typer, run: Run) -> None:
    """Add the commands to the group `stock`."""

    @group.command()
    def receive(
        file: Annotated[
            str, typer.Argument(metavar="FILE", help="JSON: order or supplier, lines; - is standard input.")
        ],
    ) -> None:
        """Receive a delivery under one number: all of it or none."""
        came = read_delivery(parse_json(read_file(file)), run.shop.settings().price)
        posted = run.shop.deliveries.book(came, run.person())
        print_json(posted_json(posted) | {"pieces": posted.pieces})

    @group.command()
    def charge(
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="A goods receipt, such as R-000012.")],
        sum_: Annotated[str, typer.Argument(metavar="AMOUNT")],
        currency: Annotated[str, typer.Argument(metavar="CURRENCY")],
        kind: Annotated[str, typer.Option(help="freight, duty or other.")] = "freight",
    ) -> None:
        """Add a charge invoiced after posting; it raises the cost of the goods still in stock."""
        money = Money.parse(sum_, currency_of(currency))
        done = run.shop.deliveries.late_charge(read_receipt_name(receipt), Charge(kind, money), run.person())
        answer = {"receipt": done.receipt, "kind": done.charge.kind, **amount(money)}
        print_json(answer | {"on_owned": amount(done.on_owned), "on_sold": amount(done.on_sold)})
