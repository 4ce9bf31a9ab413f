"""Keep recipes: a change is a new version from a day on, and the history stays."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from pos.application.access.authorize import authorized_read
from pos.application.ports.store import UnitOfWork
from pos.application.ports.workshop_ports import RecipeVersion
from pos.application.workshop.goods_lines import GoodsLine, goods_of
from pos.application.workshop.keyed_steps import RIGHT, KeyedStep
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.purchasing.document_day import check_promised
from pos.domain.staff.staff import Person
from pos.domain.workshop.recipe import (
    MOST_INPUTS,
    MadeOfItself,
    NoSuchRecipe,
    Recipe,
    RecipeInput,
    check_loss,
    check_recipe_name,
    check_shelf_days,
    check_takes_hold,
    check_work,
    in_force,
    read_recipe_name,
    recipe_name,
    shown_of,
)


@dataclass(frozen=True, slots=True)
class RecipeDraft:
    """A version of a recipe as it is typed: the `number` of a known recipe, or None for a new one.

    `output` is what is made, the lines what it is made of. Without a work cost the work costs nothing; without a day it
    holds from today on.
    """

    name: str
    output: GoodsLine
    inputs: Sequence[GoodsLine]
    loss: int = 0
    work: Money | None = None
    shelf_days: int | None = None
    valid_from: date | None = None
    number: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class RecipeView:
    """A version of a recipe with its goods; `current` is the version in force today, None before the first."""

    version: RecipeVersion
    product: Product
    inputs: tuple[tuple[Product, int], ...]
    current: int | None

    @property
    def recipe(self) -> Recipe:
        return self.version.recipe

    @property
    def is_current(self) -> bool:
        """Whether goods are made by this version today."""
        return self.current == self.recipe.version and not self.recipe.is_withdrawn

    def is_meant(self, words: str, goods: Collection[int] | None = None) -> bool:
        """Whether words are in its name or number, or name goods that it makes or takes; `goods` (None: any) are those
        of which one must be among them.
        """
        products = [self.product, *(product for product, _pieces in self.inputs)]
        if goods is not None and not any(product.id in goods for product in products):
            return False
        words = words.strip().casefold()
        texts = [self.recipe.name, self.recipe.document]
        for product in products:
            texts += [product.code, product.name, *product.names.values()]
        return not words or any(words in text.casefold() for text in texts)


class KeepRecipes(KeyedStep):
    """Writes and shows recipes. Needs the permission `stock`."""

    def __call__(self, person: Person, draft: RecipeDraft) -> RecipeView:
        """Write a recipe, or the next version of one; the same key again returns what is on file of it.

        Raises NoSuchRecipe, NeverInForce, MadeOfItself, UnknownCode, BadCheckDigit, BadField, KeyReused, NotAllowed.
        """
        return self._keyed(
            person,
            draft.key,
            ("recipe", draft),
            lambda work, by, at: self._write(work, draft, by, at),
            self._read_last,
        )

    def withdraw(self, person: Person, number: int, day: date | None = None, key: str = "") -> RecipeView:
        """Make nothing by a recipe any more from a day on (None: from today). Raises NoSuchRecipe, BadField."""
        asked = ("withdraw", number, day)
        return self._keyed(
            person, key, asked, lambda work, by, at: self._withdraw(work, number, day, by, at), self._read_last
        )

    def all(self, person: Person, *, withdrawn: bool = False) -> Sequence[RecipeView]:
        """The version of each recipe that holds today, or else comes next, by number; `withdrawn` ones too."""
        with authorized_read(self.store, person, RIGHT) as work:
            today, chosen = self.today, []
            for versions in _by_number(work.recipes.all()):
                known = [one.recipe for one in versions]
                here, stands = in_force(known, today), shown_of(known, today)
                shown = next(one for one in versions if one.recipe == stands)
                if withdrawn or not shown.recipe.is_withdrawn:
                    chosen.append((shown, None if here is None else here.version))
            return self._views(work, chosen)

    def history(self, person: Person, number: int) -> Sequence[RecipeView]:
        """All versions of a recipe, the first one first. Raises NoSuchRecipe."""
        with authorized_read(self.store, person, RIGHT) as work:
            return self._history(work, number)

    def _history(self, work: UnitOfWork, number: int) -> list[RecipeView]:
        versions = versions_of(work, number)
        here = in_force([one.recipe for one in versions], self.today)
        return self._views(work, [(one, None if here is None else here.version) for one in versions])

    def _read_last(self, work: UnitOfWork, document: str) -> RecipeView:
        return self._history(work, read_recipe_name(document))[-1]

    def _views(self, work: UnitOfWork, chosen: Sequence[tuple[RecipeVersion, int | None]]) -> list[RecipeView]:
        ids = {one.recipe.product for one, _ in chosen}
        ids |= {line.product for one, _ in chosen for line in one.recipe.inputs}
        goods = work.products.by_ids(sorted(ids), self.now())
        return [
            RecipeView(
                one,
                goods[one.recipe.product],
                tuple((goods[line.product], line.quantity) for line in one.recipe.inputs),
                current,
            )
            for one, current in chosen
        ]

    def _write(self, work: UnitOfWork, draft: RecipeDraft, person: Person, at: datetime) -> str:
        output, pieces = goods_of(work, draft.output, at, "output")
        inputs = self._inputs(work, draft, output, at)
        known, number = self._known(work, draft, output)
        today = self.today
        work_cost = Money.zero(self.settings().price) if draft.work is None else draft.work
        recipe = Recipe(
            number=number,
            version=known[-1].version + 1 if known else 1,
            valid_from=check_promised(draft.valid_from, today, "valid_from") or today,
            name=check_recipe_name(draft.name),
            product=output.id,
            quantity=pieces,
            inputs=tuple(RecipeInput(product, count) for product, (_, count) in inputs.items()),
            loss=check_loss(draft.loss),
            work=check_work(work_cost),
            shelf_days=check_shelf_days(draft.shelf_days),
        )
        work.recipes.add(check_takes_hold(known, recipe, today), at, person.name)
        journal_version(work, recipe, at, self.till, person.name)
        return recipe.document

    def _inputs(
        self, work: UnitOfWork, draft: RecipeDraft, output: Product, at: datetime
    ) -> dict[int, tuple[Product, int]]:
        """The inputs by product; what is named twice is one."""
        if not draft.inputs:
            raise BadField("inputs", "missing")
        if len(draft.inputs) > MOST_INPUTS:
            raise BadField("inputs", "too_long", str(len(draft.inputs)))
        inputs: dict[int, tuple[Product, int]] = {}
        for index, line in enumerate(draft.inputs):
            product, pieces = goods_of(work, line, at, f"inputs[{index}]")
            if product.id == output.id:
                raise MadeOfItself(product.code)
            if product.id in inputs:
                raise BadField(f"inputs[{index}].code", "given_twice", product.code)
            inputs[product.id] = (product, pieces)
        return inputs

    def _known(self, work: UnitOfWork, draft: RecipeDraft, output: Product) -> tuple[Sequence[Recipe], int]:
        """The versions there are, none of a new recipe, and its number."""
        if draft.number is None:
            return (), work.stock.next_number("W")
        versions = [one.recipe for one in locked_versions(work, draft.number)]
        if versions[0].product != output.id:
            raise BadField("output.code", "mismatch", output.code)
        return versions, draft.number

    def _withdraw(self, work: UnitOfWork, number: int, day: date | None, person: Person, at: datetime) -> str:
        versions = [one.recipe for one in locked_versions(work, number)]
        today = self.today
        since = check_promised(day, today, "valid_from") or today
        before = shown_of(versions, since)
        recipe = replace(before, version=versions[-1].version + 1, valid_from=since, is_withdrawn=True)
        work.recipes.add(recipe, at, person.name)
        journal_version(work, recipe, at, self.till, person.name)
        return recipe.document


def journal_version(work: UnitOfWork, recipe: Recipe, at: datetime, till: str, person: str) -> None:
    """Write a version of a recipe into the journal: all of it."""
    goods = work.products.by_ids([recipe.product, *(line.product for line in recipe.inputs)], at)
    details = {
        "recipe": recipe.document,
        "version": recipe.version,
        "name": recipe.name,
        "valid_from": recipe.valid_from.isoformat(),
        "code": goods[recipe.product].code,
        "quantity": recipe.quantity,
        "loss": recipe.loss,
        "work": str(recipe.work),
        "currency": recipe.work.currency.code,
        "shelf_days": recipe.shelf_days,
        "lines": [{"code": goods[line.product].code, "quantity": line.quantity} for line in recipe.inputs],
    }
    work.journal.write(at, till, person, "withdraw_recipe" if recipe.is_withdrawn else "set_recipe", details)


def versions_of(work: UnitOfWork, number: int) -> Sequence[RecipeVersion]:
    """All versions of a recipe, the first one first. Raises NoSuchRecipe."""
    versions = work.recipes.versions(number)
    if not versions:
        raise NoSuchRecipe(recipe_name(number))
    return versions


def locked_versions(work: UnitOfWork, number: int) -> Sequence[RecipeVersion]:
    """The same, while no other till writes one. Raises NoSuchRecipe."""
    work.recipes.lock(number)
    return versions_of(work, number)


def _by_number(versions: Sequence[RecipeVersion]) -> list[list[RecipeVersion]]:
    found: dict[int, list[RecipeVersion]] = {}
    for one in versions:
        found.setdefault(one.recipe.number, []).append(one)
    return list(found.values())
