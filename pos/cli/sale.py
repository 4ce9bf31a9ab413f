"""`sale ring`, `return`, `show`, `find` and `receipt`: sales and returns from files, as in the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.ports.return_ports import ANY, KINDS, FoundReceipt, ReceiptFilter
from pos.application.receipts.issue_receipt import IssuedReceipt
from pos.application.receipts.tables import history
from pos.application.returns.return_request import return_json
from pos.application.returns.void_request import void_json
from pos.application.sales.sale_json import sale_json
from pos.application.text.json_object import parse_json
from pos.application.text.searchable_text import sayable
from pos.application.visitors.visitor_request import read_visitor_ticket
from pos.cli.options import Out, check_count, whole, wrote
from pos.cli.receipt_verify import VERIFY, judge
from pos.cli.runtime import (
    BAD,
    DONE,
    REFUSED,
    Run,
    bad_json,
    below,
    copy_file,
    plain,
    print_json,
    read_file,
    refused_json,
)
from pos.domain.errors import BadField, BadInput, InfrastructureError, Refused
from pos.domain.returns.goods_return import GoodsReturn

_MOST = 1_000


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Sales.")
    program.add_typer(group, name="sale")

    @group.command()
    def ring(file: Annotated[str, typer.Argument(metavar="FILE", help="One sale or a list; - reads stdin.")]) -> None:
        """Record one sale, or a list of sales in order, as in the window."""
        ticket = parse_json(read_file(file))
        if isinstance(ticket, list):
            raise typer.Exit(_ring_list(run, ticket))
        print_json(ring_one(run, ticket))

    @group.command("return")
    def record_return(file: Annotated[str, typer.Argument(metavar="FILE", help="One return; - reads stdin.")]) -> None:
        """Return goods of a recorded sale: money, stock and allowance."""
        print_json(_record_return(run, parse_json(read_file(file))))

    @group.command("void")
    def void_sale(file: Annotated[str, typer.Argument(metavar="FILE", help="One void; - reads stdin.")]) -> None:
        """Void a sale of the running shift as a whole: money, stock and allowance."""
        back = run.shop.void_by_ticket(parse_json(read_file(file)), run.person())
        issued = _issued(run, back.receipt)
        print_json(void_json(back, None if issued is None else below(run, issued.path)))

    @group.command()
    def show(receipt: Annotated[str, typer.Argument(metavar="RECEIPT")]) -> None:
        """Print a recorded sale or return."""
        show, person = run.shop.show_sale, run.person()
        recorded = show.recorded(receipt, person)
        if isinstance(recorded, GoodsReturn):
            print_json(return_json(recorded))
            return
        print_json(sale_json(recorded, None, recipient=show.recipient(recorded, person)))

    @group.command()
    def find(
        text: Annotated[
            str, typer.Argument(metavar="TEXT", help="Part of a number, goods, amount, days, a time.")
        ] = "",
        kind: Annotated[str, typer.Option(help="sale, return, exchange, discount or void; default: all.")] = ANY,
        cashier: Annotated[str, typer.Option(help="The cashier, by sign-in name.")] = "",
        till: Annotated[str, typer.Option(help="The till.")] = "",
        visitor: Annotated[str | None, typer.Option(help="A file with the visitor's document.")] = None,
        limit: Annotated[int, typer.Option(parser=whole, help="Number of the newest entries, at most 1000.")] = 20,
        out: Out = None,
    ) -> None:
        """Find recorded sales and returns by details, newest first; a file contains all of them."""
        if kind not in KINDS:
            raise BadField("kind", "not_a_choice", kind[:40])
        check_count("limit", limit, _MOST)
        filters, find, person = (
            ReceiptFilter(kind, sayable(cashier), sayable(till)),
            run.shop.find_receipts,
            run.person(),
        )
        today = run.shop.now().astimezone(run.shop.settings().zone).date()
        document = None if visitor is None else read_visitor_ticket(parse_json(read_file(visitor)), today).document
        if wrote(run, out, history(find, text, filters, document)):
            return
        page = find.history(text, filters, person, limit=limit, document=document)
        print_json([_receipt_json(one, run) for one in page.receipts])

    @program.command("receipt")
    def draw(
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT", help="The receipt number; or: verify")],
        text: Annotated[
            str | None,
            typer.Argument(metavar="[FILE-OR-TEXT]", help="For verify: the text of the QR code, or a file with it."),
        ] = None,
        out: Annotated[Path | None, typer.Option(help="The PDF to write.")] = None,
        key: Annotated[
            Path | None, typer.Option(help="For verify: the public key of the shop (from keys public).")
        ] = None,
        visitor: Annotated[str | None, typer.Option(help="The carry-out slip of this visitor, as A.")] = None,
    ) -> None:
        """Reprint a recorded receipt (marked COPY n, with the rates of its day), or a carry-out slip.

        `receipt verify FILE-OR-TEXT --key PUB` checks the text of a receipt's QR, and needs no shop.
        """
        if receipt == VERIFY:
            raise typer.Exit(judge(run, text, key))
        if text is not None:
            raise BadField("receipt", "only_to_verify", text[:40])
        if out is None:
            raise BadField("out", "missing")
        person = run.person()
        number = run.shop.show_sale.recorded(receipt, person).receipt
        if visitor is not None:
            copy_file(run.shop.issue_receipt.slip(number, visitor, person), out)
            print_json({"receipt": number, "visitor": visitor, "pdf": str(out)})
            return
        issued = run.shop.issue_receipt(number, person, to_paper=False)
        copy_file(issued.path, out)
        print_json({"receipt": issued.sale.receipt, "copy": issued.copy, "pdf": str(out)})


def ring_one(run: Run, ticket: object) -> dict[str, Any]:
    """Ring up a sale and render its receipt."""
    sale = run.shop.ring_sale(ticket, run.person())
    issued = _issued(run, sale.receipt)
    if issued is None:
        return sale_json(sale, None)
    return sale_json(sale, below(run, issued.path), [below(run, slip) for slip in issued.slips])


def _record_return(run: Run, ticket: object) -> dict[str, Any]:
    """Record a return and render its receipt."""
    back = run.shop.return_by_ticket(ticket, run.person())
    issued = _issued(run, back.receipt)
    return return_json(back, None if issued is None else below(run, issued.path))


def _issued(run: Run, receipt: str) -> IssuedReceipt | None:
    """The receipt of a recorded sale or return. A paper jam or a full disk is reported; the record stays."""
    try:
        return run.shop.issue_receipt.original(receipt)
    except InfrastructureError as error:
        print(run.wiring.refusal_text(error, run.translator), file=sys.stderr)
        return None


def _receipt_json(one: FoundReceipt, run: Run) -> dict[str, Any]:
    return {
        "receipt": one.receipt,
        "kind": one.kind,
        "is_void": one.is_void,
        "voided_by": one.voided_by or None,
        "reverses": one.reverses or None,
        "at": one.at.astimezone(run.shop.settings().zone),
        "cashier": one.cashier,
        "total": one.total,
        "pieces": one.pieces,
        "came_back": one.came_back,
        "goods": [names.get(run.translator.language) or names[""] for names in one.goods],
        "lines": one.lines,
    }


def _ring_list(run: Run, sales: list[object]) -> int:
    """A JSON list, one element per sale, each written and flushed when it is committed."""
    import json

    worst = DONE
    sys.stdout.write("[")
    for index, ticket in enumerate(sales):
        try:
            answer: dict[str, Any] = ring_one(run, ticket)
        except BadInput as error:
            answer = bad_json(error, run.wiring.refusal_text(error, run.translator))
            worst = BAD
        except Refused as error:
            answer = refused_json(error)
            worst = worst or REFUSED
        sys.stdout.write((",\n" if index else "\n") + json.dumps(answer, ensure_ascii=False, default=plain))
        sys.stdout.flush()
    sys.stdout.write("\n]\n")
    sys.stdout.flush()
    return worst
