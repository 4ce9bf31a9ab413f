"""What a batch would need before it is planned: whether the inputs are there, and for how many pieces they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.application.access.authorize import authorized_read
from pos.application.settings.context import UseCase
from pos.application.workshop.batch_view import BatchInput
from pos.application.workshop.input_stock import input_stocks
from pos.application.workshop.keyed_steps import RIGHT
from pos.application.workshop.recipes import versions_of
from pos.domain.catalogue.product import Product
from pos.domain.money import Money
from pos.domain.staff.staff import Person
from pos.domain.workshop.batch import check_planned_day
from pos.domain.workshop.recipe import Recipe, check_quantity, usable


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """A batch of `pieces` by a recipe with what it would take of the goods there are now that last until its day.
    `most`: what the inputs would do for.
    """

    recipe: Recipe
    product: Product
    pieces: int
    inputs: tuple[BatchInput, ...]
    work: Money
    most: int

    @property
    def suffices(self) -> bool:
        """Whether every input is there."""
        return not any(one.missing for one in self.inputs)


class CheckPlan(UseCase):
    """Looks at a batch that is not planned yet, and writes nothing. Needs the permission `stock`."""

    def __call__(self, person: Person, recipe: int, pieces: int, day: date | None = None) -> PlanCheck:
        """What it would take of what is there now and lasts until `day`. Raises as planning it would."""
        at, settings = self.now(), self.settings()
        today = at.astimezone(settings.zone).date()
        check_quantity(pieces, "planned")
        when = check_planned_day(day, today)
        with authorized_read(self.store, person, RIGHT) as work:
            by = usable([one.recipe for one in versions_of(work, recipe)], when)
            goods = work.products.by_ids([by.product, *(one.product for one in by.inputs)], at)
            there = input_stocks(work, [one.product for one in by.inputs], at, when)
        inputs = tuple(
            BatchInput(
                goods[need.product], need.quantity, there=there[need.product].free, barred=there[need.product].barred
            )
            for need in by.needed(pieces)
        )
        most = by.made_of([there[one.product].free for one in by.inputs])
        return PlanCheck(by, goods[by.product], pieces, inputs, by.work_of(pieces), most)
