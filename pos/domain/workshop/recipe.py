"""What the shop makes of what: a recipe, its versions, and how much a batch needs of each input."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pos.domain.document_number import read_document_number
from pos.domain.errors import BadField, BadInput, Refused, readable
from pos.domain.money import Money, half_up_ratio

PARTS = 1_000
"""The yield loss counts in parts of a thousand."""
MOST_INPUTS, MOST_PIECES = 50, 1_000_000
MOST_SHELF_DAYS = 3_660
LONGEST_NAME = 60


def recipe_name(number: int) -> str:
    """The number of a recipe as people read it: W-000003."""
    return f"W-{number:06d}"


def read_recipe_name(text: str, field: str = "recipe") -> int:
    """The number in `W-000003`, `w-3` or `3`; raises BadField for what can be none."""
    number = read_document_number(text, "W")
    if number is None:
        raise BadField(field, "not_a_number", text.strip()[:20])
    return number


@dataclass(eq=False)
class NoSuchRecipe(BadInput):
    """No recipe has this number."""

    fact = "no_such_recipe"

    recipe: str


@dataclass(eq=False)
class RecipeNotYet(Refused):
    """The recipe is in force from a later day."""

    fact = "recipe_not_yet"

    recipe: str
    valid_from: date
    day: date


@dataclass(eq=False)
class NeverInForce(Refused):
    """A change from a day on would never hold: another version is in force from a later day, which has come."""

    fact = "never_in_force"

    field: str
    recipe: str
    valid_from: date
    since: date


@dataclass(eq=False)
class RecipeWithdrawn(Refused):
    """The shop makes nothing by this recipe any more."""

    fact = "recipe_withdrawn"

    recipe: str
    since: date


@dataclass(eq=False)
class MadeOfItself(BadInput):
    """A product is among its own inputs."""

    fact = "made_of_itself"

    code: str


@dataclass(frozen=True, slots=True)
class RecipeInput:
    """Pieces of a product that go into a batch."""

    product: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """One version of a recipe: `inputs` make `quantity` pieces of `product`, before the usual loss.

    `loss` of a thousand pieces are usually spoiled. `work` is what the work on a batch of `quantity` pieces costs.
    The goods keep for `shelf_days` from the day on which they were made; None: as long as the input that ends first.
    A version holds from its day until the next one; `is_withdrawn`: from its day on nothing is made by it.
    """

    number: int
    version: int
    valid_from: date
    name: str
    product: int
    quantity: int
    inputs: tuple[RecipeInput, ...]
    loss: int
    work: Money
    shelf_days: int | None = None
    is_withdrawn: bool = False

    @property
    def document(self) -> str:
        """Its number as people read it: W-000003."""
        return recipe_name(self.number)

    def needed(self, planned: int) -> tuple[RecipeInput, ...]:
        """The inputs of a batch that should come to `planned` pieces after the usual loss, in whole pieces, rounded
        up.
        """
        of = self.quantity * (PARTS - self.loss)
        return tuple(RecipeInput(one.product, -(-one.quantity * planned * PARTS // of)) for one in self.inputs)

    def work_of(self, planned: int) -> Money:
        """What the work on a batch of so many pieces costs, rounded half up."""
        return Money(half_up_ratio(self.work.minor * planned, self.quantity), self.work.currency)

    def made_of(self, there: Sequence[int]) -> int:
        """How many pieces a batch can be planned for with so many of each input, in the order of the inputs."""
        part = self.quantity * (PARTS - self.loss)
        return min(
            (max(pieces, 0) * part // (one.quantity * PARTS) for one, pieces in zip(self.inputs, there, strict=True)),
            default=0,
        )


def in_force(versions: Iterable[Recipe], day: date) -> Recipe | None:
    """The version that holds on a day, withdrawn or not; None before the first. Of one day the newest holds.

    A withdrawal also ends the older versions that were to begin on its day or later.
    """
    begun = [one for one in versions if one.valid_from <= day]
    ends = [one for one in begun if one.is_withdrawn]
    holding = [
        one for one in begun if not any(one.version < end.version and one.valid_from >= end.valid_from for end in ends)
    ]
    return max(holding, key=lambda one: (one.valid_from, one.version), default=None)


def comes_next(versions: Sequence[Recipe], day: date) -> Recipe | None:
    """The version, or the withdrawal, that takes over after a day; None where the one in force stays."""
    later = sorted({one.valid_from for one in versions if one.valid_from > day})
    coming = (in_force(versions, one) for one in later)
    now = in_force(versions, day)
    return next((one for one in coming if one is not None and one != now), None)


def check_takes_hold(versions: Sequence[Recipe], changed: Recipe, today: date, field: str = "valid_from") -> Recipe:
    """Refuse a change that no batch would ever be made by. Raises NeverInForce."""
    holds = in_force([*versions, changed], max(today, changed.valid_from))
    if holds is not None and holds != changed:
        raise NeverInForce(field, changed.document, changed.valid_from, holds.valid_from)
    return changed


def shown_of(versions: Sequence[Recipe], day: date) -> Recipe:
    """The version that stands for a recipe on a day: the one in force, before the first the one that comes next."""
    return in_force(versions, max(day, min(one.valid_from for one in versions))) or versions[0]


def usable(versions: Sequence[Recipe], day: date) -> Recipe:
    """The version by which goods are made on a day. Raises RecipeNotYet, RecipeWithdrawn."""
    found = shown_of(versions, day)
    if found.is_withdrawn:
        raise RecipeWithdrawn(found.document, found.valid_from)
    if found.valid_from > day:
        raise RecipeNotYet(found.document, found.valid_from, day)
    return found


def check_recipe_name(name: str, field: str = "name") -> str:
    """Return a recipe's name trimmed, or refuse it."""
    name = name.strip()
    if not name:
        raise BadField(field, "missing")
    if len(name) > LONGEST_NAME:
        raise BadField(field, "too_long", name[:LONGEST_NAME])
    if not name.isprintable():
        raise BadField(field, "not_a_text", readable(name)[:40])
    return name


def check_quantity(pieces: int, field: str = "quantity") -> int:
    """Refuse a number of pieces that no batch has."""
    if pieces < 1:
        raise BadField(field, "not_positive", str(pieces)[:20])
    if pieces > MOST_PIECES:
        raise BadField(field, "too_large", str(pieces)[:20])
    return pieces


def check_loss(loss: int, field: str = "loss") -> int:
    """Refuse a yield loss that leaves nothing, or one below none."""
    if not 0 <= loss < PARTS:
        raise BadField(field, "out_of_range", str(loss)[:20])
    return loss


def check_shelf_days(days: int | None, field: str = "shelf_days") -> int | None:
    """Refuse a shelf life that no goods have."""
    if days is not None and not 0 <= days <= MOST_SHELF_DAYS:
        raise BadField(field, "out_of_range", str(days)[:20])
    return days


def check_work(work: Money, field: str = "work") -> Money:
    """Refuse a cost below nothing."""
    if work.minor < 0:
        raise BadField(field, "negative", str(work))
    return work
