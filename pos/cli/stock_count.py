"""`stock count`: a stock-take from a file: begun, counted and posted in one step."""

from __future__ import annotations

from typing import Annotated

import typer

from pos.application.stock.count_from_file import CountFromFile
from pos.application.stock.stock_request import read_count
from pos.application.text.json_object import parse_json
from pos.cli.runtime import Run, print_json, read_file


def add_to(group: typer.Typer, run: Run) -> None:
    """Add the command to the group `stock`."""

    @group.command()
    def count(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON: what is counted, entries; - is stdin.")],
    ) -> None:
        """Count the stock at a place, explain differences, and post all of it under one number, or nothing."""
        stock_take = read_count(parse_json(read_file(file)))
        posted = CountFromFile(run.shop.count_stock, run.shop.post_count)(run.person(), stock_take)
        print_json({name: value for name, value in posted.items() if name != "moves"})
