"""`shift open|move|show|close`: the drawer from its float to its Z."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from pos.application.act_for import FOR_OTHERS
from pos.application.quota_scenario import parse_json
from pos.application.sale_ticket import TicketApproval
from pos.application.shift_answer import shift_answer
from pos.application.shift_ticket import NO_SALE, read_count, read_float, read_move
from pos.cli.frame import Run, below, print_json, read_file
from pos.domain.errors import Trouble
from pos.domain.shift import NoOpenShift
from pos.domain.staff import Approval, Person, UnknownPerson

_FILE = "A JSON file; - reads stdin."


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the group to the tree of commands."""
    group = typer.Typer(help="Shifts: the drawer from its float to its Z.")
    program.add_typer(group, name="shift")

    @group.command("open")
    def open_shift(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Open a shift with a float by denomination."""
        ticket = read_float(parse_json(read_file(file)))
        actor = run.person()
        run.shop.open_shift(_booked_on(run, actor, ticket.cashier), ticket.float_)
        print_json(shift_answer(run.shop.read_shift(actor)))

    @group.command()
    def move(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Pay cash in or out, drop it into the safe, or open the drawer without a sale."""
        ticket = read_move(parse_json(read_file(file)))
        actor = run.person()
        cashier = _booked_on(run, actor, ticket.cashier)
        approval = _approval(run, ticket.approval)
        if ticket.kind == NO_SALE or ticket.amount is None:
            run.shop.open_drawer(cashier, ticket.reason, approval)
        else:
            run.shop.move_cash(cashier, ticket.kind, ticket.amount, ticket.reason, ticket.notes, approval)
        print_json(shift_answer(run.shop.read_shift(actor)))

    @group.command()
    def show() -> None:
        """Print the X: what the open shift has come to."""
        print_json(shift_answer(run.shop.read_shift(run.person())))

    @group.command("close")
    def close_shift(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Close the shift by a count of every note: the Z. A jam or a full disk leaves it recorded, and is told."""
        ticket = read_count(parse_json(read_file(file)))
        cashier = _booked_on(run, run.person(), ticket.cashier)
        z = run.shop.close_shift(cashier, ticket.count, _approval(run, ticket.approval))
        try:
            pdf = below(run, run.shop.issue_shift(z.report))
        except Trouble as error:
            print(run.wiring.refusal_text(error, run.words), file=sys.stderr)
            pdf = None
        print_json(shift_answer(z.report, pdf) | {"mac": z.mac})


def _booked_on(run: Run, actor: Person, name: str) -> Person:
    """The person of the file: whoever acts by `--as` stands for himself, or for others where he may."""
    person = next((one for one in run.shop.sign_in.people() if one.name.casefold() == name.strip().casefold()), None)
    if person is None:
        raise UnknownPerson(name[:40])
    if person.name != actor.name:
        actor.check(FOR_OTHERS)
    return person


def _approval(run: Run, asked: TicketApproval | None) -> Approval | None:
    if asked is None:
        return None
    shift = run.shop.open_shift.current()
    if shift is None:
        raise NoOpenShift(run.shop.till)
    return run.shop.sign_in.approve(asked.user, asked.pin, asked.acts, shift.key)
