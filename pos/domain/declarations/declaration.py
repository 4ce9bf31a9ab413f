"""The papers for customs of one recorded sale: what stands on each, apart from how it is drawn.

Nothing here has a document number or a whole name: those are of the document at hand, and go to the drawing alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from pos.domain.catalogue.paper_needs import Paper
from pos.domain.declarations.forms import UNDER_AGE, NothingToDeclare, Sharer, adults_for, forms_for
from pos.domain.declarations.share import DeclaredLine, Share
from pos.domain.errors import Refused
from pos.domain.money import Currency, Money, total
from pos.domain.visitors.visitor import NoSuchVisitor, Visitor


@dataclass(eq=False)
class GoodsOfAnother(Refused):
    """What the visitor of the receipt bought counts for another person by now."""

    fact = "goods_of_another"

    receipt: str
    visitor: str


@dataclass(frozen=True, slots=True)
class JudgedSale:
    """The sale as papers name it: receipt, time, way out, the rules with their version and currency.

    `is_whole`: pieces are taxed whole. `worth` is what a unit of the shop's currency was worth in that of the rules,
    None where they are one. `day` is that of the sale in the zone of the rules.
    """

    receipt: str
    at: datetime
    day: date
    destination: str
    regime: str
    version: str
    currency: Currency
    is_whole: bool
    price: Currency
    worth: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Declaration:
    """One paper: the adult, the visitors under age who are on it, and their shares, the adult's first.

    `with_free`: where pieces are taxed whole, the paper lists the free ones too. `later` is a later receipt by which
    a person on the paper bought more that leaves together with this.
    """

    paper: Paper
    sale: JudgedSale
    adult: Visitor
    minors: tuple[Visitor, ...]
    shares: tuple[Share, ...]
    with_free: bool = False
    later: str = ""

    @property
    def people(self) -> tuple[Visitor, ...]:
        return (self.adult, *self.minors)

    @property
    def lines(self) -> tuple[DeclaredLine, ...]:
        """The lines of the paper itself (section 4): the dutiable goods of everybody on it, then the free ones."""
        free = (line for share in self.shares for line in share.free) if self.with_free else ()
        return (*(line for share in self.shares for line in share.dutiable), *free)

    @property
    def pieces(self) -> tuple[DeclaredLine, ...]:
        """All that everybody on it takes out, each piece once."""
        return tuple(line for share in self.shares for line in share.lines)

    @property
    def is_least_duty(self) -> bool:
        """Whether the real duty may be higher, because something was not known."""
        return any(share.is_least for share in self.shares)

    @property
    def duty(self) -> Money:
        """The estimate: the sum over everybody on it, each by their own norm."""
        return total((share.duty for share in self.shares if share.duty is not None), self.sale.currency)


@dataclass(frozen=True, slots=True)
class Sum:
    """What some lines come to; `is_weighed`: all their weights are known."""

    pieces: int
    value: Money
    kg: Fraction
    is_weighed: bool


def sum_of(lines: Iterable[DeclaredLine], currency: Currency) -> Sum:
    """Pieces, value and gross weight of some lines."""
    held = list(lines)
    return Sum(
        sum(line.quantity for line in held),
        total((line.value for line in held), currency),
        sum((line.kg for line in held if line.kg is not None), Fraction()),
        all(line.kg is not None for line in held),
    )


@dataclass(frozen=True, slots=True)
class SaleDeclarations:
    """What a sale has to declare: its visitors with their shares, of which the forms are made.

    `later` maps a visitor to a later receipt of theirs that leaves together with this one; the goods of those `moved`
    count for another person, and stand on no paper of this sale.
    """

    paper: Paper
    sale: JudgedSale
    visitors: tuple[Visitor, ...]
    shares: Mapping[str, Share]
    later: Mapping[str, str]
    moved: frozenset[str] = frozenset()

    @property
    def adults(self) -> tuple[str, ...]:
        """The adults of whom one declares what visitors under age carry; none where that is nothing."""
        return adults_for(self._sharers(()))

    @property
    def minors(self) -> tuple[str, ...]:
        """The visitors known to be under age."""
        return tuple(visitor.label for visitor in self.visitors if self.is_minor(visitor))

    def is_minor(self, visitor: Visitor) -> bool:
        """Whether they are known to be under age; one of unknown age is not."""
        age = visitor.age_on(self.sale.day)
        age = visitor.oldest_on(self.sale.day) if age is None else age
        return age is not None and age < UNDER_AGE

    def knowing(self, shown: Visitor) -> SaleDeclarations:
        """The same with the birth date of a visitor whose document is at hand; the books do not keep it."""
        return replace(
            self,
            visitors=tuple(
                replace(one, birth_date=shown.birth_date or one.birth_date, born_from=shown.born_from or one.born_from)
                if one.label == shown.label
                else one
                for one in self.visitors
            ),
        )

    def papers(
        self, adult: str | None = None, *, with_free: bool = False, minors: Iterable[str] = ()
    ) -> tuple[Declaration, ...]:
        """Every paper of the sale. `adult` declares for those under age; `minors` are further ones, as the caller says.

        Raises NothingToDeclare, NoAdult, AdultNotChosen, NotAnAdult, GoodsOfAnother.
        """
        if self.moved and not self.shares:
            raise GoodsOfAnother(self.sale.receipt, min(self.moved))
        known = {visitor.label: visitor for visitor in self.visitors}
        made = []
        for form in forms_for(self.sale.receipt, self._sharers(tuple(minors)), adult):
            labels = (form.adult, *form.minors)
            made.append(
                Declaration(
                    self.paper,
                    self.sale,
                    known[form.adult],
                    tuple(known[label] for label in form.minors),
                    tuple(self.shares[label] for label in labels if label in self.shares),
                    with_free and self.sale.is_whole,
                    max((self.later.get(label, "") for label in labels), default=""),
                )
            )
        return tuple(made)

    def paper_of(
        self, label: str, adult: str | None = None, *, with_free: bool = False, minors: Iterable[str] = ()
    ) -> Declaration:
        """The paper on which the goods of one visitor stand. Raises as `papers`, NothingToDeclare and NoSuchVisitor."""
        if all(visitor.label != label for visitor in self.visitors):
            raise NoSuchVisitor(label)
        if label in self.moved:
            raise GoodsOfAnother(self.sale.receipt, label)
        for one in self.papers(adult, with_free=with_free, minors=minors):
            if any(visitor.label == label for visitor in one.people) and any(
                share.holder == label and (share.is_dutiable or one.adult.label == label) for share in one.shares
            ):
                return one
        raise NothingToDeclare(self.sale.receipt, label)

    def _sharers(self, minors: tuple[str, ...]) -> list[Sharer]:
        return [
            Sharer(
                visitor.label,
                visitor.label in minors or self.is_minor(visitor),
                visitor.label in self.shares and self.shares[visitor.label].is_dutiable,
            )
            for visitor in self.visitors
        ]
