"""`declaration`: the paper for customs of a recorded sale, with blank lines for number and name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pos.application.declarations.declaration_json import declaration_json
from pos.cli.runtime import Run, print_json, print_or_write
from pos.domain.errors import BadField


def add_to(program: typer.Typer, run: Run) -> None:
    @program.command()
    def declaration(
        receipt: Annotated[str, typer.Argument(metavar="RECEIPT")],
        visitor: Annotated[str | None, typer.Option(help="The visitor whose goods are declared, as A.")] = None,
        out: Annotated[Path | None, typer.Option(help="The PDF to write.")] = None,
        adult: Annotated[
            str | None, typer.Option(help="The adult on whose paper they stand, where the visitor is under 16.")
        ] = None,
        everything: Annotated[
            bool, typer.Option("--all", help="List the free pieces too, where pieces are taxed whole.")
        ] = False,
    ) -> None:
        """Draw the customs declaration of a visitor of a recorded sale. Document number and name stay blank lines."""
        for name, value in (("visitor", visitor), ("out", out)):
            if value is None:
                raise BadField(name, "missing")
        assert visitor is not None, "checked above"
        assert out is not None, "checked above"
        person, declare = run.person(), run.shop.declare
        made = declare.read(receipt, person)
        minors = () if adult is None or adult == visitor else (visitor,)
        paper = made.paper_of(visitor, adult, with_free=everything, minors=minors)
        print_or_write(declare.blank(paper, person), out)
        print_json({**declaration_json(paper), "pdf": str(out)})
