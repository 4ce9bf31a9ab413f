"""Parse one raw row of a catalogue file into goods, or reject it with a reason."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pos.application.catalogue.catalogue_columns import EXAMPLES, CatalogueColumns, Reject
from pos.application.catalogue.catalogue_text import LONGEST_NAME, RowRejected, clean, exact, shortened, whole
from pos.application.catalogue.category_words import category_called
from pos.application.catalogue.typed_codes import Country
from pos.application.catalogue.typed_codes import read_code as read_code_of
from pos.application.ports.catalogue_ports import FieldChange, GoodsRow
from pos.application.tables.raw_table import RawRow, is_too_wide
from pos.application.text.number_parsing import PlainNumber
from pos.domain.catalogue.barcode import BadCheckDigit, BadCode, read_code
from pos.domain.catalogue.country import country_coded
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import price_text
from pos.domain.catalogue.product_fields import (
    BY_NAME,
    CODED,
    CUSTOMS_ATTRIBUTES,
    NAMES,
    OWN,
    Kind,
    ProductField,
    field_text,
    value_of,
)
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.vat import check_vat

MOST_PIECES = 9_999
"""In a carton."""
_EXAMPLES = frozenset(EXAMPLES)
_MOST_CODES = 100
_SHOWN = 60
_NOTHING = Attributes()
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
"""Error values of spreadsheets: never the name of goods."""
_YES = frozenset({"yes", "y", "true", "1", "да", "д", "иә", "ия", "是", "истина", "ақиқат", "+"})
_NO = frozenset({"no", "n", "false", "0", "нет", "н", "жоқ", "否", "不是", "ложь", "жалған", "-"})
# Spreadsheets write a long number as 4.87021E+12; table programs write a whole one as 4870210000011.0.
_SPREADSHEET_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+|[0-9]{3,}\.0+")
_AS_TEXT = re.compile(r'="([^"]*)"')  # exporters write codes so, to keep spreadsheets from converting them


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows under one header for a shop that prices in `currency`."""

    columns: CatalogueColumns
    currency: Currency
    names: tuple[tuple[str, int], ...]
    attributes: tuple[tuple[ProductField, int], ...]
    own: tuple[tuple[ProductField, int], ...]
    separators: Mapping[str, str]
    country: Country

    @classmethod
    def under(
        cls,
        columns: CatalogueColumns,
        currency: Currency,
        separators: Mapping[str, str],
        country: Country = country_coded,
    ) -> RowReader:
        """A reader for the columns present: most files have few.

        `separators` are decimal separators by column, see `figure_text`; `country` knows countries by name.
        """

        def fields(names: Sequence[str]) -> tuple[tuple[ProductField, int], ...]:
            return tuple((BY_NAME[name], index) for name, index in columns.among(names))

        return cls(
            columns, currency, columns.among(NAMES), fields(CUSTOMS_ATTRIBUTES), fields(OWN), separators, country
        )

    def read(self, row: RawRow) -> tuple[GoodsRow, bool]:
        """The goods of a row, and whether a name was shortened. Raises RowRejected.

        The name is empty where no column holds one: enough to update a product, too little to create one.
        """
        if row.fault:
            raise RowRejected(row.fault, row.detail)
        cells = row.cells
        if is_too_wide(cells, self.columns.width):
            raise RowRejected("too_many_cells", f"{len(cells)} > {self.columns.width}")
        code = _code(self.cell(cells, "code"))
        if code in _EXAMPLES:
            raise RowRejected("template_row", code)
        further = self.cell(cells, "codes").split()
        if len(further) > _MOST_CODES:
            raise RowRejected("too_many_codes", str(len(further)))
        name, names, was_cut = self._names(cells)
        goods = GoodsRow(
            code=code,
            name=name,
            names=names,
            category=self._category(cells),
            price=self._price(cells),
            attributes=self._attributes(cells),
            on_hand=whole("on_hand", self.cell(cells, "on_hand"), self.separators.get("on_hand", "")),
            codes=tuple(dict.fromkeys(_code(text) for text in further)) if further else (),
            cartons=self._cartons(cells, code, further),
            **self._own(cells),
        )
        return goods, was_cut

    def _cartons(self, cells: Sequence[str], unit: str, further: Sequence[str]) -> tuple[tuple[str, int], ...]:
        if "cartons" not in self.columns.indexes:
            return ()
        codes = {unit, *map(_code, further)}
        cartons = dict(_carton(text) for text in self.cell(cells, "cartons").split())
        if len(cartons) > _MOST_CODES:
            raise RowRejected("too_many_codes", str(len(cartons)))
        if (both := next((code for code in cartons if code in codes), None)) is not None:
            raise RowRejected("code_twice", both)
        return tuple(cartons.items())

    def cell(self, cells: Sequence[str], column: str) -> str:
        """The text of a column; empty where the file has no such column or the row is shorter."""
        index = self.columns.indexes.get(column)
        return cells[index] if index is not None and index < len(cells) else ""

    def rejected(self, row: RawRow, reason: str, detail: str = "") -> Reject:
        """The rejected row, with code and name as read."""
        name = next((text for column, _ in self.names if (text := self.cell(row.cells, column)).strip()), "")
        return Reject(row.line, self.cell(row.cells, "code"), name, reason, detail)

    def _names(self, cells: Sequence[str]) -> tuple[str, dict[str, str], bool]:
        was_cut = False
        names: dict[str, str] = {}
        for column, index in self.names:
            if index < len(cells) and (name := clean(cells[index])):
                if name in _ERRORS:
                    raise RowRejected("error_cell", f"{column}: {name}")
                was_cut |= len(name) > LONGEST_NAME
                names[column.removeprefix("name_")] = shortened(name)
        return names.pop("name", ""), names, was_cut

    def _category(self, cells: Sequence[str]) -> str | None:
        text = self.cell(cells, "category")
        if not text or text.isspace():
            return None
        category = category_called(text)
        if category is None:
            raise RowRejected("unknown_category", clean(text)[:_SHOWN])
        return category

    def _price(self, cells: Sequence[str]) -> Money | None:
        text = self.cell(cells, "price")
        code = self.cell(cells, "currency").strip().upper()
        if code and code not in CURRENCIES:
            raise RowRejected("unknown_currency", code[:_SHOWN])
        if not text or text.isspace():
            return None
        if code and code != self.currency.code:
            # A basket has one currency; a price in another would need a rate that changes daily.
            raise RowRejected("wrong_currency", f"{code}, not {self.currency.code}")
        units = exact("price", text, decimals=self.currency.digits, separator=self.separators.get("price", ""))
        assert units is not None
        if units == 0:
            raise RowRejected("not_positive", f"price: {text.strip()[:_SHOWN]}")
        return Money(int(units.scaleb(self.currency.digits)), self.currency)

    def _attributes(self, cells: Sequence[str]) -> Attributes:
        values = self._values(cells, self.attributes)
        return Attributes(**values) if values else _NOTHING

    def _own(self, cells: Sequence[str]) -> dict[str, Any]:
        values = self._values(cells, self.own)
        if "supplier" in values:
            values["supplier_name"] = values.pop("supplier")
        return values

    def _values(self, cells: Sequence[str], fields: Sequence[tuple[ProductField, int]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field, index in fields:
            if index < len(cells) and (text := cells[index]) and not text.isspace():
                values[field.name] = (
                    _code_of(field, text, self.country)
                    if field.kind in CODED
                    else _value(field, text, self.separators.get(field.name, ""))
                )
        return values


def _value(field: ProductField, text: str, separator: str) -> Any:
    """The value of a cell that is not empty. A 0 counts as empty where it could let goods pass every limit."""
    if field.kind is Kind.MEASURE:
        return _known(field, exact(field.name, text, highest=field.most, separator=separator))
    if field.kind is Kind.COUNT:
        return _known(field, whole(field.name, text, separator))
    if field.kind is Kind.VAT:
        return _vat(field, text, separator)
    return _said(field.name, text) if field.kind is Kind.YES_NO else _text(field.name, text, field.longest)


def _known(field: ProductField, figure: Decimal | int | None) -> Decimal | int | None:
    return figure if figure or field.has_zero else None


def _vat(field: ProductField, text: str, separator: str) -> Decimal | None:
    text = text if isinstance(text, PlainNumber) else text.strip().removesuffix("%").rstrip()
    rate = exact(field.name, text, highest=field.most, decimals=2, separator=separator)
    return None if rate is None else check_vat(rate)


def _code_of(field: ProductField, text: str, country: Country) -> str | None:
    cleaned = clean(text)
    kept = _AS_TEXT.fullmatch(cleaned)
    try:
        return read_code_of(field, kept[1] if kept else cleaned.removesuffix(".0"), country) or None
    except BadField as error:
        raise RowRejected(error.what, f"{field.name}: {cleaned[:_SHOWN]}") from None


def _text(column: str, text: str, longest: int) -> str | None:
    cleaned = clean(text)
    if len(cleaned) > longest:
        raise RowRejected("too_long", f"{column}: {cleaned[:_SHOWN]}")
    if cleaned in _ERRORS:
        raise RowRejected("error_cell", f"{column}: {cleaned}")
    return cleaned or None


def _said(column: str, text: str) -> bool | None:
    word = text.strip().casefold()
    if not word:
        return None
    if word not in _YES and word not in _NO:
        raise RowRejected("not_yes_or_no", f"{column}: {text.strip()[:_SHOWN]}")
    return word in _YES


def _carton(text: str) -> tuple[str, int]:
    code, _, pieces = text.rpartition(":")
    if not code or not pieces.isascii() or not pieces.isdigit() or not 2 <= int(pieces[:6]) <= MOST_PIECES:
        raise RowRejected("bad_carton", text[:_SHOWN])
    return _code(code), int(pieces)


def _code(text: str) -> str:
    text = text.strip()
    kept = _AS_TEXT.fullmatch(text)
    if kept is not None:
        text = kept[1].strip()
    if not text:
        raise RowRejected("code_missing")
    if _SPREADSHEET_NUMBER.fullmatch(text):
        raise RowRejected("bad_code", "spreadsheet_number")
    try:
        return read_code(text).canonical
    except BadCheckDigit as error:
        raise RowRejected("bad_check_digit", f"expected {error.expected}") from None
    except BadCode as error:
        raise RowRejected("bad_code", error.what) from None


def fields_of(goods: GoodsRow) -> list[FieldChange]:
    """Every field of a new product, from empty to its value."""
    return [FieldChange(name, None, text) for name, text in _texts(goods) if text]


def _texts(goods: GoodsRow) -> Iterator[tuple[str, str | None]]:
    for language, name in goods.names.items():
        yield f"name_{language}", name
    yield "category", goods.category
    yield "price", price_text(goods.price)
    for name in (*CUSTOMS_ATTRIBUTES, *OWN):
        value = goods.supplier_name if name == "supplier" else value_of(goods, name)
        yield name, None if value is False else field_text(value)
    for code in goods.codes:
        yield "code", code
    for code, pieces in goods.cartons:
        yield "carton", f"{code}:{pieces}"
    yield "on_hand", field_text(goods.on_hand or None)
