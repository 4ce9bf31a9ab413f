"""The customs account of processed goods: where the pieces of each lot went, through every batch that used them.

Of each lot: came = sold + wasted + in process + on hand − counted. Pieces that went into a batch are where its output
is, in the same proportion; what the recipe does not account for was lost in processing. Shares are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from pos.domain.stock.stock import Lot


@dataclass(frozen=True, slots=True)
class LotFigures:
    """What the books say of a lot: pieces that `came`, were sold (less returns), wasted, counted (±), are on hand.

    `came` includes what a batch made. Goods in and out of batches are not among them.
    """

    lot: Lot
    came: int
    sold: int
    wasted: int
    counted: int
    on_hand: int


@dataclass(frozen=True, slots=True)
class LotUse:
    """Pieces of a lot that a batch used. `contained` of them are in its output, the rest was lost in processing.

    While nothing has come out of the batch (`output` is None) they are in process.
    """

    batch: int
    lot: int
    used: int
    contained: Fraction
    output: int | None = None


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Pieces of a lot by where they are now: exact shares. `counted` was found (+) or is missing (−) by the books."""

    sold: Fraction = Fraction(0)
    wasted: Fraction = Fraction(0)
    in_process: Fraction = Fraction(0)
    counted: Fraction = Fraction(0)
    on_hand: Fraction = Fraction(0)

    @property
    def came(self) -> Fraction:
        """All of them: the identity of the account."""
        return self.sold + self.wasted + self.in_process + self.on_hand - self.counted

    def plus(self, other: Whereabouts, times: Fraction = Fraction(1)) -> Whereabouts:
        """Together with so many times the other."""
        return Whereabouts(
            self.sold + other.sold * times,
            self.wasted + other.wasted * times,
            self.in_process + other.in_process * times,
            self.counted + other.counted * times,
            self.on_hand + other.on_hand * times,
        )


NOWHERE = Whereabouts()


@dataclass(frozen=True, slots=True)
class LotAccount:
    """A lot with its own movements and what became of its pieces in batches; `through` are those alone."""

    figures: LotFigures
    uses: tuple[LotUse, ...]
    through: Whereabouts = field(default=NOWHERE)

    @property
    def used(self) -> int:
        """Pieces that went into batches and did not come back."""
        return sum(use.used for use in self.uses)

    @property
    def own(self) -> Whereabouts:
        """Where the pieces are that went into no batch."""
        books = self.figures
        return Whereabouts(
            Fraction(books.sold), Fraction(books.wasted), Fraction(0), Fraction(books.counted), Fraction(books.on_hand)
        )

    @property
    def whole(self) -> Whereabouts:
        """Where all its pieces are."""
        return self.own.plus(self.through)

    @property
    def difference(self) -> Fraction:
        """By how much the account does not add up: always nothing."""
        return self.whole.came - self.figures.came


def accounts(lots: Iterable[LotFigures], uses: Iterable[LotUse]) -> Mapping[int, LotAccount]:
    """The account of each lot by its id. A lot whose output was made into something else is followed there, too.

    The lots are all that anything of them went into. A batch makes a lot of its own, later than those that it uses: the
    latest has nothing after it.
    """
    by_lot: dict[int, list[LotUse]] = {}
    for use in uses:
        by_lot.setdefault(use.lot, []).append(use)
    done: dict[int, LotAccount] = {}
    for one in sorted(lots, key=lambda figures: -figures.lot.id):
        mine = tuple(by_lot.get(one.lot.id, ()))
        through = NOWHERE
        for use in mine:
            if use.output is None:
                through = replace(through, in_process=through.in_process + use.used)
            else:
                lost = Whereabouts(wasted=use.used - use.contained)
                output = done[use.output]  # of a delivery that was received into this lot the share is the same
                through = through.plus(lost).plus(output.whole, use.contained / output.figures.came)
        done[one.lot.id] = LotAccount(one, mine, through)
    return dict(sorted(done.items()))


def contained_in(used: int, of_all: int, by_recipe: Fraction) -> Fraction:
    """How many of the `used` pieces of a lot are in the output, if the batch used `of_all` of the product.

    `by_recipe` is what the recipe has in the pieces that were made. More than was used is in none of them.
    """
    if not of_all:
        return Fraction(0)
    return used * min(Fraction(1), by_recipe / of_all)


def whole_pieces(shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Shares as whole pieces that come to the same sum, if it is whole: the largest remainders are rounded up.

    Of equal remainders the earlier one comes first.
    """
    floors = [share.numerator // share.denominator for share in shares]
    left = round(sum(shares)) - sum(floors)
    order = sorted(range(len(shares)), key=lambda at: (floors[at] - shares[at], at))
    for at in order[:left]:
        floors[at] += 1
    return tuple(floors)
