"""`shift open|move|show|hand-over|close|files|z`: the drawer from its float to its Z report."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from pos.application.reports.shift_json import hand_over_json, shift_json
from pos.application.shifts.hand_over_shift import Parties, hand_over_key
from pos.application.shifts.issue_shift import read_z_number
from pos.application.shifts.shift_request import (
    NO_SALE,
    HandOverRequest,
    read_count,
    read_float,
    read_hand_over,
    read_move,
)
from pos.application.text.json_fields import RequestApproval
from pos.application.text.json_object import parse_json
from pos.cli.runtime import Run, below, copy_file, print_json, read_file
from pos.domain.errors import InfrastructureError
from pos.domain.shifts.shift import NoOpenShift, Shift
from pos.domain.staff.staff import Approval, Person

_FILE = "A JSON file; - reads stdin."


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Shifts: from float to Z report.")
    program.add_typer(group, name="shift")

    @group.command("open")
    def open_shift(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Open a shift with a float by denomination."""
        ticket = read_float(parse_json(read_file(file)))
        actor = run.person()
        cashier = run.shop.sign_in.booked_for(actor, ticket.cashier)
        run.shop.open_shift(cashier, ticket.float_, by=_by(actor, cashier))
        print_json(shift_json(run.shop.read_shift(actor)))

    @group.command()
    def move(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Pay cash in or out, move it to the safe, or open the drawer without a sale."""
        ticket = read_move(parse_json(read_file(file)))
        actor = run.person()
        cashier = run.shop.sign_in.booked_for(actor, ticket.cashier)
        approval, by = _approval(run, ticket.approval), _by(actor, cashier)
        if ticket.kind == NO_SALE or ticket.amount is None:
            run.shop.open_drawer(cashier, ticket.reason, approval, by=by)
        else:
            run.shop.move_cash(cashier, ticket.kind, ticket.amount, ticket.reason, ticket.notes, approval, by=by)
        run.open_drawer()
        print_json(shift_json(run.shop.read_shift(actor)))

    @group.command()
    def show() -> None:
        """Print the X report of the open shift."""
        print_json(shift_json(run.shop.read_shift(run.person())))

    @group.command("hand-over")
    def hand_over(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Hand over the open shift with a full cash count, without a Z report."""
        ticket = read_hand_over(parse_json(read_file(file)))
        print_json(hand_over_json(run.shop.hand_over_shift(_parties(run, ticket), ticket.count)))

    @group.command()
    def z(
        number: Annotated[str, typer.Argument(metavar="NUMBER", help="12, or T1-Z000012.")],
        out: Annotated[Path, typer.Option(help="The PDF to write.")],
        paper: Annotated[str | None, typer.Option(help="a4 or 80mm; default: the shop setting.")] = None,
    ) -> None:
        """Reprint a recorded Z report of this till, marked COPY n."""
        drawn = run.shop.issue_shift.again(run.person(), read_z_number(number, run.shop.till), paper, to_paper=False)
        copy_file(drawn.path, out)
        print_json({"z": drawn.report.z_name, "copy": drawn.copy, "paper": drawn.paper, "pdf": str(out)})

    @group.command("close")
    def close_shift(file: Annotated[str, typer.Argument(metavar="FILE", help=_FILE)]) -> None:
        """Close the shift with a full cash count and make the Z report. It stays recorded if printing fails."""
        ticket = read_count(parse_json(read_file(file)))
        actor = run.person()
        cashier = run.shop.sign_in.booked_for(actor, ticket.cashier)
        z = run.shop.close_shift(cashier, ticket.count, _approval(run, ticket.approval), by=_by(actor, cashier))
        try:
            pdf = below(run, run.shop.issue_shift(z.report))
        except InfrastructureError as error:
            print(run.wiring.refusal_text(error, run.translator), file=sys.stderr)
            pdf = None
        files: list[str] = []
        try:
            files = run.shop.z_files.everything()
        except InfrastructureError as error:
            print(run.wiring.refusal_text(error, run.translator), file=sys.stderr)
        print_json(shift_json(z.report, pdf) | {"mac": z.mac, "files": files})

    @group.command()
    def files() -> None:
        """Write the pending Z report files of this till to the export folder (automatic in the window)."""
        run.person().check("close_shift")
        print_json({"files": run.shop.z_files.everything()})


def _by(actor: Person, cashier: Person) -> str:
    """The person who brings the cash, if they differ from the person of the booking."""
    return "" if actor.name == cashier.name else actor.name


def _parties(run: Run, ticket: HandOverRequest) -> Parties:
    """The people at the till: the console user acts for the one whose PIN is not in the file."""
    actor, given = run.person(), ticket.approval
    person = actor
    if given is None or given.user.strip().casefold() != ticket.taker.strip().casefold():
        person = run.shop.sign_in.booked_for(actor, ticket.taker)
    approval = _approval(run, given, lambda it: hand_over_key(it, ticket.taker))
    return Parties(person, ticket.giver, ticket.taker, approval, _by(actor, person))


def _approval(
    run: Run, request: RequestApproval | None, key: Callable[[Shift], str] = lambda shift: shift.key
) -> Approval | None:
    if request is None:
        return None
    shift = run.shop.open_shift.current()
    if shift is None:
        raise NoOpenShift(run.shop.till)
    return run.shop.sign_in.approve(request.user, request.pin, request.permissions, key(shift))
