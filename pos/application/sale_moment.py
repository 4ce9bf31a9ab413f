"""One state of the sale in progress: the basket, who carries it, which way they leave, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos.application.coming_back import NOTHING_BACK, ComingBack
from pos.application.tell_entries import ToldEntries
from pos.domain.cart import Cart
from pos.domain.visitor import Visitor
from pos.domain.way_out import NOT_PRESSED, WayOut


@dataclass(frozen=True, slots=True)
class Moment:
    """One state of the basket, as undo returns to it.

    `told` are the answers about days of entry that were given here, by visitor's key; `untold` the visitors (by key)
    of whom it is known by now that their date of birth stays unknown. `strangers` (by key) stood there without goods
    when another came.
    """

    cart: Cart
    visitors: tuple[Visitor, ...] = ()
    way: WayOut = NOT_PRESSED
    back: ComingBack = NOTHING_BACK
    told: Mapping[str, ToldEntries] = field(default_factory=dict)
    untold: frozenset[str] = frozenset()
    strangers: frozenset[str] = frozenset()
    together: bool = False

    @property
    def destination(self) -> str | None:
        """The side to which they leave."""
        return self.way.of(self.visitors)

    @property
    def carriers(self) -> set[str | None]:
        """The labels of those who carry something."""
        return {line.carrier for line in self.cart.lines}

    def without_leftovers(self) -> Moment:
        """The same; what was given to a basket goes with its last row, or the next customer would have it."""
        cart = self.cart
        if cart.lines or (cart.basket is None and not cart.note):
            return self
        return replace(self, cart=replace(cart, basket=None, note=""))

    def with_visitor(self, visitor: Visitor) -> Moment:
        """The same with what is known by now of the visitor of that label; answers stay theirs under a new key."""
        before = next(one for one in self.visitors if one.label == visitor.label)

        def renamed(keys: Iterable[str]) -> frozenset[str]:
            return frozenset(visitor.key if key == before.key else key for key in keys)

        return replace(
            self,
            visitors=tuple(visitor if one is before else one for one in self.visitors),
            way=replace(self.way, agreed=renamed(self.way.agreed)),
            told={visitor.key if key == before.key else key: told for key, told in self.told.items()},
            untold=renamed(self.untold),
            strangers=renamed(self.strangers),
        )
