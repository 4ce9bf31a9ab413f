"""Everything that the catalogue says of a product, as a person types it; what of it can be, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.category import leaf
from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money
from pos.domain.vat import check_vat

UNIT, CARTON, SUPPLIERS, SHOP, SCALE = CODE_KINDS = ("unit", "carton", "supplier", "shop", "scale")
"""Codes on one piece, on a carton, of the supplier's price list, made by the shop, and of a scale's articles."""

ATTRIBUTES = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
LONGEST_NAME, LONGEST_SHELF, LONGEST_VARIANT, MOST_CODES, MOST_PIECES = 200, 20, 40, 100, 9_999
_LARGEST = 999_999_999
_DECIMALS = 9
_NONE = Attributes()
_CODE_FIELDS = {UNIT: "code", CARTON: "carton", SUPPLIERS: "supplier_code", SHOP: "shop_code", SCALE: "scale_code"}

Fields = Mapping[str, str | None]
"""What a card says, by field, as texts; None is nothing on file."""


@dataclass(eq=False)
class CodeTaken(Refused):
    """Another product bears the code."""

    fact = "code_taken"

    code: str
    name: str
    field: str = "codes"


@dataclass(eq=False)
class CodeOnReceipts(Refused):
    """Receipts or promotions name the product by this code, so it stays its first."""

    fact = "code_on_receipts"

    code: str


@dataclass(eq=False)
class ChangedMeanwhile(Refused):
    """Another person has changed `fields` of the product since its form was opened: no change is overwritten unseen."""

    fact = "changed_meanwhile"

    code: str
    fields: tuple[str, ...]
    person: str


@dataclass(eq=False)
class NotAScaleCode(BadInput):
    """No scale of this shop prints such a code."""

    fact = "not_a_scale_code"

    code: str
    field: str = "codes"


@dataclass(frozen=True, slots=True)
class PackCode:
    """A code of a product and how many pieces it names; `supplier` is the name of the one whose number it is."""

    code: str
    kind: str = UNIT
    quantity: int = 1
    supplier: str | None = None


@dataclass(frozen=True, slots=True)
class ProductCard:
    """A product as its form has it. By the first of `codes` it is known; `price` is the one in force.

    `supplier` is a name: an unknown one is added with the product.
    """

    codes: tuple[PackCode, ...]
    name: str
    names: Mapping[str, str] = field(default_factory=dict)
    category: str | None = None
    price: Money | None = None
    attributes: Attributes = _NONE
    vat: Decimal | None = None
    supplier: str | None = None
    reorder_point: int | None = None
    shelf: str = ""
    by_weight: bool = False
    asks_lot: bool = False

    @property
    def code(self) -> str:
        """The code by which it is known."""
        return self.codes[0].code

    def check(self) -> None:
        """Refuse what can be of no product; raises BadField by its field, UnknownCategory, BadCode, BadCheckDigit."""
        if not self.name:
            raise BadField("name", "missing")
        for place, text in (("name", self.name), *((f"name_{key}", name) for key, name in self.names.items())):
            _check_text(place, text, LONGEST_NAME)
        if unknown := next((key for key in self.names if key not in LANGUAGES), None):
            raise BadField(f"name_{unknown[:10]}", "unknown_field", unknown[:10])
        if self.category is not None:
            leaf(self.category)
        _check_attributes(self.attributes)
        if self.vat is not None:
            check_vat(self.vat)
        if self.reorder_point is not None and not 0 <= self.reorder_point <= _LARGEST:
            raise BadField("reorder_point", "out_of_range", str(self.reorder_point))
        _check_text("shelf", self.shelf, LONGEST_SHELF)
        self._check_codes()

    def _check_codes(self) -> None:
        if not self.codes:
            raise BadField("codes", "missing")
        if len(self.codes) > MOST_CODES:
            raise BadField("codes", "too_large", str(len(self.codes)))
        seen: set[str] = set()
        for place, pack in enumerate(self.codes):
            if read_code(pack.code, f"codes[{place}].code").canonical in seen:
                raise BadField(f"codes[{place}].code", "given_twice", pack.code)
            seen.add(pack.code)
            if pack.kind not in CODE_KINDS:
                raise BadField(f"codes[{place}].kind", "not_one_of", pack.kind[:20])
            fewest, most = {CARTON: (2, MOST_PIECES), SUPPLIERS: (1, MOST_PIECES)}.get(pack.kind, (1, 1))
            if not fewest <= pack.quantity <= most:
                raise BadField(f"codes[{place}].pieces", "out_of_range", str(pack.quantity))
        if self.codes[0].quantity != 1:
            raise BadField("codes[0].pieces", "out_of_range", str(self.codes[0].quantity))

    def fields(self) -> Fields:
        """What it says, without its codes and its price: those change in ways of their own."""
        told: dict[str, object] = {"name": self.name}
        told |= {f"name_{language}": self.names.get(language) for language in LANGUAGES}
        told |= {"category": self.category, **{name: getattr(self.attributes, name) for name in ATTRIBUTES}}
        told |= {"vat": self.vat, "supplier": self.supplier, "reorder_point": self.reorder_point, "shelf": self.shelf}
        told |= {"by_weight": self.by_weight, "asks_lot": self.asks_lot}
        return {name: field_text(value) for name, value in told.items()}

    def changes_to(self, after: ProductCard) -> Iterator[tuple[str, str | None, str | None]]:
        """Field, before and after of everything that `after` says otherwise, its price aside."""
        before, now = self.fields(), after.fields()
        yield from ((name, before[name], text) for name, text in now.items() if text != before[name])
        mine, other = dict.fromkeys(self.codes), dict.fromkeys(after.codes)
        gone = [(_CODE_FIELDS[pack.kind], _pack_text(pack), None) for pack in mine if pack not in other]
        new = [(_CODE_FIELDS[pack.kind], None, _pack_text(pack)) for pack in other if pack not in mine]
        yield from (*gone, *new)
        if not gone and not new and self.code != after.code:
            yield "first_code", self.code, after.code


def field_text(value: object) -> str | None:
    """A value of a product as its history and its fields have it."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def price_text(price: Money | None) -> str | None:
    """A price as the history has it."""
    return None if price is None else f"{price} {price.currency}"


def _pack_text(pack: PackCode) -> str:
    told = pack.code if pack.quantity == 1 else f"{pack.code}:{pack.quantity}"
    return told if pack.supplier is None else f"{told} {pack.supplier}"


def _check_text(place: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise BadField(place, "too_long", text[:40])
    if not text.isprintable():
        raise BadField(place, "not_a_text", ascii(text)[1:-1][:40])


def _check_attributes(told: Attributes) -> None:
    for name in ("ml", "net_g", "gross_kg"):
        _check_figure(name, getattr(told, name), _LARGEST)
    if told.abv is not None and told.abv != 0:
        _check_figure("abv", told.abv, 100)
    for name in ("sticks", "pieces"):
        value = getattr(told, name)
        if value is not None and not 1 <= value <= _LARGEST:
            raise BadField(name, "out_of_range" if value > 0 else "not_positive", str(value))
    if told.variant is not None:
        _check_text("variant", told.variant, LONGEST_VARIANT)


def _check_figure(name: str, value: Decimal | None, most: int) -> None:
    if value is None:
        return
    if not value.is_finite() or value <= 0:
        raise BadField(name, "not_positive", str(value)[:40])
    if value > most:
        raise BadField(name, "out_of_range", str(value)[:40])
    if -int(value.normalize().as_tuple().exponent) > _DECIMALS:
        raise BadField(name, "too_many_decimals", str(value)[:40])
