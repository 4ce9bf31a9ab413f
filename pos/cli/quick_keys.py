"""`catalogue quick-keys export` and `import`: the buttons of the checkout as a JSON file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from pos.application.catalogue.quick_keys import EditedQuickKeys
from pos.cli.runtime import Run, print_json, print_or_write, read_file


def add_to(catalogue: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="The quick keys of the checkout as a file.")
    catalogue.add_typer(group, name="quick-keys")

    @group.command()
    def export(file: Annotated[str, typer.Argument(metavar="FILE", help="JSON; - prints.")]) -> None:
        """Write all pages, folders and keys; importing the file changes nothing."""
        person, step = run.person(), run.shop.edit_quick_keys
        print_or_write(step.export(person).encode(), Path(file))
        if file != "-":
            print_json(_answer(step.all(person)) | {"file": file})

    @group.command("import")
    def import_file(file: Annotated[str, typer.Argument(metavar="FILE", help="JSON; - reads stdin.")]) -> None:
        """Replace all quick keys by those of the file, or change nothing."""
        print_json(_answer(run.shop.edit_quick_keys.replace(read_file(file), run.person())))


def _answer(edited: EditedQuickKeys) -> dict[str, Any]:
    pages = edited.keys.pages
    return {"pages": len(pages), "keys": sum(1 for page in pages for _ in page.products())}
