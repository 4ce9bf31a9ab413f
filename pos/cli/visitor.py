"""`visitor show|left|link|part|move|retention`: a visitor's data, departure, documents and retention."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.text.json_object import parse_json
from pos.application.visitors.visitor_json import (
    departure_answer,
    documents_answer,
    gate_answer,
    moved_answer,
    visitor_answer,
)
from pos.application.visitors.visitor_request import VisitorTicket, read_visitor_ticket
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.errors import BadField
from pos.domain.staff.staff import Approval
from pos.domain.visitors.document import Document

_KEEPING = ("window_days", "margin_days", "before")
_PAPER = 'A document as in `sale ring`, bare or as {"document": …}; - reads stdin.'


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Visitors.")
    program.add_typer(group, name="visitor")

    @group.command()
    def show(file: Annotated[str, typer.Argument(metavar="DOCUMENT-FILE", help=_PAPER)]) -> None:
        """Print a visitor's purchases and remaining allowance under each regime."""
        print_json(visitor_answer(run.shop.visits.show(_document(run, file), run.person())))

    @group.command()
    def left(
        file: Annotated[str | None, typer.Argument(metavar="DOCUMENT-FILE", help=_PAPER)] = None,
        gate: Annotated[Path | None, typer.Option(help="A CSV file of departures instead of one.")] = None,
    ) -> None:
        """Record that a visitor, or everyone in a gate file, has left."""
        if (file is None) == (gate is None):
            raise BadField("DOCUMENT-FILE", "missing" if file is None else "given_twice")
        if gate is not None:
            result = run.shop.visits.record_gate(gate, run.person())
            print_json(gate_answer(result))
            return
        ticket = _ticket(run, file or "")
        step = run.shop.visits.record_departure
        departure = step(ticket.document, run.person(), ticket.at, ticket.destination, source="console")
        print_json(departure_answer(departure))

    @group.command()
    def link(
        file: Annotated[str, typer.Argument(metavar="DOCUMENT-FILE", help=_PAPER)],
        other: Annotated[str, typer.Argument(metavar="OTHER-FILE", help=_PAPER)],
    ) -> None:
        """Link two documents of one person: they share one allowance."""
        print_json(documents_answer(run.shop.visits.link(_document(run, file), _document(run, other), run.person())))

    @group.command()
    def part(file: Annotated[str, typer.Argument(metavar="DOCUMENT-FILE", help=_PAPER)]) -> None:
        """Unlink a document: it gets its own allowance again. The file may `approve`."""
        ticket = _ticket(run, file)
        step = run.shop.visits.part
        approval = _approval(run, ticket, step.key(ticket.document))
        print_json(documents_answer(step(ticket.document, run.person(), approval)))

    @group.command()
    def move(
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT")],
        label: Annotated[str, typer.Argument(metavar="VISITOR", help="The visitor's letter in that sale, such as A.")],
        file: Annotated[str, typer.Argument(metavar="DOCUMENT-FILE", help=_PAPER)],
    ) -> None:
        """Move the allowance of a finished sale to the visitor of this document. The file may `approve`."""
        ticket = _ticket(run, file)
        step = run.shop.visits.move_quota
        approval = _approval(run, ticket, step.key(receipt))
        print_json(moved_answer(step(receipt, label, ticket.document, run.person(), approval)))

    @group.command()
    def retention(
        forget: Annotated[
            bool,
            typer.Option(
                "--forget", help="Erase visitor data that is no longer needed now (the till does this automatically)."
            ),
        ] = False,
    ) -> None:
        """Print how long visitor data is kept and the date of the oldest data. Needs the right `settings`."""
        step, person = run.shop.office.forget_visitors, run.person()
        done = step.all(person) if forget else None
        keeping, day = step.keeping(person)
        kept = {name: None if keeping is None else getattr(keeping, name) for name in _KEEPING}
        kept["in_backups_until"] = None if keeping is None else keeping.in_backups_until
        gone = {} if done is None else {"visitors": done.visitors, "sales": done.sales}
        print_json({**kept, "last_done": day or None, **gone})


def _ticket(run: Run, file: str) -> VisitorTicket:
    today = run.shop.now().astimezone(run.shop.settings().zone).date()
    return read_visitor_ticket(parse_json(read_file(file)), today)


def _document(run: Run, file: str) -> Document:
    return _ticket(run, file).document


def _approval(run: Run, ticket: VisitorTicket, key: str) -> Approval | None:
    request = ticket.approval
    return None if request is None else run.shop.sign_in.approve(request.user, request.pin, request.permissions, key)
