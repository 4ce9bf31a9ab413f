"""`stock show`, `adjust`, `move`, `lots`, `expiring`: stock by place, and the documents that change it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.ports.stock_ports import MovementFilter
from pos.application.stock.stock_request import (
    expiring_json,
    lot_json,
    read_adjustment,
    read_transfer,
    stock_document_json,
    stock_json,
)
from pos.application.stock.tables import expiring as expiring_table
from pos.application.stock.tables import lots as lots_table
from pos.application.stock.tables import movements
from pos.application.text.json_object import parse_json
from pos.cli.int_option import whole
from pos.cli.out_option import Out, wrote
from pos.cli.runtime import Run, print_json, print_or_write, read_file
from pos.domain.errors import BadField

_LAST_MOVES = 20
_MOST = 100_000


def add_to(group: typer.Typer, run: Run) -> None:
    """Add the commands to the group `stock`."""

    @group.command()
    def show(
        code: Annotated[str, typer.Argument(metavar="CODE", help="Any code of the product.")], out: Out = None
    ) -> None:
        """Print stock by place, cost and last movements of a product; a file contains all movements."""
        read, person = run.shop.read_stock, run.person()
        stock = read.show(person, code)
        if wrote(
            run, out, movements(read, MovementFilter(stock.product.id), stock.product.name_in(run.words.language))
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
        """Print the history of every lot: received − sold + returned − destroyed ± counted = on hand."""
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
