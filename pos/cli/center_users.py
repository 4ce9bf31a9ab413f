"""`center user …`: who may open the console of a center."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Annotated

import typer

from pos.application.center.office import CenterPlace
from pos.application.center_console.account import ConsoleRole
from pos.application.center_console.steps import ConsoleAccounts
from pos.cli.center_place import Database, Keys
from pos.cli.console_user import new_password_of
from pos.cli.runtime import Run, print_json

Name = Annotated[str, typer.Argument(metavar="NAME", help="The person's name; the journal has it.")]


def add_users(group: typer.Typer, run: Run) -> None:
    """The commands, below `center`."""
    users = typer.Typer(help="People who may open the console.")
    group.add_typer(users, name="user")

    def accounts(database: str, keys: Path) -> AbstractContextManager[ConsoleAccounts]:
        return run.wiring.center(run.options).accounts(CenterPlace(database, keys))

    @users.command()
    def add(
        name: Name,
        database: Database,
        keys: Keys,
        role: Annotated[ConsoleRole, typer.Option(help="An auditor reads only.")],
        language: Annotated[str, typer.Option(help="en, zh, ru or kk.")] = "en",
    ) -> None:
        """Add an account; asks for a first password, which its owner replaces when they sign in."""
        password = new_password_of(name)
        with accounts(database, keys) as center:
            center.add(name, role, password, language, run.wiring.login())
        print_json({"account": name, "role": role.value})

    @users.command("list")
    def list_accounts(database: Database, keys: Keys) -> None:
        """Every account, with its last sign-in."""
        with accounts(database, keys) as center:
            found = center.all()
        print_json(
            [
                {
                    "account": each.name,
                    "role": each.role.value,
                    "enabled": each.is_enabled,
                    "own_password": each.has_own_password,
                    "last_sign_in": each.last_sign_in,
                }
                for each in found
            ]
        )

    @users.command()
    def password(name: Name, database: Database, keys: Keys) -> None:
        """Give an account another first password; its sessions end."""
        given = new_password_of(name)
        with accounts(database, keys) as center:
            center.reset_password(name, given, run.wiring.login())
        print_json({"account": name, "own_password": False})

    @users.command()
    def disable(name: Name, database: Database, keys: Keys) -> None:
        """Let an account sign in no more; its sessions end."""
        with accounts(database, keys) as center:
            center.disable(name, run.wiring.login())
        print_json({"account": name, "enabled": False})
