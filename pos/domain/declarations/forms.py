"""Who of a party fills in a form: each adult with dutiable goods, and one adult for those who are under age."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pos.domain.errors import BadInput, Refused

UNDER_AGE = 16
"""Who is younger declares nothing: an adult does. The EAEU form and that of China draw the line at the same age."""


@dataclass(eq=False)
class NothingToDeclare(Refused):
    """Nothing of what this visitor takes out is dutiable (any more)."""

    fact = "nothing_to_declare"

    receipt: str
    visitor: str


@dataclass(eq=False)
class GoodsAreSent(Refused):
    """The goods of the receipt go in a parcel: no traveller declares them, whatever tax is due."""

    fact = "goods_are_sent"

    receipt: str


@dataclass(eq=False)
class NoAdult(Refused):
    """The dutiable goods belong to visitors who are under age, and no adult is on the receipt."""

    fact = "no_adult_to_declare"

    receipt: str
    visitors: tuple[str, ...]
    age: int = UNDER_AGE


@dataclass(eq=False)
class AdultNotChosen(Refused):
    """Several adults could declare the goods of visitors who are under age."""

    fact = "adult_not_chosen"

    receipt: str
    visitors: tuple[str, ...]
    adults: tuple[str, ...]
    age: int = UNDER_AGE


@dataclass(eq=False)
class NotAnAdult(BadInput):
    """The visitor who was named to declare for others is under age, or is none of the receipt."""

    fact = "not_an_adult"

    visitor: str
    field: str = "adult"
    age: int = UNDER_AGE


@dataclass(frozen=True, slots=True)
class Sharer:
    """A visitor of the sale: whether they are known to be under age, and whether something of theirs is dutiable."""

    label: str
    is_minor: bool
    is_dutiable: bool


@dataclass(frozen=True, slots=True)
class FormFor:
    """One form: the adult, and the visitors under age whose goods stand on it."""

    adult: str
    minors: tuple[str, ...] = ()


def adults_for(sharers: Sequence[Sharer]) -> tuple[str, ...]:
    """The adults who can declare what visitors under age carry; none where nothing of that is dutiable."""
    if not any(one.is_minor and one.is_dutiable for one in sharers):
        return ()
    return tuple(one.label for one in sharers if not one.is_minor)


def forms_for(receipt: str, sharers: Sequence[Sharer], adult: str | None = None) -> tuple[FormFor, ...]:
    """The forms of a party, in the order of its visitors; `adult` declares for those under age.

    One adult is the one who does. Raises NoAdult, AdultNotChosen, NotAnAdult, and NothingToDeclare where there is no
    form at all.
    """
    minors = tuple(one.label for one in sharers if one.is_minor)
    adults = [one.label for one in sharers if not one.is_minor]
    if adult is not None and adult not in adults:
        raise NotAnAdult(adult)
    burdened = tuple(one.label for one in sharers if one.is_minor and one.is_dutiable)
    if burdened:
        adult = _adult_of(receipt, burdened, adults, adult)
    elif len(adults) == 1:
        adult = adults[0]
    own = {one.label for one in sharers if one.is_dutiable and not one.is_minor}
    forms = tuple(
        FormFor(label, minors if label == adult else ())
        for label in adults
        if label in own or (burdened and label == adult)
    )
    if not forms:
        raise NothingToDeclare(receipt, ", ".join(one.label for one in sharers))
    return forms


def _adult_of(receipt: str, burdened: tuple[str, ...], adults: Collection[str], chosen: str | None) -> str:
    if chosen is not None:
        return chosen
    if not adults:
        raise NoAdult(receipt, burdened)
    if len(adults) > 1:
        raise AdultNotChosen(receipt, burdened, tuple(adults))
    return next(iter(adults))
