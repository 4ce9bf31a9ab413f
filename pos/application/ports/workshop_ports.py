"""Ports of the workshop: recipes, batches, and the account of processed goods."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.workshop.batch import Batch
    from pos.domain.workshop.ledger import LotFigures, LotUse
    from pos.domain.workshop.recipe import Recipe


@dataclass(frozen=True, slots=True)
class RecipeVersion:
    """A version of a recipe, and who wrote it when."""

    recipe: Recipe
    at: datetime
    person: str


class StoredRecipes(Protocol):
    """Recipes; each version is written once."""

    def add(self, recipe: Recipe, at: datetime, person: str) -> None:
        """Write a version; the first one makes the recipe."""

    def lock(self, number: int) -> None:
        """Lock a recipe, if there is one, so that only one next version is written."""

    def versions(self, number: int) -> Sequence[RecipeVersion]:
        """All versions of a recipe, the first one first."""

    def of(self, numbers: Sequence[int]) -> Sequence[RecipeVersion]:
        """All versions of these recipes, by number and version."""

    def all(self) -> Sequence[RecipeVersion]:
        """All versions of all recipes, by number and version."""

    def making(self, products: Sequence[int]) -> Sequence[Recipe]:
        """All versions of the recipes by which these products are made."""


class StoredBatches(Protocol):
    """Batches, by number."""

    def add(self, batch: Batch) -> Batch:
        """Add a planned batch; return it with its id."""

    def by_number(self, number: int, *, lock: bool = False) -> Batch | None:
        """A batch with its parts and losses; `lock`: no other till changes it until the end of the transaction."""

    def listed(
        self, states: Sequence[str], limit: int, before: int | None = None, goods: Collection[int] | None = None
    ) -> Sequence[Batch]:
        """Batches in these states (none: all), newest first, with a number below `before`; of these `goods` (None: of
        any), which they make or take.
        """

    def count(self, state: str, most: int) -> int:
        """How many batches are in this state, `most` at most."""

    def start(self, batch: Batch) -> None:
        """Write what a batch took."""

    def end(self, batch: Batch, losses_before: int) -> None:
        """Write the output, or that the batch was given up; `losses_before` losses are written already."""

    def coming(self, products: Sequence[int]) -> Mapping[int, int]:
        """Pieces that open batches are to make of these products, without products of which there are none."""

    def ended(self, first: datetime, until: datetime) -> Sequence[Batch]:
        """Batches that were finished or given up from an instant on, before another; by number."""


class ProcessedGoods(Protocol):
    """What batches used, lot by lot."""

    def lots(self, entry: str, limit: int, after: int = 0, of_batch: int | None = None) -> Sequence[int]:
        """Lots that a batch used, by id; with a customs document all lots that came in under it. `of_batch` is the
        number of the batch that the document names, if it is one: then also the lots that went into it.

        What a batch made is not among them: it is followed from what it was made of.
        """

    def uses(self, lots: Sequence[int]) -> Sequence[LotUse]:
        """What batches used of these lots."""

    def figures(self, lots: Sequence[int]) -> Sequence[LotFigures]:
        """What the books say of these lots."""


class WorkshopKeys(Protocol):
    """Keys of requests: requested twice, done once."""

    def claim(self, key: str, fingerprint: str, at: datetime) -> bool:
        """Claim `key` as the first write of the step; False if it was claimed before."""

    def answer(self, key: str, document: str) -> None:
        """Keep which recipe or batch the request was about."""

    def claimed(self, key: str) -> tuple[str, str]:
        """The fingerprint with which a key was claimed, and its recipe or batch."""
