"""Everything that the catalogue says of a product, as a person types it; what of it can be, and what has changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.category import leaf
from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.catalogue.product_fields import (
    BY_NAME,
    CUSTOMS_ATTRIBUTES,
    FIELDS,
    NAMES,
    OWN,
    TEXTS,
    Kind,
    check_text,
    field_text,
    longest,
    value_of,
)
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money

UNIT, CARTON, SUPPLIERS, SHOP, SCALE = CODE_KINDS = ("unit", "carton", "supplier", "shop", "scale")
"""Codes on one piece, on a carton, of the supplier's price list, made by the shop, and of a scale's articles."""

MOST_CODES, MOST_PIECES = 100, 9_999
_NONE = Attributes()
_NEVER_NONE = frozenset({"name", *(name for name in OWN if name in TEXTS)})
"""Texts of the card that are empty where nothing is on file."""
_CODE_FIELDS = {UNIT: "code", CARTON: "carton", SUPPLIERS: "supplier_code", SHOP: "shop_code", SCALE: "scale_code"}

Fields = Mapping[str, str | None]
"""What a card says, by field, as texts; None is nothing on file."""


@dataclass(eq=False)
class CodeTaken(Refused):
    """Another product bears the code; `field` says where it was given."""

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
    values: tuple[str, ...] = ()
    """What stands in the fields now, in their order; empty where nothing does."""


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
    brand: str = ""
    model: str = ""
    origin: str = ""
    hs_code: str = ""
    unit: str = ""
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
        for field_name, text in (("name", self.name), *((f"name_{key}", name) for key, name in self.names.items())):
            check_text(field_name, text, longest("name"))
        if unknown := next((key for key in self.names if key not in LANGUAGES), None):
            raise BadField(f"name_{unknown[:10]}", "unknown_field", unknown[:10])
        if self.category is not None:
            leaf(self.category)
        for name in (*CUSTOMS_ATTRIBUTES, *OWN):
            BY_NAME[name].check(value_of(self, name))
        self._check_codes()

    def _check_codes(self) -> None:
        if not self.codes:
            raise BadField("codes", "missing")
        if len(self.codes) > MOST_CODES:
            raise BadField("codes", "too_large", str(len(self.codes)))
        seen: set[str] = set()
        for index, pack in enumerate(self.codes):
            if read_code(pack.code, f"codes[{index}].code").canonical in seen:
                raise BadField(f"codes[{index}].code", "given_twice", pack.code)
            seen.add(pack.code)
            if pack.kind not in CODE_KINDS:
                raise BadField(f"codes[{index}].kind", "not_one_of", pack.kind[:20])
            fewest, most = {CARTON: (2, MOST_PIECES), SUPPLIERS: (1, MOST_PIECES)}.get(pack.kind, (1, 1))
            if not fewest <= pack.quantity <= most:
                raise BadField(f"codes[{index}].pieces", "out_of_range", str(pack.quantity))
        if self.codes[0].quantity != 1:
            raise BadField("codes[0].pieces", "out_of_range", str(self.codes[0].quantity))

    def fields(self) -> Fields:
        """What it says, without its codes and its price: those change in ways of their own."""
        return {one.name: field_text(value_of(self, one.name)) for one in FIELDS if one.kind is not Kind.PRICE}

    def having(self, values: Mapping[str, Any]) -> ProductCard:
        """The card with these values of fields, by their names; None is nothing on file."""
        given: dict[str, Any] = {
            name: "" if value is None and name in _NEVER_NONE else value for name, value in values.items()
        }
        names = {name.removeprefix("name_"): given.pop(name) for name in NAMES if name != "name" and name in given}
        attributes = {name: given.pop(name) for name in CUSTOMS_ATTRIBUTES if name in given}
        if names:
            names = {**self.names, **names}
            given["names"] = {language: names[language] for language in LANGUAGES if names.get(language)}
        if attributes:
            given["attributes"] = replace(self.attributes, **attributes)
        return replace(self, **given)

    def taking(self, began: ProductCard, mine: ProductCard) -> ProductCard:
        """The card as others have saved it, with every field and code that was changed from `began` to `mine`."""
        typed = {one.name: value_of(mine, one.name) for one in FIELDS if one.kind is not Kind.PRICE}
        card = self.having({name: value for name, value in typed.items() if value != value_of(began, name)})
        price = self.price if mine.price == began.price else mine.price
        return replace(card, price=price, codes=self._codes_taking(began.codes, mine.codes))

    def _codes_taking(self, began: tuple[PackCode, ...], mine: tuple[PackCode, ...]) -> tuple[PackCode, ...]:
        """Codes of both; one that either took away is gone, and of two changes of one code `mine` counts."""
        if mine == began:
            return self.codes
        kept = [pack for pack in mine if pack in self.codes or pack not in began]
        known = {pack.code for pack in kept}
        new = [pack for pack in self.codes if pack not in began and pack.code not in known]
        return (*kept, *new) or self.codes

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


def price_text(price: Money | None) -> str | None:
    """A price as the history has it."""
    return None if price is None else f"{price} {price.currency}"


def _pack_text(pack: PackCode) -> str:
    text = pack.code if pack.quantity == 1 else f"{pack.code}:{pack.quantity}"
    return text if pack.supplier is None else f"{text} {pack.supplier}"
