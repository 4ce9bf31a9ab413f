"""A sale whose goods are sent to the buyer: who brings the parcel, what it weighs, and to whom it goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_DOWN, Decimal

from pos.domain.errors import Refused
from pos.domain.quota.measure import Goods

LONGEST_SERVICE, LONGEST_NAME, LONGEST_ADDRESS = 60, 100, 300
"""The most characters of a delivery service, of a recipient's name and of an address."""
HEAVIEST_GRAMS = 100_000
"""What a person lifts out of a scale; a figure above it is a slip."""

_GRAMS_PER_KG = 1000
_STEP = Decimal("1e-12")


@dataclass(frozen=True, slots=True)
class Parcel:
    """The delivery service that brings it, and its weight in grams with the packing."""

    delivery_service: str
    grams: int


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom a parcel goes. Personal data: kept apart from the sale, and only for a time."""

    name: str
    address: str


@dataclass(eq=False)
class ParcelBuyer(Refused):
    """Goods that are sent need exactly one buyer with a document: the limit of the year is theirs."""

    fact = "parcel_buyer"


@dataclass(eq=False)
class NoParcelRegime(Refused):
    """The shop has no rules for parcels to this destination."""

    fact = "no_parcel_regime"

    destination: str


@dataclass(eq=False)
class NotAParcelRegime(Refused):
    """The rules that the shop names for parcels are rules for goods that a traveller carries."""

    fact = "not_a_parcel_regime"

    regime: str


@dataclass(eq=False)
class ParcelTooLight(Refused):
    """The goods alone weigh `goods` kilograms, more than the `parcel` with its packing."""

    fact = "parcel_too_light"

    goods: Decimal
    parcel: Decimal


def at_least_its_goods(parcel: Parcel, goods: Sequence[Goods]) -> Parcel:
    """The parcel, not lighter than its goods on file: by this weight a basket is judged until it is weighed again."""
    grams = (_known_kg(goods) * _GRAMS_PER_KG).to_integral_value(ROUND_CEILING)
    return replace(parcel, grams=max(parcel.grams, int(grams)))


def check_weight(parcel: Parcel, goods: Sequence[Goods]) -> None:
    """Refuse a parcel that is lighter than its goods on file. Raises ParcelTooLight."""
    known, whole = _known_kg(goods), Decimal(parcel.grams) / _GRAMS_PER_KG
    if known > whole:
        raise ParcelTooLight(_plain(known), _plain(whole))


def _plain(kilograms: Decimal) -> Decimal:
    """Without zeros at the end, and without an exponent."""
    return Decimal(f"{kilograms.normalize():f}")


def _known_kg(goods: Sequence[Goods]) -> Decimal:
    weights = ((one.attributes.gross_kg, one.quantity) for one in goods)
    return sum((weight * count for weight, count in weights if weight is not None), Decimal(0))


def weighed_together(goods: Sequence[Goods], parcel: Parcel) -> list[Goods]:
    """The lines as parts of a parcel of that weight: it is the parcel that is weighed at the border, not the shelf.

    Units without a weight on file share what the others leave, equally; where each has one, the packing is shared by
    weight. Shares are cut off at a billionth of a gram, so that a parcel at a limit is never above it. Raises
    ParcelTooLight.
    """
    check_weight(parcel, goods)
    known, whole = _known_kg(goods), Decimal(parcel.grams) / _GRAMS_PER_KG
    unweighed = sum(one.quantity for one in goods if one.attributes.gross_kg is None)
    units = sum(one.quantity for one in goods)

    def share(one: Goods) -> Decimal:
        weight = one.attributes.gross_kg
        if unweighed:
            return (whole - known) / unweighed if weight is None else weight
        assert weight is not None, "nothing is unweighed"
        return whole * weight / known if known else whole / units

    return [
        replace(one, attributes=replace(one.attributes, gross_kg=share(one).quantize(_STEP, ROUND_DOWN)))
        for one in goods
    ]
