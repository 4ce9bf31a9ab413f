"""Which promotion works on which piece: the sum that is best for the buyer, each piece in one promotion at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import lcm

from pos.domain.money import Currency, Money
from pos.domain.pricing.promotion import ApplicablePromotions, Offers, Promoted, Promotion, weighable
from pos.domain.sales.cart_line import CartLine


@dataclass(slots=True)
class _Row:
    """A row whose pieces bundles may want: what a piece costs, and what holds for it."""

    index: int
    price: int
    quantity: int
    chosen: ApplicablePromotions
    reductions: dict[int, tuple[Promotion, int, int]] = field(default_factory=dict)

    @property
    def bundles(self) -> tuple[Promotion, ...]:
        """The bundles that its pieces may join."""
        return self.chosen.bundles

    @property
    def single_off(self) -> int:
        """What the best promotion of single pieces takes off one, in minor units."""
        return self.chosen.single_off.minor

    def take(self, promotion: Promotion | None, pieces: int, off: int) -> None:
        """Count what a promotion takes off so many pieces."""
        if promotion is not None:
            _, before, sum_before = self.reductions.get(promotion.id, (promotion, 0, 0))
            self.reductions[promotion.id] = promotion, before + pieces, sum_before + off

    def promotions(self, currency: Currency) -> tuple[Promoted, ...]:
        """What was counted, eldest promotion first."""
        reduced = [self.reductions[number] for number in sorted(self.reductions)]
        return tuple(Promoted(one.id, one.name, pieces, Money(off, currency)) for one, pieces, off in reduced if off)


def best_offers(lines: Sequence[CartLine], offers: Offers) -> list[tuple[Promoted, ...]]:
    """What the promotions take off each row, in the order of the rows.

    A price or discount given by hand takes the place of a promotion on its row, and so does an agreed price.
    """
    promoted: list[tuple[Promoted, ...]] = []
    rows: list[_Row] = []
    for index, line in enumerate(lines):
        applied: tuple[Promoted, ...] = ()
        if line.discount is None and line.catalogue is None and line.agreed is None:
            chosen = offers.of(line.product, line.unit_price)
            if chosen.bundles:
                rows.append(_Row(index, line.unit_price.minor, line.quantity, chosen))
            else:
                applied = chosen.alone(line.quantity)
        promoted.append(applied)
    for bundles, together in _families(rows):
        _weigh(together, bundles)
    for row in rows:
        promoted[row.index] = row.promotions(lines[row.index].unit_price.currency)
    return promoted


def _families(rows: Sequence[_Row]) -> Iterator[tuple[tuple[Promotion, ...], list[_Row]]]:
    """Bundles that may want the same pieces, with the rows they are about, the dearest first."""
    families: list[tuple[dict[int, Promotion], list[_Row]]] = []
    for row in rows:
        mine = {bundle.id: bundle for bundle in row.bundles}
        together, apart = [row], []
        for known, others in families:
            if known.keys().isdisjoint(mine):
                apart.append((known, others))
            else:
                mine |= known
                together += others
        families = [*apart, (mine, together)]
    for known, together in families:
        together.sort(key=lambda row: (-row.price, row.index))
        yield weighable(list(known.values())), together


_State = tuple[int, ...]
"""Of each bundle, how many pieces of the one under way are there."""


def _weigh(rows: Sequence[_Row], bundles: Sequence[Promotion]) -> None:
    """Go through the pieces from the dearest on and choose for each: a bundle, or a promotion of its own.

    With any choice of pieces it is best to fill a bundle with neighbours, and then the cheapest are free. So it is
    enough to know how full each bundle is, and the best way to every such state is found piece by piece.
    """
    pieces = [row for row in rows for _ in range(_shortened(row, bundles))]
    start: _State = (0,) * len(bundles)
    gains: dict[_State, int] = {start: 0}
    ways: list[dict[_State, tuple[_State, int | None]]] = []
    for row in pieces:
        after: dict[_State, int] = {}
        way: dict[_State, tuple[_State, int | None]] = {}
        for state, gain in gains.items():
            for choice, reached, more in _choices(row, bundles, state):
                if reached not in after or gain + more > after[reached]:
                    after[reached], way[reached] = gain + more, (state, choice)
        gains = after
        ways.append(way)
    state = start  # only whole bundles count
    for row, way in zip(reversed(pieces), reversed(ways)):
        before, choice = way[state]
        if choice is None:
            row.take(row.chosen.single, 1, row.single_off)
        elif before[choice] >= bundles[choice].paid:
            row.take(bundles[choice], 1, row.price)
        state = before


def _choices(row: _Row, bundles: Sequence[Promotion], state: _State) -> Iterator[tuple[int | None, _State, int]]:
    yield None, state, row.single_off
    for index, bundle in enumerate(bundles):
        if bundle in row.bundles:
            filled = state[index]
            reached = (*state[:index], (filled + 1) % bundle.size, *state[index + 1 :])
            yield index, reached, row.price if filled >= bundle.paid else 0


def _shortened(row: _Row, bundles: Sequence[Promotion]) -> int:
    """How many of a row's pieces are left to weigh, when whole bundles of nothing but them are made where that is best.

    Of very many like pieces some must form whole bundles of their own; these are made of the sort that takes off most.
    """
    mine = [bundle for bundle in bundles if bundle in row.bundles]
    whole = lcm(*(bundle.size for bundle in mine))
    longest = max((bundle.size for bundle in mine), default=1)
    keep = (len(mine) + 1) * (whole + 2 * longest)
    if row.quantity <= keep:
        return row.quantity
    times = (row.quantity - keep) // whole
    best = max(mine, key=lambda bundle: _free(bundle, whole), default=None)
    free = 0 if best is None else _free(best, whole)
    if free * row.price > row.single_off * whole:
        row.take(best, free * times, free * times * row.price)
    else:
        row.take(row.chosen.single, whole * times, row.single_off * whole * times)
    return row.quantity - times * whole


def _free(bundle: Promotion, pieces: int) -> int:
    return pieces // bundle.size * (bundle.size - bundle.paid)
