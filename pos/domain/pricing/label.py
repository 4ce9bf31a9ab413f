"""What stands on a price label, and when a label on the shelf has become untrue."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, Refused
from pos.domain.money import Money

SMALL_PACK = 250
"""Below so many grams or millilitres the unit price is for a hundred of them."""

MOST_COPIES = 999
MOST_LABELS = 10_000


@dataclass(eq=False)
class NothingToLabel(Refused):
    """Nothing was chosen that a label could be made of."""

    fact = "nothing_to_label"


@dataclass(eq=False)
class NoPriceToPrint(Refused):
    """A product without a price has no label."""

    fact = "no_price_to_print"

    code: str


@dataclass(eq=False)
class TooManyLabels(Refused):
    """More labels at once than a person applies in a day."""

    fact = "too_many_labels"

    labels: int
    most: int = MOST_LABELS


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What a kilogram, a litre or a hundred of the smaller unit costs; `unit` is `kg`, `L`, `100 g` or `100 ml`.

    `rounded` says that the amount is not exact.
    """

    amount: Money
    unit: str
    rounded: bool


@dataclass(frozen=True, slots=True)
class LabelLot:
    """Of which lot the goods on the shelf are, and its last day."""

    code: str
    expiry: date | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """One label. `names` are the names in the languages of labels, in their order, the same name once.

    `details` are the other fields of the product that stand on it, by name, with their texts.

    `price` is what a buyer pays; `regular` what it is without the promotion in force, None without one. `pieces` are
    those of a carton, of which the price is. `since` is the day from which the price holds.
    """

    product: int
    code: str
    names: tuple[str, ...]
    price: Money
    since: date
    regular: Money | None = None
    unit_price: UnitPrice | None = None
    by_weight: bool = False
    pieces: int = 1
    shelf: str = ""
    lot: str = ""
    expiry: date | None = None
    details: tuple[tuple[str, str], ...] = ()

    @property
    def printed(self) -> PrintedLabel:
        """What of it must stay true while it hangs on the shelf."""
        return PrintedLabel(self.price, self.regular, self.names, self.details)

    def of_lot(self, lot: LabelLot | None) -> Label:
        """The label of goods of this lot; without one it names none."""
        return replace(self, lot="" if lot is None else lot.code, expiry=None if lot is None else lot.expiry)

    def of_pack(self, code: str, pieces: int, product: Product) -> Label:
        """The label of so many pieces of the same goods under their own code."""

        def whole(price: Money) -> Money:
            return Money(price.minor // self.pieces, price.currency) * pieces  # it was made of whole prices

        return replace(
            self,
            code=code,
            pieces=pieces,
            price=whole(self.price),
            regular=None if self.regular is None else whole(self.regular),
            unit_price=unit_price(whole(self.price), product, pieces),
        )


@dataclass(frozen=True, slots=True)
class PrintedLabel:
    """What stands on the newest label of a product: equal to that of a label of now, or the shelf says what is not."""

    price: Money
    regular: Money | None
    names: tuple[str, ...]
    details: tuple[tuple[str, str], ...] = ()


def unit_price(price: Money, product: Product, pieces: int = 1) -> UnitPrice | None:
    """The price for a kilogram or a litre, rounded half up; for 100 g or 100 ml of a small pack.

    None where the content is unknown. Goods by weight have the price of a kilogram anyway.
    """
    if product.by_weight:
        return UnitPrice(price, "kg", rounded=False)
    inside, small, large = product.attributes.ml, "ml", "L"
    if not inside:
        inside, small, large = product.attributes.net_g, "g", "kg"
    if not inside:
        return None
    whole = Fraction(inside)
    exact = price.units / (whole * pieces) * (100 if whole < SMALL_PACK else 1000)
    amount = Money.rounded(exact, price.currency)
    return UnitPrice(amount, f"100 {small}" if whole < SMALL_PACK else large, rounded=amount.units != exact)


def check_copies(copies: int) -> int:
    """So many labels of one product; raises BadField."""
    if not 1 <= copies <= MOST_COPIES:
        raise BadField("copies", "out_of_range", str(copies))
    return copies
