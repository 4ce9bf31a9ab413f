"""The borders at which a new shop can stand, before it has its first manager."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.application.settings.context import UseCase
from pos.application.settings.settle_border import is_in_use
from pos.domain.border import USUAL_BORDER, Border, border_in_force
from pos.domain.errors import RuleBroken


@dataclass(frozen=True, slots=True, eq=False)
class BorderFiles:
    """The borders that have a good file, and what is wrong with the other files, one fault of each."""

    borders: tuple[Border, ...]
    faults: tuple[RuleBroken, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class BordersToChoose:
    """The borders to choose from: the usual one first, examples last.

    `in_force` is where the program stands: where it was started for, or the usual one. `is_settled`: the store has
    people or goods, and so the shop stays there.
    """

    borders: tuple[Border, ...]
    in_force: Border
    is_settled: bool
    faults: tuple[RuleBroken, ...] = ()


@dataclass(frozen=True, slots=True)
class OfferBorders(UseCase):
    """Reads the files of all borders again: one may have been changed since."""

    files: Callable[[], BorderFiles]

    def __call__(self) -> BordersToChoose:
        found, here = self.files(), border_in_force()
        with self.store.reading() as work:
            is_settled = is_in_use(work)
        known = {one.id: one for one in found.borders} | {here.id: here}
        in_order = sorted(known.values(), key=lambda one: (one.id != USUAL_BORDER, one.is_example, one.id))
        return BordersToChoose(tuple(in_order), here, is_settled, found.faults)
