"""The columns that a row of a catalogue gives for a product, and their differences from the stored ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from db.catalogue.product_columns import COMPARED, attribute_values, own_values
from db.catalogue.product_values import field_texts, price_text
from pos.application.ports.catalogue_ports import FieldChange, GoodsRow
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.catalogue.product_fields import ON_LABEL, SEARCHED
from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class ProductDifference:
    """The changes that a row would make to a stored product; false if there are none.

    `columns` are their new values, `before` the old ones of every column; `new_codes` are codes with their pieces,
    `packs` known ones with the pieces they had and shall have; `codes` is how many codes it had. Where a dated price is
    in force, another price is a dated one too (`dated`): the product's own holds no longer.
    """

    id: int
    codes: int
    columns: Mapping[str, Any]
    before: Mapping[str, Any]
    new_codes: Mapping[str, int]
    packs: Mapping[str, tuple[int, int]]
    supplier: str | None
    dated: Money | None

    @classmethod
    def of(cls, stored: Row[Any], codes: Mapping[str, int], row: GoodsRow) -> ProductDifference:
        """Compare; a field of `row` that is None or an empty name changes nothing."""
        values = {**columns_of(row), "name": row.name or None}
        # In the order of _STORED, which is that of `values`.
        before: dict[str, Any] = dict(zip(values, stored[2:], strict=True))
        columns = {name: value for name, value in values.items() if value is not None and value != before[name]}
        row_codes = codes_of(row)
        new = {code: pieces for code, pieces in row_codes.items() if code not in codes}
        packs = {code: (codes[code], pieces) for code, pieces in row.cartons if codes.get(code, pieces) != pieces}
        dated = row.price if stored.is_dated and columns.keys() & {"price_minor", "price_currency"} else None
        if dated is not None:
            columns = {name: value for name, value in columns.items() if not name.startswith("price_")}
        return cls(stored[0], len(codes), columns, before, new, packs, row.supplier_name, dated)

    def __bool__(self) -> bool:
        return bool(self.columns or self.new_codes or self.packs or self.dated)

    def fields(self, suppliers: Mapping[int, str]) -> Sequence[FieldChange]:
        """The changed fields, from and to. `suppliers` are names by number; one made by this row has its own."""
        if not self:
            return ()
        after = field_texts({**self.before, **self.columns}, suppliers)
        if "supplier_id" in self.columns:
            after["supplier"] = self.supplier or after["supplier"]
        if self.dated is not None:
            after["price"] = price_text(self.dated.minor, self.dated.currency.code)
        before = field_texts(self.before, suppliers)
        changes = [FieldChange(name, before[name], text) for name, text in after.items() if text != before[name]]
        for code, pieces in self.new_codes.items():
            changes.append(
                FieldChange("code", None, code) if pieces == 1 else FieldChange("carton", None, _pack(code, pieces))
            )
        changes += [FieldChange("carton", _pack(code, was), _pack(code, to)) for code, (was, to) in self.packs.items()]
        return changes

    @property
    def changes_search_index(self) -> bool:
        """True where the search index of the product has to change."""
        return bool(self.new_codes) or not self.columns.keys().isdisjoint(SEARCHED)

    @property
    def is_on_label(self) -> bool:
        """True where the label on the shelf is outdated now."""
        return not self.columns.keys().isdisjoint(ON_LABEL)


def columns_of(row: GoodsRow) -> dict[str, Any]:
    """The columns that a row of a catalogue gives, except its code and its name."""
    price = (None, None) if row.price is None else (row.price.minor, row.price.currency.code)
    names = (row.names.get(language) for language in LANGUAGES)
    return dict(zip(COMPARED, (*names, row.category, *price, *attribute_values(row.attributes), *own_values(row))))


def codes_of(row: GoodsRow) -> dict[str, int]:
    """Every code with the pieces it names, its first code first."""
    if not row.codes and not row.cartons:  # nearly always
        return {row.code: 1}
    return {row.code: 1, **dict.fromkeys(row.codes, 1), **dict(row.cartons)}


def code_row(product_id: int, code: str, position: int, pieces: int) -> dict[str, Any]:
    """A code in the form that the store keeps."""
    kind = "unit" if pieces == 1 else "carton"
    return {"code": code, "product_id": product_id, "position": position, "kind": kind, "quantity": pieces}


def _pack(code: str, pieces: int) -> str:
    return f"{code}:{pieces}"
