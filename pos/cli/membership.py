"""`membership …`: this till at the center of its shop, which keeps one allowance for a visitor in every shop."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pos.application.membership.at_center import AtCenterUseCases
from pos.application.membership.join_center import CenterMembership
from pos.application.membership.membership import NOT_A_MEMBER
from pos.application.membership.refusals import CenterAway
from pos.cli.runtime import Run, print_json, read_file

_File = Annotated[str, typer.Argument(metavar="FILE", help="A file with the pass of this till; - reads stdin.")]


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="This till at the center of its shop: one allowance for a visitor in every shop.")
    program.add_typer(group, name="membership")

    @group.command()
    def join(file: _File) -> None:
        """Take part by the pass that `center till add` printed. It is kept in a file of this till and never shown."""
        text = read_file(file)
        print_json(_json(_at_center(run).join(text, run.person())))

    @group.command()
    def show() -> None:
        """Print whether this till takes part, and how much it still has to tell the center."""
        print_json(_json(_at_center(run).join.show(run.person())))

    @group.command("test")
    def check() -> None:
        """Ask the center for something that changes nothing."""
        print_json(_json(_at_center(run).join.check(run.person())))

    @group.command()
    def send() -> None:
        """Send what waits: sales, returns, departures and what else the center was not told yet."""
        run.person()
        sent = _at_center(run).send()
        print_json({"taken": sent.taken, "waiting": sent.waiting, "problem": sent.what or None})

    @group.command()
    def leave() -> None:
        """Take part no more. What the center was not told yet is kept."""
        print_json(_json(_at_center(run).join.leave(run.person())))


def _at_center(run: Run) -> AtCenterUseCases:
    center = run.shop.at_center
    if center is None:  # a demo or a training, which opens no connection
        raise CenterAway(NOT_A_MEMBER)
    return center


def _json(shown: CenterMembership) -> dict[str, Any]:
    return {"member": shown.is_member, "address": shown.address or None, "waiting": shown.waiting}
