"""`catalogue import`, `catalogue export`, `product find`, `product show`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

import typer

from pos.application.find_product import FoundProduct
from pos.application.sale_answer import amount
from pos.cli.frame import Run, print_json
from pos.domain.errors import BadField
from pos.domain.product import LANGUAGES, Attributes

_ATTRIBUTES = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")


def add_to(program: typer.Typer, run: Run) -> None:
    """Add the groups to the tree of commands."""
    _add_products(program, run)


def _add_products(program: typer.Typer, run: Run) -> None:
    group = typer.Typer(help="Goods.")
    program.add_typer(group, name="product")

    @group.command()
    def find(
        text: Annotated[str, typer.Argument(metavar="TEXT", help="A code, or part of a name in any script.")],
        limit: Annotated[int, typer.Option(help="At most so many.")] = 20,
    ) -> None:
        """Find goods by code or by part of a name."""
        if not 1 <= limit <= 1000:
            raise BadField("limit", "out_of_range", str(limit))
        print_json([product_answer(found) for found in run.shop.find(text, limit)])

    @group.command()
    def show(code: Annotated[str, typer.Argument(metavar="CODE")]) -> None:
        """Print one product with what is on hand."""
        print_json(product_answer(run.shop.find.show(code)))


def product_answer(found: FoundProduct) -> dict[str, Any]:
    """A product as the contract has it; an attribute that is not on file is null."""
    product = found.product
    return {
        "code": product.code,
        "codes": list(product.codes),
        "name": product.name,
        "names": {language: product.names.get(language) for language in LANGUAGES},
        "category": product.category,
        "price": None if product.price is None else amount(product.price),
        "on_hand": found.on_hand,
        "incomplete": list(product.missing),
        **attributes_answer(product.attributes),
    }


def attributes_answer(attributes: Attributes) -> dict[str, Any]:
    """Customs attributes by their names in quota.md, decimals as text."""
    values = {name: getattr(attributes, name) for name in _ATTRIBUTES}
    return {name: format(value, "f") if isinstance(value, Decimal) else value for name, value in values.items()}
