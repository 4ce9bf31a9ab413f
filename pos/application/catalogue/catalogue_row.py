"""One raw row of a catalogue file becomes goods, or a fact why not."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pos.application.catalogue.catalogue_columns import CatalogueColumns, Reject
from pos.application.catalogue.catalogue_text import LONGEST_NAME, RowRejected, clean, exact, measure, shortened, whole
from pos.application.ports.goods_row import GoodsRow
from pos.application.tables.raw_table import RawRow
from pos.application.text.number_parsing import PlainNumber
from pos.domain.catalogue.barcode import BadCheckDigit, BadCode, read_code
from pos.domain.catalogue.category import is_leaf
from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.vat import HIGHEST_VAT, check_vat

_LONGEST_VARIANT = 40
_LONGEST_SUPPLIER = 80
_LONGEST_SHELF = 20
MOST_PIECES = 9_999
"""In a carton."""
_MOST_CODES = 100
_SHOWN = 60
_NAMES = ("name", *(f"name_{language}" for language in LANGUAGES))
_ATTRIBUTES = ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
_MEASURES = frozenset({"ml", "net_g", "gross_kg"})
_COUNTS = frozenset({"sticks", "pieces"})
_NOTHING = Attributes()
_KEPT = ("supplier", "reorder_point", "shelf", "by_weight", "asks_lot", "cartons")
_ERRORS = frozenset({"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})
"""What a spreadsheet shows where a formula went wrong: no name of goods."""
_YES = frozenset({"yes", "y", "true", "1", "да", "д", "иә", "ия", "是", "истина", "ақиқат", "+"})
_NO = frozenset({"no", "n", "false", "0", "нет", "н", "жоқ", "否", "不是", "ложь", "жалған", "-"})
# What spreadsheets make of a long number (4.87021E+12) or a table program of a whole one (4870210000011.0).
_SPREADSHEET_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?[Ee][+-]?[0-9]+|[0-9]{3,}\.0+")
_AS_TEXT = re.compile(r'="([^"]*)"')  # how a careful exporter keeps a spreadsheet's hands off a code


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows under one header for a shop that prices in `currency`."""

    columns: CatalogueColumns
    currency: Currency
    names: tuple[tuple[str, int], ...]
    attributes: tuple[tuple[str, int], ...]
    keeping: bool
    signs: Mapping[str, str]

    @classmethod
    def under(cls, columns: CatalogueColumns, currency: Currency, signs: Mapping[str, str]) -> RowReader:
        """A reader that looks only for the columns that are there: most files have few of them.

        `signs` are decimal signs by column, see `figure_text`.
        """
        is_kept = bool(columns.among(_KEPT))
        return cls(columns, currency, columns.among(_NAMES), columns.among(_ATTRIBUTES), is_kept, signs)

    def read(self, row: RawRow) -> tuple[GoodsRow, bool]:
        """The goods of a row, and whether a name was cut. Raises RowRejected.

        The name is empty where no column holds one: enough to update a product, too little to make one.
        """
        if row.fault:
            raise RowRejected(row.fault, row.detail)
        cells = row.cells
        if len(cells) > self.columns.width and any(cell.strip() for cell in cells[self.columns.width :]):
            # One comma too many shifts every cell after it: a price would be read from the wrong one.
            raise RowRejected("too_many_cells", f"{len(cells)} > {self.columns.width}")
        code = _code(self.cell(cells, "code"))
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
            on_hand=whole("on_hand", self.cell(cells, "on_hand"), self.signs.get("on_hand", "")),
            codes=tuple(dict.fromkeys(_code(text) for text in further)) if further else (),
            vat=_vat(self.cell(cells, "vat"), self.signs.get("vat", "")),
        )
        return (self._kept(cells, goods) if self.keeping else goods), was_cut

    def _kept(self, cells: Sequence[str], goods: GoodsRow) -> GoodsRow:
        """What only the shop itself keeps of its goods."""
        cartons = dict(_carton(text) for text in self.cell(cells, "cartons").split())
        if len(cartons) > _MOST_CODES:
            raise RowRejected("too_many_codes", str(len(cartons)))
        if (both := next((code for code in cartons if code == goods.code or code in goods.codes), None)) is not None:
            raise RowRejected("code_twice", both)
        return replace(
            goods,
            supplier_name=_text("supplier", self.cell(cells, "supplier"), _LONGEST_SUPPLIER),
            reorder_point=whole(
                "reorder_point", self.cell(cells, "reorder_point"), self.signs.get("reorder_point", "")
            ),
            shelf=_text("shelf", self.cell(cells, "shelf"), _LONGEST_SHELF),
            by_weight=_said("by_weight", self.cell(cells, "by_weight")),
            asks_lot=_said("asks_lot", self.cell(cells, "asks_lot")),
            cartons=tuple(cartons.items()),
        )

    def cell(self, cells: Sequence[str], column: str) -> str:
        """What stands in a column; empty where the file has no such column or the row ends before it."""
        place = self.columns.places.get(column)
        return cells[place] if place is not None and place < len(cells) else ""

    def rejected(self, row: RawRow, reason: str, detail: str = "") -> Reject:
        """The row as one that was not taken, its code and name as they came."""
        name = next((text for column, _ in self.names if (text := self.cell(row.cells, column)).strip()), "")
        return Reject(row.line, self.cell(row.cells, "code"), name, reason, detail)

    def _names(self, cells: Sequence[str]) -> tuple[str, dict[str, str], bool]:
        was_cut = False
        found: dict[str, str] = {}
        for column, place in self.names:
            if place < len(cells) and (name := clean(cells[place])):
                if name in _ERRORS:
                    raise RowRejected("error_cell", f"{column}: {name}")
                was_cut |= len(name) > LONGEST_NAME
                found[column.removeprefix("name_")] = shortened(name)
        return found.pop("name", ""), found, was_cut

    def _category(self, cells: Sequence[str]) -> str | None:
        name = self.cell(cells, "category").strip().lower()
        if name and not is_leaf(name):
            raise RowRejected("unknown_category", name[:_SHOWN])
        return name or None

    def _price(self, cells: Sequence[str]) -> Money | None:
        text = self.cell(cells, "price")
        code = self.cell(cells, "currency").strip().upper()
        if code and code not in CURRENCIES:
            raise RowRejected("unknown_currency", code[:_SHOWN])
        if not text or text.isspace():
            return None
        if code and code != self.currency.code:
            # A basket has one currency; a price in another would have to be converted by a rate that moves daily.
            raise RowRejected("wrong_currency", f"{code}, not {self.currency.code}")
        units = exact("price", text, decimals=self.currency.digits, sign=self.signs.get("price", ""))
        assert units is not None
        if units == 0:
            raise RowRejected("not_positive", f"price: {text.strip()[:_SHOWN]}")
        return Money(int(units.scaleb(self.currency.digits)), self.currency)

    def _attributes(self, cells: Sequence[str]) -> Attributes:
        found: dict[str, object] = {}
        for column, place in self.attributes:
            if place >= len(cells) or not (text := cells[place]) or text.isspace():
                continue
            if column in _MEASURES:
                found[column] = measure(column, text, self.signs.get(column, ""))
            elif column in _COUNTS:
                found[column] = whole(column, text, self.signs.get(column, "")) or None
            elif column == "abv":
                found[column] = exact(column, text, highest=100, sign=self.signs.get(column, ""))
            else:
                found[column] = _text("variant", text, _LONGEST_VARIANT)
        return Attributes(**found) if found else _NOTHING  # type: ignore[arg-type] # by the columns above


def _vat(text: str, sign: str) -> Decimal | None:
    if not text:
        return None
    text = text if isinstance(text, PlainNumber) else text.strip().removesuffix("%").rstrip()
    rate = exact("vat", text, highest=HIGHEST_VAT, decimals=2, sign=sign)
    return None if rate is None else check_vat(rate)


def _text(column: str, text: str, longest: int) -> str | None:
    found = clean(text)
    if len(found) > longest:
        raise RowRejected("too_long", f"{column}: {found[:_SHOWN]}")
    if found in _ERRORS:
        raise RowRejected("error_cell", f"{column}: {found}")
    return found or None


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
