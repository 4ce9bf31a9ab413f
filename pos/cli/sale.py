"""`sale ring`, `sale show`, `receipt`: sales from files, as the window makes them."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.quota_scenario import parse_json
from pos.application.return_ticket import return_answer
from pos.application.sale_answer import sale_answer
from pos.cli.frame import BAD, DONE, REFUSED, Run, bad_json, plain, print_json, read_file, refused_json
from pos.domain.errors import BadInput, Refused, Trouble


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group and the command `receipt` to the tree of commands."""
    group = typer.Typer(help="Sales.")
    program.add_typer(group, name="sale")

    @group.command()
    def ring(file: Annotated[str, typer.Argument(metavar="FILE", help="One sale or a list; - reads stdin.")]) -> None:
        """Ring up one sale, or a list of them in order, exactly as the window would."""
        found = parse_json(read_file(file))
        if isinstance(found, list):
            raise typer.Exit(_ring_list(run, found))
        print_json(_ring(run, found))

    @group.command("return")
    def take_back(file: Annotated[str, typer.Argument(metavar="FILE", help="One return; - reads stdin.")]) -> None:
        """Take goods of a recorded sale back: money, stock and allowance."""
        print_json(return_answer(run.shop.return_by_ticket(parse_json(read_file(file)))))

    @group.command()
    def show(receipt: Annotated[str, typer.Argument(metavar="RECEIPT")]) -> None:
        """Print a recorded sale."""
        print_json(sale_answer(run.shop.show_sale(receipt), None))

    @program.command("receipt")
    def draw(
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT")],
        out: Annotated[Path, typer.Option(help="The PDF to write.")],
        visitor: Annotated[str | None, typer.Option(help="The carry-out slip of this visitor, as A.")] = None,
    ) -> None:
        """Draw the receipt of a recorded sale again (it says COPY n and uses the rates of the sale), or a slip."""
        sale = run.shop.show_sale(receipt)
        if visitor is not None:
            _copy(run.shop.issue_receipt.slip(sale.receipt, visitor), out)
            print_json({"receipt": sale.receipt, "visitor": visitor, "pdf": str(out)})
            return
        issued = run.shop.issue_receipt(sale.receipt, to_paper=False)
        _copy(issued.path, out)
        print_json({"receipt": issued.sale.receipt, "copy": issued.copy, "pdf": str(out)})


def _copy(drawn: Path, out: Path) -> None:
    try:
        shutil.copyfile(drawn, out)
    except OSError as error:
        raise Trouble("file_not_writable", str(out), error.strerror or "") from error


def _ring(run: Run, found: object) -> dict[str, Any]:
    """Ring up and draw. A jam or a full disk leaves the sale as it is, and is told."""
    sale = run.shop.ring_sale(found)
    try:
        issued = run.shop.issue_receipt.original(sale.receipt)
    except Trouble as error:
        print(run.wiring.refusal_text(error, run.words), file=sys.stderr)
        return sale_answer(sale, None)
    return sale_answer(sale, _below(run, issued.path), [_below(run, slip) for slip in issued.slips])


def _below(run: Run, path: Path) -> str:
    """A file's path below the shop's folder."""
    return path.relative_to(run.shop.folder).as_posix() if path.is_relative_to(run.shop.folder) else str(path)


def _ring_list(run: Run, sales: list[object]) -> int:
    """A JSON list, one element a sale, each written and flushed when it is committed."""
    import json

    worst = DONE
    sys.stdout.write("[")
    for place, found in enumerate(sales):
        try:
            answer: dict[str, Any] = _ring(run, found)
        except BadInput as error:
            answer = bad_json(error, run.wiring.refusal_text(error, run.words))
            worst = BAD
        except Refused as error:
            answer = refused_json(error)
            worst = worst or REFUSED
        sys.stdout.write((",\n" if place else "\n") + json.dumps(answer, ensure_ascii=False, default=plain))
        sys.stdout.flush()
    sys.stdout.write("\n]\n")
    sys.stdout.flush()
    return worst
