"""`product edit-several`: give one value to several products in one step, or look at what would change."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from pos.application.catalogue.change_several import FieldPreview, SeveralPreview, SeveralRequest
from pos.application.catalogue.product_file import card_with, read_fields
from pos.application.ports.catalogue_ports import EVERYTHING, SHOWN
from pos.cli.runtime import Run, print_json, read_file
from pos.domain.catalogue.category import is_scope
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.catalogue.product_fields import SEVERAL, value_of
from pos.domain.errors import BadField


def add_to(group: typer.Typer, run: Run) -> None:
    @group.command("edit-several")
    def edit_several(
        file: Annotated[str, typer.Argument(metavar="FILE", help="JSON of the fields to change; - reads stdin.")],
        codes: Annotated[str, typer.Option(help="A file with one code in each line; - reads stdin.")] = "",
        words: Annotated[str, typer.Option(help="Products that match these words.")] = "",
        category: Annotated[str, typer.Option(help="Products of a category or branch.")] = "*",
        shown: Annotated[str, typer.Option("--only", help="lacking, low or unpriced.")] = EVERYTHING,
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Show the changes without making them.")] = False,
    ) -> None:
        """Change fields of several products in one step; null removes a value."""
        step, person = run.shop.change_several, run.person()
        if not is_scope(category):
            raise BadField("category", "unknown", category[:40])
        if shown not in SHOWN:
            raise BadField("only", "not_one_of", shown[:20])
        is_filtered = bool(words.strip()) or category != "*" or shown != EVERYTHING
        if bool(codes) == is_filtered:  # either a list or a filter: without both it would be the whole catalogue
            raise BadField("codes", "given_twice" if codes else "missing")
        if codes:
            lines = (line.strip() for line in read_file(codes).splitlines())
            products = step.coded(person, [line for line in lines if line])
        else:
            products = step.found(person, words, shown, category)
        request = SeveralRequest(products, _values(run, file))
        seen = step.preview(person, request)
        if not dry_run:
            step(person, request, seen)
        print_json(_answer(seen))


def _values(run: Run, file: str) -> dict[str, Any]:
    fields = read_fields(read_file(file))
    unknown = next((name for name in fields if name not in SEVERAL), None)
    if unknown is not None:
        raise BadField(unknown[:40], "unknown_field")
    card = card_with(ProductCard((), ""), fields, run.shop.settings().price)
    return {name: value_of(card, name) for name in fields}


def _answer(seen: SeveralPreview) -> dict[str, Any]:
    return {
        "products": seen.products,
        "fields": [_field(one) for one in seen.fields],
        "left": seen.left_count + seen.gone,
        "left_alone": [{**_named(one.product), "field": one.field, "reason": one.reason} for one in seen.left],
        "incomplete": seen.lacking_count,
        "lacking": [{**_named(product), "lacks": list(missing)} for product, missing in seen.lacking],
    }


def _field(one: FieldPreview) -> dict[str, Any]:
    if one.example is None:
        return {"field": one.name, "products": one.products}
    example = {**_named(one.example), "before": one.before, "after": one.after}
    return {"field": one.name, "products": one.products, "example": example}


def _named(product: Product) -> dict[str, str]:
    return {"code": product.code, "name": product.name}
