"""Recipes and their versions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, insert, select, update

from db.engine.value_chunks import value_chunks
from db.tables.workshop import recipe, recipe_input, recipe_version
from pos.application.ports.workshop_ports import RecipeVersion
from pos.domain.money import Money, currency
from pos.domain.workshop.recipe import Recipe, RecipeInput

_VERSIONS = (
    select(recipe.c.number, recipe.c.product_id, recipe_version)
    .join(recipe_version, recipe_version.c.recipe_id == recipe.c.id)
    .order_by(recipe.c.number, recipe_version.c.version)
)
_INPUTS = select(recipe_input).order_by(recipe_input.c.recipe_id, recipe_input.c.version, recipe_input.c.line_no)
_ID = select(recipe.c.id).where(recipe.c.number == bindparam("of_number"))
_LOCK = update(recipe).where(recipe.c.number == bindparam("of_number")).values(product_id=recipe.c.product_id)


class SqlRecipes:
    """Recipes over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, one: Recipe, at: datetime, person: str) -> None:
        recipe_id = self._connection.execute(_ID, {"of_number": one.number}).scalar_one_or_none()
        if recipe_id is None:
            row = {"number": one.number, "product_id": one.product, "at": at, "person": person}
            recipe_id = self._connection.execute(insert(recipe).returning(recipe.c.id), row).scalar_one()
        key = {"recipe_id": recipe_id, "version": one.version}
        values = {
            "valid_from": one.valid_from,
            "name": one.name,
            "quantity": one.quantity,
            "loss": one.loss,
            "work_minor": one.work.minor,
            "work_currency": one.work.currency.code,
            "shelf_days": one.shelf_days,
            "withdrawn": one.is_withdrawn,
            "at": at,
            "person": person,
        }
        self._connection.execute(insert(recipe_version), key | values)
        lines = [
            key | {"line_no": no, "product_id": line.product, "quantity": line.quantity}
            for no, line in enumerate(one.inputs, 1)
        ]
        if lines:
            self._connection.execute(insert(recipe_input), lines)

    def lock(self, number: int) -> None:
        self._connection.execute(_LOCK, {"of_number": number})

    def versions(self, number: int) -> list[RecipeVersion]:
        return self.of([number])

    def of(self, numbers: Sequence[int]) -> list[RecipeVersion]:
        found: list[RecipeVersion] = []
        for some in value_chunks(numbers):
            found += self._read(_VERSIONS.where(recipe.c.number.in_(some)))
        return sorted(found, key=lambda one: (one.recipe.number, one.recipe.version))

    def all(self) -> list[RecipeVersion]:
        return self._read(_VERSIONS)

    def making(self, products: Sequence[int]) -> list[Recipe]:
        made: list[Recipe] = []
        for some in value_chunks(products):
            made += (one.recipe for one in self._read(_VERSIONS.where(recipe.c.product_id.in_(some))))
        return sorted(made, key=lambda one: (one.number, one.version))

    def _read(self, question: Select[Any]) -> list[RecipeVersion]:
        rows = self._connection.execute(question).all()
        ids = sorted({row.recipe_id for row in rows})
        inputs: dict[tuple[int, int], list[RecipeInput]] = {}
        for some in value_chunks(ids):
            for line in self._connection.execute(_INPUTS.where(recipe_input.c.recipe_id.in_(some))):
                of = inputs.setdefault((line.recipe_id, line.version), [])
                of.append(RecipeInput(line.product_id, line.quantity))
        return [_version(row, tuple(inputs.get((row.recipe_id, row.version), ()))) for row in rows]


def _version(row: Row[Any], inputs: tuple[RecipeInput, ...]) -> RecipeVersion:
    one = Recipe(
        number=row.number,
        version=row.version,
        valid_from=row.valid_from,
        name=row.name,
        product=row.product_id,
        quantity=row.quantity,
        inputs=inputs,
        loss=row.loss,
        work=Money(row.work_minor, currency(row.work_currency)),
        shelf_days=row.shelf_days,
        is_withdrawn=row.withdrawn,
    )
    return RecipeVersion(one, row.at, row.person)
