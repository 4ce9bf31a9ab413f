"""`membership …`: this till at the center of its shop, which keeps one allowance for a visitor in every shop."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pos.application.membership.at_center import AtCenterUseCases
from pos.application.membership.join_center import CenterMembership
from pos.application.membership.look_at_center import Looked
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
        """Send what waits: sales, returns, departures. Take the center's rules; name customs rates that differ."""
        run.person()
        center = _at_center(run)
        sent = center.send()
        found = Looked(sent.what) if sent.what else center.look()
        put = center.rules.put_in_force()
        answer: dict[str, Any] = {"taken": sent.taken, "waiting": sent.waiting, "problem": found.what or None}
        if put:
            answer["rules"] = [one.id for one in put.taken] + list(put.dropped)
        if found.unreadable:
            answer["rules_not_readable"] = [name for name, _digest in found.unreadable]
        if found.rates:
            answer["rates"] = [
                {"currency": one.currency, "base": one.base, "here": f"{one.here:f}", "center": f"{one.center:f}"}
                for one in found.rates
            ]
        print_json(answer)

    @group.command()
    def leave() -> None:
        """Take part no more. What was not sent to the center yet is kept."""
        center = _at_center(run)
        left = center.join.leave(run.person())
        center.look()
        center.rules.put_in_force()
        print_json(_json(left))


def _at_center(run: Run) -> AtCenterUseCases:
    center = run.shop.at_center
    if center is None:  # a demo or a training, which opens no connection
        raise CenterAway(NOT_A_MEMBER)
    return center


def _json(shown: CenterMembership) -> dict[str, Any]:
    return {"member": shown.is_member, "address": shown.address or None, "waiting": shown.waiting}
