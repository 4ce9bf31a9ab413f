"""An independent model of a workshop: every piece by itself, costs as fractions rounded where the books round.

It shares no code with the program. A piece knows its lot and of which pieces that came in it is made.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

NO_DAY = date.max
Origin = Mapping[int, Fraction]
"""Of which lots that came in, and how many pieces of each, one piece is made."""


@dataclass
class Piece:
    """One piece: of a lot (0: of none) that ends on a day, at a place."""

    lot: int
    ends: date
    place: str
    origin: Origin


def half_up(value: Fraction) -> int:
    """Rounded to a whole number, halves up: nothing here is below zero."""
    return int(value + Fraction(1, 2))


@dataclass
class Goods:
    """The pieces of a product and what they cost together."""

    pieces: list[Piece] = field(default_factory=list)
    value: int = 0

    def leaves(self, count: int, came_for: int | None = None) -> int:
        """The cost of pieces that leave, on average or that for which they came; they are removed by the caller."""
        there = len(self.pieces)
        if count >= there:
            cost = self.value
        else:
            cost = half_up(Fraction(self.value * count, there)) if came_for is None else min(came_for, self.value)
        self.value -= cost
        return cost

    def lies(self) -> Counter[tuple[str, int]]:
        """Pieces by place and lot."""
        return Counter((piece.place, piece.lot) for piece in self.pieces)


@dataclass
class Part:
    """What a batch took at one place of one lot: the pieces that are still in it, and their cost."""

    product: str
    place: str
    lot: int
    pieces: list[Piece]
    taken: int
    cost: int
    returned: int = 0
    gone: int = 0

    def gives(self, count: int) -> tuple[list[Piece], int]:
        """Pieces that leave the batch again, with their cost: what has left in all costs its share of the whole."""
        self.gone += count
        in_all = self.cost if self.gone == self.taken else half_up(Fraction(self.cost * self.gone, self.taken))
        cost, self.returned = in_all - self.returned, in_all
        out, self.pieces = self.pieces[:count], self.pieces[count:]
        return out, cost


@dataclass
class Model:
    """The goods of a shop, its batches by number, and what became of the pieces of each lot that came in."""

    goods: defaultdict[str, Goods] = field(default_factory=lambda: defaultdict(Goods))
    batches: dict[int, list[Part]] = field(default_factory=dict)
    came: Counter[int] = field(default_factory=Counter)
    sold: defaultdict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    wasted: defaultdict[int, Fraction] = field(default_factory=lambda: defaultdict(Fraction))
    costs: dict[int, int] = field(default_factory=dict)
    """What the output of each finished batch cost."""
    done: dict[int, tuple[list[Part], str, int, int, Mapping[int, Fraction]]] = field(default_factory=dict)
    """Of each finished batch: its parts, what it made, of which lot and how many, and what was lost in processing."""

    def brings(self, product: str, lot: int, ends: date | None, place: str, count: int, cost: int) -> None:
        """A delivery."""
        goods = self.goods[product]
        self.came[lot] += count
        goods.pieces += [Piece(lot, ends or NO_DAY, place, {lot: Fraction(1)} if lot else {}) for _ in range(count)]
        goods.value += cost

    def takes(self, product: str, count: int, today: date, places: tuple[str, ...]) -> list[Piece] | None:
        """The pieces that end first and are not over, those of no lot last; None where there are too few."""
        order = {"store": 0, "floor": 1}
        there = [
            piece
            for piece in self.goods[product].pieces
            if piece.place in places and (not piece.lot or piece.ends >= today)
        ]
        there.sort(key=lambda piece: (not piece.lot, piece.ends, piece.lot, order[piece.place]))
        return there[:count] if len(there) >= count else None

    def remove(self, product: str, pieces: list[Piece]) -> None:
        """Take these very pieces away."""
        gone = {id(piece) for piece in pieces}
        goods = self.goods[product]
        goods.pieces = [piece for piece in goods.pieces if id(piece) not in gone]

    def sells(self, product: str, count: int, today: date) -> bool:
        """A sale from the floor."""
        pieces = self.takes(product, count, today, ("floor",))
        if pieces is None:
            return False
        self.goods[product].leaves(count)
        self.remove(product, pieces)
        _count(self.sold, pieces)
        return True

    def writes_off(self, product: str, pieces: list[Piece]) -> None:
        """Pieces of one lot and place that are wasted."""
        self.goods[product].leaves(len(pieces))
        self.remove(product, pieces)
        _count(self.wasted, pieces)

    def starts(self, number: int, needs: Mapping[str, int], today: date) -> bool:
        """The inputs leave, part by part."""
        chosen = {product: self.takes(product, count, today, ("store", "floor")) for product, count in needs.items()}
        if any(pieces is None for pieces in chosen.values()):
            return False
        parts: list[Part] = []
        for product, pieces in chosen.items():
            assert pieces is not None
            groups: dict[tuple[str, int], list[Piece]] = {}
            for piece in pieces:
                groups.setdefault((piece.place, piece.lot), []).append(piece)
            for (place, lot), of_part in groups.items():
                cost = self.goods[product].leaves(len(of_part))
                self.remove(product, of_part)
                parts.append(Part(product, place, lot, of_part, len(of_part), cost))
        self.batches[number] = parts
        return True

    def comes_back(self, number: int, back: Counter[str], lost: Counter[str]) -> None:
        """Lost pieces are those that end first, and come to nothing; unused ones those that end last."""
        wasted: list[tuple[str, list[Piece]]] = []
        for product, count in lost.items():
            for part in self.batches[number]:
                if part.product == product and (out := min(count, len(part.pieces))):
                    wasted.append((product, self._returns(part, out, "store")))
                    count -= out
        for product, count in back.items():
            for part in reversed(self.batches[number]):
                if part.product == product and (out := min(count, len(part.pieces))):
                    self._returns(part, out, part.place)
                    count -= out
        for product, pieces in wasted:
            self.writes_off(product, pieces)

    def _returns(self, part: Part, count: int, place: str) -> list[Piece]:
        pieces, cost = part.gives(count)
        for piece in pieces:
            piece.place = place
        self.goods[part.product].pieces += pieces
        self.goods[part.product].value += cost
        return pieces

    def finishes(
        self,
        number: int,
        product: str,
        made: int,
        lot: int,
        ends: date,
        place: str,
        work: int,
        norms: Mapping[str, Fraction],
    ) -> None:
        """The output; `norms` is what a piece of it has of each input by the recipe."""
        parts = self.batches.pop(number)
        origin: defaultdict[int, Fraction] = defaultdict(Fraction)
        lost: defaultdict[int, Fraction] = defaultdict(Fraction)
        for name, norm in norms.items():
            pieces = [piece for part in parts if part.product == name for piece in part.pieces]
            if not pieces:
                continue
            inside = min(Fraction(1), norm * made / len(pieces))
            for piece in pieces:
                for source, share in piece.origin.items():
                    origin[source] += share * inside / made
                    lost[source] += share * (1 - inside)
        for source, share in lost.items():
            self.wasted[source] += share
        self.done[number] = (parts, product, lot, made, lost)
        cost = sum(part.cost - part.returned for part in parts) + work
        self.costs[number] = cost
        self.goods[product].pieces += [Piece(lot, ends, place, dict(origin)) for _ in range(made)]
        self.goods[product].value += cost

    def is_whole(self, number: int) -> bool:
        """Whether all that a finished batch made is here."""
        _, product, lot, made, _ = self.done[number]
        return sum(1 for piece in self.goods[product].pieces if piece.lot == lot) == made

    def undoes(self, number: int) -> None:
        """A finished batch is given up: its output leaves, all that went into it comes back."""
        parts, product, lot, made, lost = self.done.pop(number)
        self.goods[product].leaves(made, self.costs[number])
        self.remove(product, [piece for piece in self.goods[product].pieces if piece.lot == lot])
        for source, share in lost.items():
            self.wasted[source] -= share
        for part in parts:
            self._returns(part, len(part.pieces), part.place)

    def whereabouts(self, lot: int) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """Pieces of a lot that are sold, wasted, in process and on hand; they come to those that came."""
        on_hand = sum(
            (piece.origin.get(lot, Fraction(0)) for goods in self.goods.values() for piece in goods.pieces), Fraction(0)
        )
        in_process = sum(
            (
                piece.origin.get(lot, Fraction(0))
                for parts in self.batches.values()
                for part in parts
                for piece in part.pieces
            ),
            Fraction(0),
        )
        return self.sold[lot], self.wasted[lot], in_process, on_hand


def _count(counts: defaultdict[int, Fraction], pieces: list[Piece]) -> None:
    for piece in pieces:
        for source, share in piece.origin.items():
            counts[source] += share
