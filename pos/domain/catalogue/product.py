"""What the shop sells, and what customs wants to know of one unit of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal

from pos.domain.catalogue.category import asked_of
from pos.domain.money import Money

LANGUAGES = ("en", "zh", "ru", "kk")


@dataclass(frozen=True, slots=True)
class Attributes:
    """Customs attributes of ONE unit. None means not on file, which is never the same as nothing.

    `ml` volume, `abv` strength in per cent by volume, `net_g` net weight in grams, `gross_kg` weight with
    packaging, `sticks` cigarettes (or cigars) inside, `pieces` pieces inside a set (None: 1), `variant` the
    kind within a category that some limits count apart (fur: mink, fox).
    """

    ml: Decimal | None = None
    abv: Decimal | None = None
    net_g: Decimal | None = None
    gross_kg: Decimal | None = None
    sticks: int | None = None
    pieces: int | None = None
    variant: str | None = None

    def updated(self, given: Attributes) -> Attributes:
        """These with the values of `given`; None there leaves what is on file."""
        values = {one.name: getattr(given, one.name) for one in fields(given)}
        return replace(self, **{name: value for name, value in values.items() if value is not None})


@dataclass(frozen=True, slots=True)
class Product:
    """An article. `code` is its first code as scanned (canonical form), `codes` all of them with `code` first.

    `names` maps a language (en, zh, ru, kk) to a name; `name` is the one name as it came, in any
    language, shown where a translation lacks. `category` and `price` are None until they are filled in:
    such a product is incomplete and is not sold. `vat` is the tax in the price, in per cent; None is tax free.
    `supplier` is a row of the suppliers, `reorder_point` the pieces at which it is ordered again, `shelf` its place.
    `origin` is a country (ISO 3166-1, two letters), `hs_code` digits of the customs code, `unit` of `UNITS`.
    Of goods `by_weight` the price is for a kilogram, and each weighing is one piece. `asks_lot`: receiving asks for it.
    """

    id: int
    code: str
    codes: tuple[str, ...]
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    category: str | None = None
    price: Money | None = None
    attributes: Attributes = Attributes()
    vat: Decimal | None = None
    brand: str = ""
    model: str = ""
    origin: str = ""
    hs_code: str = ""
    unit: str = ""
    supplier: int | None = None
    reorder_point: int | None = None
    shelf: str = ""
    by_weight: bool = False
    asks_lot: bool = False

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields without which it cannot be sold: any of `category`, `price`."""
        return tuple(name for name in ("category", "price") if getattr(self, name) is None)

    @property
    def missing_fields(self) -> tuple[str, ...]:
        """What is not on file although it is needed: `missing`, and the attributes that limits ask of its category."""
        asked = asked_of(self.category) if self.category else ()
        return (*self.missing, *(name for name in asked if getattr(self.attributes, name) is None))

    def name_in(self, language: str) -> str:
        """The name in `language`, or the name as it came."""
        return self.names.get(language) or self.name
