"""`stock`: receiving, counting, moving and reordering goods."""

from __future__ import annotations

import csv
import sys
from pathlib import Path
from typing import Annotated

import typer

from pos.application.ports.stock_ports import MovementFilter
from pos.application.purchasing.book_delivery import read_delivery
from pos.application.purchasing.posted_goods_receipt import posted_json
from pos.application.stock.low_stock import low_stock_json
from pos.application.stock.stock_request import (
    CountFromFile,
    expiring_json,
    lot_json,
    read_adjustment,
    read_count,
    read_transfer,
    stock_document_json,
    stock_json,
)
from pos.application.stock.tables import expiring as expiring_table
from pos.application.stock.tables import lots as lots_table
from pos.application.stock.tables import low as low_table
from pos.application.stock.tables import movements
from pos.application.text.json_amounts import amount
from pos.application.text.json_object import parse_json
from pos.cli.options import Out, whole, wrote
from pos.cli.runtime import Run, print_json, print_or_write, read_file
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.money import currency as currency_of
from pos.domain.purchasing.goods_receipt import Charge, read_receipt_name
from pos.domain.stock.stock_count import read_count_name


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The stock: goods received, counted, moved.")
    program.add_typer(group, name="stock")
    _add_deliveries(group, run)
    _add_count(group, run)
    _add_moves(group, run)
    _add_low(group, run)


def _add_deliveries(group: typer.Typer, run: Run) -> None:
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
        parts = {"on_owned": done.on_owned, "on_sold": done.on_sold, "on_unknown": done.on_unknown}
        print_json(answer | {name: amount(part) for name, part in parts.items()})


def _add_count(group: typer.Typer, run: Run) -> None:
    @group.command()
    def count(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: what is counted, entries; - is stdin.")],
    ) -> None:
        """Count the stock at a place, explain differences, and post all of it under one number, or nothing."""
        stock_take = read_count(parse_json(read_file(file)))
        posted = CountFromFile(run.shop.count_stock, run.shop.post_count)(run.person(), stock_take)
        print_json({name: value for name, value in posted.items() if name != "moves"})

    @group.command("drop-count")
    def drop_count(
        number: Annotated[str, typer.Argument(metavar="NUMBER", help="As C-000003, or 3.")],
    ) -> None:
        """Discard an open stock-take with all that was counted: nothing of it is posted."""
        dropped = run.shop.count_stock.drop(run.person(), read_count_name(number))
        print_json({"count": dropped.name, "place": dropped.location, "scope": dropped.scope, "state": dropped.state})


_LAST_MOVES = 20
_MOST = 100_000


def _add_moves(group: typer.Typer, run: Run) -> None:
    @group.command()
    def show(
        code: Annotated[str, typer.Argument(metavar="CODE", help="Any code of the product.")], out: Out = None
    ) -> None:
        """Print stock by place, cost and last movements of a product; a file contains all movements."""
        read, person = run.shop.read_stock, run.person()
        stock = read.show(person, code)
        if wrote(
            run, out, movements(read, MovementFilter(stock.product.id), stock.product.name_in(run.translator.language))
        ):
            return
        moves = read.movements(person, MovementFilter(stock.product.id), _LAST_MOVES)
        print_json(stock_json(stock, moves, run.shop.settings().price))

    @group.command()
    def adjust(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: reason, lines; - is standard input.")],
    ) -> None:
        """Adjust, write off or record samples: all lines under one number, or none."""
        draft = read_adjustment(parse_json(read_file(file)))
        print_json(stock_document_json(run.shop.move_stock(run.person(), draft)))

    @group.command()
    def move(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: from, to, lines; - is standard input.")],
    ) -> None:
        """Move goods between shop floor, store room and set-aside stock (floor, store, quarantine)."""
        draft = read_transfer(parse_json(read_file(file)))
        print_json(stock_document_json(run.shop.move_stock(run.person(), draft)))

    @group.command()
    def lots(
        code: Annotated[str | None, typer.Option(help="The lots of one product.")] = None,
        entry: Annotated[str | None, typer.Option(help="The lots of one import document.")] = None,
        on_hand: Annotated[bool, typer.Option("--on-hand", help="Only lots that are on hand.")] = False,
        form: Annotated[str, typer.Option("--format", help="json, csv or pdf.")] = "json",
        out: Annotated[
            Path | None, typer.Option(help="Write to this file instead; without a format as .xlsx, .csv or .pdf.")
        ] = None,
    ) -> None:
        """Print the history of every lot: received − sold + returned − destroyed ± workshop ± counted = on hand."""
        if form not in ("json", "csv", "pdf"):
            raise BadField("format", "not_a_choice", form[:20])
        if form == "pdf" and out is None:
            raise BadField("out", "missing")
        read, person = run.shop.read_stock, run.person()
        product = None if code is None else read.show(person, code).product.id
        if form == "json":
            if not wrote(run, out, lots_table(read, product, entry or "", on_hand=on_hand, of=code or "")):
                print_json([lot_json(one) for one in read.every_lot(person, product, entry or "", on_hand=on_hand)])
            return
        content = run.shop.issue_stock.lots_as(form, person, product, entry or "", on_hand=on_hand)
        print_or_write(content, out)

    @group.command()
    def expiring(
        days: Annotated[int | None, typer.Option(parser=whole, help="Number of days; default: the setting.")] = None,
        out: Out = None,
    ) -> None:
        """Print lots on hand that expire soon or have expired, soonest first."""
        if days is not None and not 0 <= days <= _MOST:
            raise BadField("days", "out_of_range", str(days)[:20])
        if wrote(run, out, expiring_table(run.shop.read_stock, days)):
            return
        lots = run.shop.read_stock.expiring(run.person(), days, _MOST)
        print_json([expiring_json(one) for one in lots])


_FORMATS = ("json", "csv")


def _add_low(group: typer.Typer, run: Run) -> None:
    @group.command()
    def low(
        form: Annotated[str, typer.Option("--format", help="json or csv.")] = "json",
        out: Out = None,
    ) -> None:
        """Print low stock, most urgent first: by reorder point and days of cover from sales."""
        if form not in _FORMATS:
            raise BadField("format", "unknown", form[:20])
        if wrote(run, out, low_table(run.shop.low_stock)):
            return
        rows = [low_stock_json(goods) for goods in run.shop.low_stock(run.person())]
        if form == "json":
            print_json(rows)
            return
        columns = (
            "code", "name", "supplier", "available", "coming", "making", "sold", "days", "days_left", "reorder_point",
            "order",
        )  # fmt: skip
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([plain_cell(row[name]) for name in columns] for row in rows)


def plain_cell(value: object) -> str:
    """A cell that no spreadsheet reads as a formula."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in "=+-@" and not isinstance(value, int) else text
