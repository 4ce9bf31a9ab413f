"""What the workshop made in a period: its yield, what it cost, and what was lost, by recipe and by reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from pos.domain.workshop.batch import FINISHED, GIVEN_UP, Batch


@dataclass(frozen=True, slots=True)
class RecipeFigures:
    """The batches of one recipe: how many were finished and given up, pieces planned and made of the finished ones.

    `inputs` and `work` are what these cost, in minor units (None: of some it is unknown). `lost` pieces of inputs were
    lost by a stated reason, and cost `lost_cost`.
    """

    recipe: int
    product: int
    finished: int = 0
    given_up: int = 0
    planned: int = 0
    made: int = 0
    inputs: int | None = 0
    work: int = 0
    lost: int = 0
    lost_cost: int | None = 0

    @property
    def achieved(self) -> Fraction | None:
        """The yield: pieces made of those planned; None where nothing was finished."""
        return Fraction(self.made, self.planned) if self.planned else None

    @property
    def cost(self) -> int | None:
        """What the pieces made cost together."""
        return None if self.inputs is None else self.inputs + self.work

    @property
    def each(self) -> Fraction | None:
        """What a piece cost, exactly; None where nothing was made or the cost is unknown."""
        return Fraction(self.cost, self.made) if self.made and self.cost is not None else None


@dataclass(frozen=True, slots=True)
class ReasonFigures:
    """Pieces that were lost for one reason, and what the stock lost by them (None: of some it is unknown)."""

    reason: str
    pieces: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class WorkshopFigures:
    """The figures of a period. `started` batches have `in_process` pieces now, which cost `process_cost`."""

    recipes: tuple[RecipeFigures, ...]
    losses: tuple[ReasonFigures, ...]
    started: int
    in_process: int
    process_cost: int | None


def figures_of(ended: Iterable[Batch], within: tuple[datetime, datetime], running: Sequence[Batch]) -> WorkshopFigures:
    """The figures of batches that `ended` in a period, `within` its instants; `running` are those that are started now.

    A finished batch that was given up since counts as given up, at its own time.
    """
    recipes: dict[int, RecipeFigures] = {}
    losses: dict[str, ReasonFigures] = {}
    for batch in ended:
        before = recipes.get(batch.recipe, RecipeFigures(batch.recipe, batch.product))
        if batch.state == FINISHED and _is_within(batch.finished_at, within):
            before = replace(
                before,
                finished=before.finished + 1,
                planned=before.planned + batch.planned,
                made=before.made + (batch.made or 0),
                inputs=_plus(before.inputs, batch.input_cost),
                work=before.work + (batch.work_minor or 0),
            )
        elif batch.state == GIVEN_UP and _is_within(batch.given_up_at, within):
            before = replace(before, given_up=before.given_up + 1)
        for loss in batch.losses:
            if _is_within(loss.at, within):
                before = replace(before, lost=before.lost + loss.quantity, lost_cost=_plus(before.lost_cost, loss.cost))
                of = losses.get(loss.reason, ReasonFigures(loss.reason, 0, 0))
                losses[loss.reason] = ReasonFigures(loss.reason, of.pieces + loss.quantity, _plus(of.cost, loss.cost))
        recipes[batch.recipe] = before
    cost: int | None = 0
    for batch in running:
        cost = _plus(cost, batch.input_cost)
    return WorkshopFigures(
        tuple(recipes[number] for number in sorted(recipes) if _says_something(recipes[number])),
        tuple(losses[reason] for reason in sorted(losses)),
        len(running),
        sum(batch.taken for batch in running),
        cost,
    )


def _says_something(one: RecipeFigures) -> bool:
    return bool(one.finished or one.given_up or one.lost)


def _is_within(at: datetime | None, within: tuple[datetime, datetime]) -> bool:
    return at is not None and within[0] <= at < within[1]


def _plus(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
