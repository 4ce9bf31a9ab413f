"""To which side the visitors of a sale leave: pressed by the cashier, or else taken from their documents."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pos.domain.border import border_in_force
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class WayOut:
    """The side that was `pressed`, and for which visitors (by key): it does not hold for those who came later.

    A side that was not pressed stands in no field, so that it goes with the visitor whose document it was taken from.
    """

    pressed: str | None = None
    agreed: frozenset[str] = frozenset()

    @classmethod
    def kept(cls, destination: str | None, visitors: Sequence[Visitor], agreed: Collection[str] | None) -> WayOut:
        """That of a saved sale; where nothing says for whom a side was pressed, it was for all of them."""
        if agreed is not None:
            return cls(destination, frozenset(agreed))
        taken = cls()
        return taken if taken.of(visitors) == destination else taken.pressing(destination, visitors)

    def pressing(self, side: str | None, visitors: Sequence[Visitor]) -> WayOut:
        """The same with a side pressed for these visitors."""
        return WayOut(side, frozenset(visitor.key for visitor in visitors))

    def answered(
        self, side: str, visitor: Visitor, visitors: Sequence[Visitor], strangers: Collection[str] = ()
    ) -> WayOut:
        """The same with a side that was said of one visitor, who is among `visitors`.

        All leave to one side. So another side than before holds for them alone, and the others are asked about it, but
        for `strangers` (by label), who have nothing to carry.
        """
        if side != self.of(visitors):
            return WayOut(side, frozenset(one.key for one in visitors if one == visitor or one.label in strangers))
        doubted = self.doubted(visitors)
        return WayOut(side, frozenset(one.key for one in visitors if one.label not in doubted or one == visitor))

    def of(self, visitors: Sequence[Visitor]) -> str | None:
        """The side: as pressed, else the one where the first visitor from either side lives.

        A border with one side has no other way out for anybody.
        """
        if self.pressed is not None:
            return self.pressed
        if visitors and len(border_in_force().sides) == 1:
            return border_in_force().sides[0]
        return next((visitor.residence for visitor in visitors if visitor.residence in border_in_force().sides), None)

    def doubted(self, visitors: Sequence[Visitor], strangers: Collection[str] = ()) -> tuple[str, ...]:
        """The labels of those for whom this side was not pressed and whose document does not lead to it.

        A document of neither side leads nowhere: its holder leaves with the others of the sale, but not by the side of
        visitors who have gone, or who are `strangers` (by label) until the cashier says that they shop together.
        """
        side = self.of(visitors)
        if len(border_in_force().sides) == 1:
            return ()
        known = [visitor for visitor in visitors if visitor.label not in strangers]
        if self.pressed is not None:
            is_of_others = bool(self.agreed) and self.agreed.isdisjoint({visitor.key for visitor in known})
        else:
            is_of_others = all(visitor.residence != side for visitor in known)
        return tuple(
            visitor.label
            for visitor in visitors
            if visitor.residence != side
            and visitor.key not in self.agreed
            and (visitor.residence in border_in_force().sides or (is_of_others and visitor in known))
        )


NOT_PRESSED = WayOut()
"""No side was pressed."""
