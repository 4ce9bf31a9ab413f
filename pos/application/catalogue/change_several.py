"""Give one value to several products in one step: preview, one transaction, taken back while nothing has moved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.catalogue.catalogue_text import clean
from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts, lacks
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING, CatalogueFilter, Changed
from pos.application.ports.store import UnitOfWork
from pos.application.purchasing.suppliers import supplier_named
from pos.application.settings.context import UseCase
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.category import leaf
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.product_fields import (
    BELOW_NET,
    BY_NAME,
    CODED,
    CUSTOMS_ATTRIBUTES,
    SEVERAL,
    Kind,
    field_text,
    is_gross_below_net,
    value_of,
)
from pos.domain.errors import BadField, MovedMeanwhile, Refused
from pos.domain.purchasing.supplier import Supplier, check_supplier
from pos.domain.quota.required_attributes import Needs
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person
from pos.domain.vat import check_vat

RIGHT = "catalogue"
MOST = 20_000
"""Most products in one step."""

PRICED, IN_STOCK = "priced", "in_stock"
"""Why a product stays as it is: its price, or its stock, means a piece or a kilogram. The third is BELOW_NET."""

_NAMED = 100
"""How many of the products that stay, or lack something, are named; all of them are counted."""
_BATCH = 500
_NOT_ADDED_YET = 0
"""The number of a supplier who is added only with the change."""
_LONGEST = 100


@dataclass(eq=False)
class NothingToChange(Refused):
    """No product would change."""

    fact = "nothing_to_change"


@dataclass(eq=False)
class TooManyProducts(Refused):
    """More products than one step allows."""

    fact = "too_many_products"

    most: int


@dataclass(frozen=True, slots=True)
class SeveralRequest:
    """Products by id, and the new values of all of them: only given fields change, None or an empty text removes."""

    products: tuple[int, ...]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FieldPreview:
    """One field: how many products change in it, and one of them, from and to as texts of the history."""

    name: str
    products: int
    example: Product | None = None
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A product that stays as it is in all its fields, because of one."""

    product: Product
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class SeveralPreview:
    """What would change: the number of products, by field, and what stays (`left_count`, the first in `left`).

    `gone` products have left the catalogue. `lacking_count` lack nothing yet and would lack something: the first in
    `lacking`, with what. `mark` is a short text: two previews that differ in anything have different ones.
    """

    products: int
    fields: tuple[FieldPreview, ...]
    left_count: int
    left: tuple[LeftAlone, ...]
    gone: int
    lacking_count: int
    lacking: tuple[tuple[Product, tuple[str, ...]], ...]
    mark: str


@dataclass(frozen=True, slots=True)
class ProductChange:
    """The changed fields of a product with the values before and after; a supplier by its number."""

    id: int
    code: str
    fields: tuple[tuple[str, Any, Any], ...]


@dataclass(frozen=True, slots=True)
class SeveralChanged:
    """What was done, for taking it back."""

    at: datetime
    changes: tuple[ProductChange, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    preview: SeveralPreview
    changes: tuple[ProductChange, ...]


@dataclass(frozen=True, slots=True)
class ChangeSeveral(UseCase):
    """Changes several products in one step. Needs the permission `catalogue`.

    Each product has its history and its entry in the journal, as if it had been edited alone.
    """

    incomplete_products: ListIncompleteProducts

    def found(self, person: Person, text: str = "", shown: str = EVERYTHING, scope: str = "*") -> tuple[int, ...]:
        """All products that a search and its filters show, without what lacks a figure or a short word of it.

        Raises TooManyProducts, NotAllowed.
        """
        query = CatalogueFilter(shown, scope, self.incomplete_products.needs() if shown == LACKING else None)
        text, at = text[:_LONGEST].strip(), self.now()
        with authorized_read(self.store, person, RIGHT) as work:
            if text:
                ids = work.products.find_named_ids(text, MOST + 1, by_code=True)
                ids = ids if query == CatalogueFilter() else work.catalogue.sift(ids, query, at)
            else:
                ids = work.catalogue.ids(query, at, MOST + 1)
        return _few(ids)

    def coded(self, person: Person, codes: Sequence[str]) -> tuple[int, ...]:
        """The products with these codes. Raises UnknownCode, BadCode, BadCheckDigit, TooManyProducts, NotAllowed."""
        canonical = [read_code(code).canonical for code in codes]
        with authorized_read(self.store, person, RIGHT) as work:
            known: dict[str, int] = {}
            for start in range(0, len(canonical), _BATCH):
                known |= work.products.codes_known(canonical[start : start + _BATCH])
        unknown = next((code for code in canonical if code not in known), None)
        if unknown is not None:
            raise UnknownCode(unknown)
        return _few(tuple(dict.fromkeys(known[code] for code in canonical)))

    def preview(self, person: Person, request: SeveralRequest) -> SeveralPreview:
        """What the step would do. Raises BadField, UnknownCategory, TooManyProducts, NotAllowed."""
        values, needs = _checked(request), self.incomplete_products.needs()
        with authorized_read(self.store, person, RIGHT) as work:
            supplier = _supplier_on_file(work, values.get("supplier"))
            return _planned(work, request.products, values, supplier, needs, self.now()).preview

    def __call__(self, person: Person, request: SeveralRequest, seen: SeveralPreview | None = None) -> SeveralChanged:
        """Change them in one transaction; `seen` is the preview that the person has seen.

        Raises NothingToChange, MovedMeanwhile, BadField, UnknownCategory, TooManyProducts, NotAllowed.
        """
        values, needs = _checked(request), self.incomplete_products.needs()
        with authorized_write(self.store, person, RIGHT) as (work, person):
            at = self.now()
            work.cards.lock(request.products)
            supplier = supplier_named(work, values.get("supplier") or "")
            plan = _planned(work, request.products, values, supplier, needs, at)
            if seen is not None and plan.preview.mark != seen.mark:
                raise MovedMeanwhile
            if not plan.changes:
                raise NothingToChange
            self._write(work, plan.changes, at, person)
            work.commit()
        return SeveralChanged(at, plan.changes)

    def undo(self, person: Person, done: SeveralChanged) -> int:
        """Give every product its values of before; returns the number of products.

        Raises MovedMeanwhile where one of these values is not as the step has left it, NotAllowed.
        """
        with authorized_write(self.store, person, RIGHT) as (work, person):
            at, ids = self.now(), [one.id for one in done.changes]
            work.cards.lock(ids)
            products = work.products.by_ids(ids, at)
            for one in done.changes:
                product = products.get(one.id)
                if product is None or any(_value(product, name) != after for name, _, after in one.fields):
                    raise MovedMeanwhile
            back = tuple(
                replace(one, fields=tuple((name, after, before) for name, before, after in one.fields))
                for one in done.changes
            )
            self._write(work, back, at, person)
            work.commit()
        return len(back)

    def _write(self, work: UnitOfWork, changes: Sequence[ProductChange], at: datetime, person: Person) -> None:
        names = {one.id: one.name for one in work.suppliers.all()}
        work.cards.change_many([(one.id, {name: after for name, _, after in one.fields}) for one in changes])
        history = [
            Changed(one.id, name, _text(name, before, names), _text(name, after, names))
            for one in changes
            for name, before, after in one.fields
        ]
        work.history.write(history, at, person.name)
        details = [
            {"product": one.id, "code": one.code, "fields": [name for name, _, _ in one.fields]} for one in changes
        ]
        work.journal.write_many(at, self.till, person.name, "edit_product", details)


def _few(ids: Sequence[int]) -> tuple[int, ...]:
    if len(ids) > MOST:
        raise TooManyProducts(MOST)
    return tuple(ids)


def _checked(request: SeveralRequest) -> dict[str, Any]:
    """The values as they are stored, in the order of the fields; a supplier by name. Raises BadField."""
    _few(request.products)
    unknown = next((name for name in request.values if name not in SEVERAL), None)
    if unknown is not None:
        raise BadField(unknown[:40], "unknown_field")
    return {name: _tidy(name, request.values[name]) for name in SEVERAL if name in request.values}


def _tidy(name: str, value: Any) -> Any:
    field = BY_NAME[name]
    if field.kind is Kind.YES_NO and value is None:
        raise BadField(name, "missing")
    if value is None or value == "":
        return None
    if field.kind is Kind.TEXT:
        value = clean(value) or None
    elif field.kind in CODED:
        value = field.coded(value) or None
    elif field.kind is Kind.CATEGORY:
        leaf(value)
    elif field.kind is Kind.VAT:
        return check_vat(value)
    elif field.kind is Kind.SUPPLIER:
        value = check_supplier(" ".join(value.split()), name) if value.strip() else None
    field.check(value)
    return value


def _supplier_on_file(work: UnitOfWork, name: str | None) -> Supplier | None:
    """The supplier of a name; for an unknown name one that is not added yet."""
    return None if name is None else work.suppliers.by_name(name) or Supplier(_NOT_ADDED_YET, name)


def _value(product: Product, name: str) -> Any:
    value = value_of(product, name)
    return None if value == "" else value


def _text(name: str, value: Any, suppliers: Mapping[int, str]) -> str | None:
    if name == "supplier":
        return None if value is None else suppliers.get(value, str(value))
    return field_text(value)


def _planned(
    work: UnitOfWork,
    ids: Sequence[int],
    values: Mapping[str, Any],
    supplier: Supplier | None,
    needs: Needs,
    at: datetime,
) -> _Plan:
    """What the values change of each product; `supplier` is the one that they name."""
    suppliers = {one.id: one.name for one in work.suppliers.all()}
    wanted = dict(values)
    if supplier is not None:
        wanted["supplier"] = supplier.id
        suppliers[supplier.id] = supplier.name
    products = work.products.by_ids(ids, at)
    plan = _Planning(wanted, suppliers, needs)
    held = _held(work, [one for one in products.values() if _changes_unit(one, wanted)], at)
    for product_id in dict.fromkeys(ids):
        product = products.get(product_id)
        if product is None:
            plan.gone += 1
        else:
            plan.take(product, held.get(product_id, ""))
    return plan.made()


def _changes_unit(product: Product, wanted: Mapping[str, Any]) -> bool:
    return "by_weight" in wanted and wanted["by_weight"] != product.by_weight


def _held(work: UnitOfWork, products: Sequence[Product], at: datetime) -> dict[int, str]:
    """Why goods stay sold by the piece, or by weight: a price in force or to come, pieces on hand anywhere."""
    held = {one.id: PRICED for one in products if one.price is not None}
    rest = [one.id for one in products if one.id not in held]
    for start in range(0, len(rest), _BATCH):
        batch = rest[start : start + _BATCH]
        held |= dict.fromkeys(work.prices.with_price_to_come(batch, at), PRICED)
        listed = work.catalogue.among(batch, at)
        held |= {one.product.id: IN_STOCK for one in listed if one.owned or one.on_hand}
    return held


class _Planning:
    """Takes the products one by one."""

    def __init__(self, wanted: Mapping[str, Any], suppliers: Mapping[int, str], needs: Needs) -> None:
        self._wanted, self._suppliers, self._needs = wanted, suppliers, needs
        self._asks = not {"category", *CUSTOMS_ATTRIBUTES}.isdisjoint(wanted)
        self._counts = dict.fromkeys(wanted, 0)
        self._examples: dict[str, FieldPreview] = {}
        self._changes: list[ProductChange] = []
        self._left: list[LeftAlone] = []
        self._lacking: list[tuple[Product, tuple[str, ...]]] = []
        self._mark = sha256()
        self.gone = 0

    def take(self, product: Product, held: str) -> None:
        """Plan one product; `held` is why it stays sold by the piece or by weight, if it does."""
        fields = tuple(self._differing(product))
        if not fields:
            return
        attributes = replace(
            product.attributes, **{name: after for name, _, after in fields if name in CUSTOMS_ATTRIBUTES}
        )
        name = "by_weight"
        if not held and attributes != product.attributes and is_gross_below_net(attributes):
            name, held = "gross_kg", BELOW_NET
        if held:
            self._left.append(LeftAlone(product, name, held))
            self._mark.update(f"{product.id} {held}\n".encode())
            return
        for name, before, after in fields:
            was, becomes = _text(name, before, self._suppliers), _text(name, after, self._suppliers)
            self._mark.update(f"{product.id} {name} {was!r} {becomes!r}\n".encode())
            self._counts[name] += 1
            if name not in self._examples:
                self._examples[name] = FieldPreview(name, 0, product, was, becomes)
        self._changes.append(ProductChange(product.id, product.code, fields))
        if self._asks and (missing := self._missing(product, {name: after for name, _, after in fields})):
            self._lacking.append((product, missing))
            self._mark.update(f"{product.id} {missing}\n".encode())

    def made(self) -> _Plan:
        """The plan."""
        self._mark.update(str(self.gone).encode())
        previews = (self._examples.get(name, FieldPreview(name, 0)) for name in self._wanted)
        preview = SeveralPreview(
            products=len(self._changes),
            fields=tuple(replace(one, products=self._counts[one.name]) for one in previews),
            left_count=len(self._left),
            left=tuple(self._left[:_NAMED]),
            gone=self.gone,
            lacking_count=len(self._lacking),
            lacking=tuple(self._lacking[:_NAMED]),
            mark=self._mark.hexdigest()[:16],
        )
        return _Plan(preview, tuple(self._changes))

    def _differing(self, product: Product) -> Iterator[tuple[str, Any, Any]]:
        for name, after in self._wanted.items():
            before = _value(product, name)
            if before != after:
                yield name, before, after

    def _missing(self, product: Product, values: dict[str, Any]) -> tuple[str, ...]:
        """What the product would lack, if it lacks nothing now."""
        if lacks(product, self._needs):
            return ()
        category = values.get("category", product.category)
        attributes = {name: value for name, value in values.items() if name in CUSTOMS_ATTRIBUTES}
        after = replace(product, category=category, attributes=replace(product.attributes, **attributes))
        return lacks(after, self._needs)
