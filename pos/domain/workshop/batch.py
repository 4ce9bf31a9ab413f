"""A batch: planned, started, finished or given up; which goods it took, what came back of them and what was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from pos.domain.document_number import read_document_number
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money
from pos.domain.purchasing.document_day import check_promised
from pos.domain.stock.stock import Worth
from pos.domain.workshop.recipe import Recipe, RecipeInput, RecipeWithdrawn, shown_of

PLANNED, STARTED, FINISHED, GIVEN_UP = "planned", "started", "finished", "given_up"
STATES = (PLANNED, STARTED, FINISHED, GIVEN_UP)
OPEN_STATES = (PLANNED, STARTED)
LOSS_REASONS = ("spoiled", "damaged", "expired", "recalled", "customs", "theft", "unknown")
"""Why pieces that a batch took are lost."""
NO_LOT = 0
"""Names the pieces that are of no lot, where None means those of any."""


def batch_name(number: int) -> str:
    """The number of a batch as documents bear it: B-000012."""
    return f"B-{number:06d}"


def read_batch_name(text: str, field: str = "batch") -> int:
    """The number in `B-000012`, `b-12` or `12`; raises BadField for what can be none."""
    number = read_document_number(text, "B")
    if number is None:
        raise BadField(field, "not_a_number", text.strip()[:20])
    return number


@dataclass(eq=False)
class NoSuchBatch(BadInput):
    """No batch has this number."""

    fact = "no_such_batch"

    batch: str


@dataclass(eq=False)
class BatchStarted(Refused):
    """The batch was started before: its goods are taken once."""

    fact = "batch_started"

    batch: str
    person: str
    at: datetime


@dataclass(eq=False)
class BatchNotStarted(Refused):
    """The batch was not started: nothing was made of anything yet."""

    fact = "batch_not_started"

    batch: str


@dataclass(eq=False)
class BatchNotFinished(Refused):
    """Nothing came out of the batch yet."""

    fact = "batch_not_finished"

    batch: str


@dataclass(eq=False)
class BatchFinished(Refused):
    """The batch is finished: its output lies in the stock."""

    fact = "batch_finished"

    batch: str
    person: str
    at: datetime


@dataclass(eq=False)
class BatchGivenUp(Refused):
    """The batch was given up."""

    fact = "batch_given_up"

    batch: str
    person: str
    at: datetime


@dataclass(eq=False)
class BatchNotYet(Refused):
    """The version of the recipe by which the batch was planned is in force from a later day."""

    fact = "batch_not_yet"

    batch: str
    recipe: str
    valid_from: date


@dataclass(eq=False)
class NotEnoughInput(Refused):
    """Fewer pieces of an input are free than the batch needs: neither held, set aside nor past their last day.

    `more` further inputs are short, too.
    """

    fact = "not_enough_input"

    batch: str
    code: str
    wanted: int
    there: int
    more: int


@dataclass(eq=False)
class OutputGone(Refused):
    """Of the output of a finished batch only `there` pieces are left: it cannot be given up any more."""

    fact = "output_gone"

    batch: str
    made: int
    there: int


@dataclass(eq=False)
class LotTaken(Refused):
    """The product has a lot of this code already: each batch makes a lot of its own."""

    fact = "lot_taken"

    code: str
    lot: str


@dataclass(eq=False)
class MoreThanTaken(BadInput):
    """More pieces should come back or be lost than the batch took."""

    fact = "more_than_taken"

    batch: str
    code: str
    taken: int
    wanted: int


@dataclass(frozen=True, slots=True)
class TakenPart:
    """Pieces that a batch took from one place, of one lot (None: of none), and what they cost (None: unknown).

    `back` of them came back unused, and `lost` were lost by a stated reason; `returned_cost` is what these cost
    together. The rest went into the output.
    """

    product: int
    place: str
    lot: int | None
    quantity: int
    cost: int | None
    back: int = 0
    lost: int = 0
    returned_cost: int | None = 0

    @property
    def used(self) -> int:
        """Pieces that went into the output."""
        return self.quantity - self.back - self.lost

    @property
    def used_cost(self) -> int | None:
        """What they cost; the costs of both parts add up to that of the whole."""
        if self.cost is None or self.returned_cost is None:
            return None
        return self.cost - self.returned_cost

    def giving_back(self, back: int, lost: int) -> TakenPart:
        """With pieces that left the batch again. They take their share of the cost, rounded half up, the last the
        rest.
        """
        _, cost = Worth(self.quantity, self.cost).issuing(back + lost) if back + lost else (None, 0)
        return replace(self, back=back, lost=lost, returned_cost=cost)


@dataclass(frozen=True, slots=True)
class GivenBack:
    """Pieces of a product that the batch did not need; of one lot, where it is named (NO_LOT: of none)."""

    product: int
    quantity: int
    lot: int | None = None


@dataclass(frozen=True, slots=True)
class LostInput:
    """Pieces of a product that were lost, and why; of one lot, where it is named (NO_LOT: of none)."""

    product: int
    quantity: int
    reason: str
    lot: int | None = None


@dataclass(frozen=True, slots=True)
class BatchLoss:
    """Pieces of one taken part that were written off; `cost` is what the stock lost by it (None: unknown)."""

    part: int
    product: int
    lot: int | None
    quantity: int
    reason: str
    cost: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch by a version of a recipe. `needs` is what it takes, `work` what the work on it costs: both frozen when it
    was planned for a `day`.

    `made` pieces came out as the `lot`, and lie at `place`; `work_minor` and `cost` are what the work and all of the
    output cost, in minor units of the price currency (None: unknown).
    """

    id: int
    number: int
    recipe: int
    version: int
    product: int
    planned: int
    day: date
    needs: tuple[RecipeInput, ...]
    work: Money
    state: str
    at: datetime
    person: str
    note: str = ""
    parts: tuple[TakenPart, ...] = ()
    losses: tuple[BatchLoss, ...] = field(default=())
    started_at: datetime | None = None
    started_by: str | None = None
    made: int | None = None
    lot: int | None = None
    place: str = ""
    work_minor: int | None = None
    cost: int | None = None
    finished_at: datetime | None = None
    finished_by: str | None = None
    given_up_at: datetime | None = None
    given_up_by: str | None = None

    @property
    def document(self) -> str:
        """Its number as documents bear it: B-000012."""
        return batch_name(self.number)

    @property
    def taken(self) -> int:
        """All pieces that it took."""
        return sum(part.quantity for part in self.parts)

    @property
    def input_cost(self) -> int | None:
        """What the goods in the output cost: nothing of what came back or was written off."""
        costs = [part.used_cost for part in self.parts]
        return None if any(cost is None for cost in costs) else sum(cost for cost in costs if cost is not None)

    @property
    def achieved(self) -> Fraction | None:
        """The yield: what was made of what was planned; None while nothing is made."""
        return None if self.made is None else Fraction(self.made, self.planned)

    def check_startable(self, versions: Sequence[Recipe], today: date) -> None:
        """Raise BatchStarted, BatchFinished, BatchGivenUp, BatchNotYet, RecipeWithdrawn; `versions` are those of its
        recipe.
        """
        self._check_open()
        if self.state == STARTED:
            assert self.started_at is not None
            raise BatchStarted(self.document, self.started_by or "", self.started_at)
        now = shown_of(versions, today)
        if now.is_withdrawn:
            raise RecipeWithdrawn(now.document, now.valid_from)
        planned_by = next(one for one in versions if one.version == self.version)  # it keeps its version
        if planned_by.valid_from > today:
            raise BatchNotYet(self.document, now.document, planned_by.valid_from)

    def check_started(self) -> None:
        """Raise BatchNotStarted, BatchFinished, BatchGivenUp."""
        self._check_open()
        if self.state != STARTED:
            raise BatchNotStarted(self.document)

    def check_not_given_up(self) -> None:
        """Raise BatchGivenUp."""
        if self.state == GIVEN_UP:
            assert self.given_up_at is not None
            raise BatchGivenUp(self.document, self.given_up_by or "", self.given_up_at)

    def _check_open(self) -> None:
        self.check_not_given_up()
        if self.state == FINISHED:
            assert self.finished_at is not None
            raise BatchFinished(self.document, self.finished_by or "", self.finished_at)

    def started(self, at: datetime, person: str, parts: Sequence[TakenPart]) -> Batch:
        """With the goods that it took."""
        return replace(self, state=STARTED, started_at=at, started_by=person, parts=tuple(parts))

    def finished(
        self, at: datetime, person: str, made: int, lot: int, place: str, work_minor: int, sorted_out: SortedOut
    ) -> Batch:
        """With its output, which costs what went into it and the work."""
        after = replace(
            self,
            state=FINISHED,
            finished_at=at,
            finished_by=person,
            made=made,
            lot=lot,
            place=place,
            work_minor=work_minor,
            parts=sorted_out.parts,
            losses=sorted_out.losses,
        )
        inputs = after.input_cost
        return replace(after, cost=None if inputs is None else inputs + work_minor)

    def given_up(self, at: datetime, person: str, sorted_out: SortedOut) -> Batch:
        """With what was lost; the rest came back."""
        return replace(
            self,
            state=GIVEN_UP,
            given_up_at=at,
            given_up_by=person,
            parts=sorted_out.parts,
            losses=(*self.losses, *sorted_out.losses),
        )


@dataclass(frozen=True, slots=True)
class SortedOut:
    """The taken parts with what left the batch again, and the losses by reason."""

    parts: tuple[TakenPart, ...]
    losses: tuple[BatchLoss, ...]


def sort_out(
    batch: Batch,
    back: Sequence[GivenBack],
    lost: Sequence[LostInput],
    codes: dict[int, str],
    *,
    rest_back: bool = False,
) -> SortedOut:
    """Find the parts of which pieces come back or were lost; `codes` names the products in a refusal.

    Without a lot what is lost is of those that end first, and what comes back of those that end last. `rest_back`:
    all that is not lost comes back. What was sorted out before stays so. Raises MoreThanTaken.
    """
    left = [part.used for part in batch.parts]
    returned = [[part.back, part.lost] for part in batch.parts]
    losses: list[BatchLoss] = []

    def take(product: int, quantity: int, lot: int | None, kind: int) -> list[tuple[int, int]]:
        places = [
            at
            for at, part in enumerate(batch.parts)
            if part.product == product and (lot is None or (part.lot or NO_LOT) == lot) and left[at]
        ]
        there = sum(left[at] for at in places)
        if quantity > there:
            raise MoreThanTaken(batch.document, codes.get(product, str(product)), there, quantity)
        out = []
        for at in places if kind == 1 else reversed(places):
            pieces = min(left[at], quantity)
            if pieces:
                left[at] -= pieces
                returned[at][kind] += pieces
                quantity -= pieces
                out.append((at, pieces))
        return out

    for one in sorted(lost, key=lambda gone: gone.lot is None):  # a named lot is served first
        for at, pieces in take(one.product, one.quantity, one.lot, 1):
            losses.append(BatchLoss(at, one.product, batch.parts[at].lot, pieces, one.reason))
    for line in sorted(back, key=lambda given: given.lot is None):
        take(line.product, line.quantity, line.lot, 0)
    if rest_back:
        for at, pieces in enumerate(left):
            returned[at][0] += pieces
    parts = tuple(part.giving_back(*both) for part, both in zip(batch.parts, returned, strict=True))
    return SortedOut(parts, tuple(losses))


def last_day(recipe: Recipe, today: date, ends: Sequence[date | None]) -> date | None:
    """The last day of goods made today: by the shelf life of the recipe, else that of the input which ends first."""
    if recipe.shelf_days is not None:
        return today + timedelta(days=recipe.shelf_days)
    return min((day for day in ends if day is not None), default=None)


def entry_of(batch: str, entries: Sequence[str]) -> str:
    """The customs document of the output: that of its inputs if it is one and the same.

    Goods processed of several documents are under none of them alone: they bear the number of the batch, whose account
    names each. Inputs that came without a document do not count; the output of such inputs alone has none.
    """
    known = sorted({entry for entry in entries if entry})
    if not known:
        return ""
    return known[0] if len(known) == 1 else batch


def pieces_by_cost(cost: int, pieces: int) -> tuple[tuple[int, int], ...]:
    """How the cost of a batch falls on its pieces, to the minor unit: so many pieces at this cost, the dearer first."""
    each, odd = divmod(cost, pieces)
    return tuple((count, value) for count, value in ((odd, each + 1), (pieces - odd, each)) if count)


def check_planned_day(day: date | None, today: date, field: str = "day") -> date:
    """The day of a batch to plan; without one today. Raises BadField for a day that is over or too far ahead."""
    if day is not None and day < today:
        raise BadField(field, "in_the_past", day.isoformat())
    return check_promised(day, today, field) or today


def check_last_day(day: date | None, today: date, field: str = "expiry") -> None:
    """Refuse a last day of an output that is over already. Raises BadField."""
    if day is not None and day < today:
        raise BadField(field, "in_the_past", day.isoformat())


def loss_reason(reason: str, field: str = "reason") -> str:
    """Refuse what is no reason for a loss."""
    if reason not in LOSS_REASONS:
        raise BadField(field, "unknown" if reason else "missing", reason[:20])
    return reason
