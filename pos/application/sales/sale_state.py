"""One state of the sale in progress: the basket, who carries it, which way they leave, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from pos.application.sales.exchange_returns import NO_RETURNS, ExchangeReturns
from pos.application.visitors.record_entry_dates import ToldEntries
from pos.domain.sales.cart import Cart
from pos.domain.visitors.visitor import Visitor
from pos.domain.visitors.way_out import NOT_PRESSED, WayOut


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
    back: ExchangeReturns = NO_RETURNS
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
