"""`staff list|add|title|role|reset|disable|enable`: the staff of the shop."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pos.application.ports.staff_ports import StaffRecord
from pos.application.staff.manage_staff import OneTimePin
from pos.application.staff.tables import staff
from pos.cli.options import Out, wrote
from pos.cli.runtime import Run, print_json
from pos.domain.staff.staff import Person

_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The sign-in name.")]
_ROLE_HELP = "cashier, manager or clerk."


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Staff: roles, PINs and access.")
    program.add_typer(group, name="staff")

    @group.command("list")
    def people(out: Out = None) -> None:
        """Print all staff; a workbook or PDF also lists their rights."""
        if wrote(run, out, staff(run.shop.staff)):
            return
        print_json([_listed(record) for record in run.shop.staff.records(run.person())])

    @group.command()
    def add(
        name: _NAME,
        role: Annotated[str, typer.Option(help=_ROLE_HELP)],
        title: Annotated[str | None, typer.Option(help="The display name; default: NAME.")] = None,
    ) -> None:
        """Add a staff member and print a one-time PIN, shown only here."""
        print_json(_pin_json(run.shop.staff.add(run.person(), name, title or name, role)))

    @group.command()
    def title(name: _NAME, title: Annotated[str, typer.Argument(metavar="TITLE")]) -> None:
        """Change the display name."""
        print_json(_person_json(run.shop.staff.rename(run.person(), name, title)))

    @group.command()
    def role(name: _NAME, role: Annotated[str, typer.Argument(metavar="ROLE", help=_ROLE_HELP)]) -> None:
        """Change the role of a staff member."""
        print_json(_person_json(run.shop.staff.give_role(run.person(), name, role)))

    @group.command()
    def reset(name: _NAME) -> None:
        """Print a new one-time PIN for a staff member and remove their locks."""
        print_json(_pin_json(run.shop.staff.reset(run.person(), name)))

    @group.command()
    def disable(name: _NAME) -> None:
        """Disable a staff member at all tills."""
        print_json(_person_json(run.shop.staff.disable(run.person(), name)))

    @group.command()
    def enable(name: _NAME) -> None:
        """Enable a staff member."""
        print_json(_person_json(run.shop.staff.enable(run.person(), name)))


def _person_json(person: Person) -> dict[str, Any]:
    return {"name": person.name, "title": person.title, "role": person.role, "active": person.active}


def _listed(record: StaffRecord) -> dict[str, Any]:
    return {
        **_person_json(record.person),
        "one_time_pin_since": record.one_time_since,
        "locked_until": record.locked_until,
        "signed_in_at": record.signed_in_at,
    }


def _pin_json(given: OneTimePin) -> dict[str, Any]:
    return {**_person_json(given.person), "one_time_pin": given.pin, "until": given.until}
