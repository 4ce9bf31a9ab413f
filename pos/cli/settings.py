"""`settings show|set`: the options of the shop."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pos.application.settings.setting_words import GROUPS, group_of, name_of_setting, takes_text
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.cli.runtime import Run, print_json


def add_to(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The settings of the shop.")
    program.add_typer(group, name="settings")

    @group.command()
    def show(name: Annotated[str | None, typer.Argument(metavar="NAME", help="One setting.")] = None) -> None:
        """Print all settings with description, allowed values and current value; or one setting."""
        settings = run.shop.office.set_setting.show(run.person())
        if name is not None:
            print_json(_setting_json(settings, name, run.translator))
            return
        names = [one for group in GROUPS for one in Settings.names() if group_of(one) == group]
        print_json([_setting_json(settings, one, run.translator) for one in names])

    @group.command("set")
    def set_one(
        name: Annotated[str, typer.Argument(metavar="NAME")],
        value: Annotated[str, typer.Argument(metavar="VALUE", help='As `settings show` prints it; "" for none.')],
    ) -> None:
        """Change a setting, effective immediately. Old and new values are recorded in the journal."""
        person = run.person()
        made = run.shop.office.set_setting.change(person, name, value)
        print_json({"name": name, "before": made.before.text(name), "value": made.after.text(name)})


def _setting_json(settings: Settings, name: str, tr: Translator) -> dict[str, Any]:
    value = settings.text(name)  # first: it refuses an unknown name
    return {
        "name": name,
        "group": tr(GROUPS[group_of(name)]),
        "title": name_of_setting(name, tr),
        "does": tr(Settings.sentence(name)),
        "takes": takes_text(name, tr),
        "default": Settings().text(name),
        "value": value,
    }
