"""Product lists: the searched catalogue, incomplete products, price labels to print."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.catalogue.browse_catalogue import RIGHT, BrowseCatalogue
from pos.application.catalogue.list_incomplete_products import (
    ALL,
    UNSELLABLE,
    IncompleteProductRow,
    ListIncompleteProducts,
    MissingDataCursor,
)
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING, LOW, UNPRICED, Listed
from pos.application.tables.listing import ColumnOf, Listing, ListReader, in_pages
from pos.application.tables.table import CellKind, Table
from pos.application.text.names import ATTRIBUTES, CATEGORIES, PRODUCT_FIELDS, name_of
from pos.application.text.words import N_, Words
from pos.domain.catalogue.product import Product

_PAGE = 200
_SHOWN = {LACKING: N_("Data missing"), LOW: N_("Low"), UNPRICED: N_("No price")}


def products(browse: BrowseCatalogue, text: str = "", shown: str = EVERYTHING, scope: str = "*") -> Listing:
    """The products of a search with its filters."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, price = reader.words, reader.settings.price.code
        columns: list[ColumnOf[Listed]] = [
            ColumnOf(words("Product"), lambda one: one.product.name_in(words.language)),
            ColumnOf(words("Code"), lambda one: one.product.code),
            ColumnOf(words("Category"), lambda one: _category(one.product, words)),
            ColumnOf(words("Price"), lambda one: one.product.price, CellKind.AMOUNT, price),
            ColumnOf(words("On the floor"), lambda one: one.on_hand, CellKind.COUNT, is_summed=True),
            ColumnOf(words("On hand"), lambda one: one.owned, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Reorder point"), lambda one: one.product.reorder_point, CellKind.COUNT),
            ColumnOf(words("Shelf"), lambda one: one.product.shelf),
            ColumnOf(words(PRODUCT_FIELDS["ml"]), lambda one: one.product.attributes.ml, CellKind.FIGURE),
            ColumnOf(words(PRODUCT_FIELDS["abv"]), lambda one: one.product.attributes.abv, CellKind.FIGURE),
            ColumnOf(words(PRODUCT_FIELDS["net_g"]), lambda one: one.product.attributes.net_g, CellKind.FIGURE),
            ColumnOf(words(PRODUCT_FIELDS["sticks"]), lambda one: one.product.attributes.sticks, CellKind.COUNT),
            ColumnOf(words("Missing"), lambda one: _fields(one.product.missing_fields, words)),
        ]

        def page(after: int | None) -> tuple[Sequence[Listed], int | None]:
            result = browse(reader.person, text, shown, scope, after, _PAGE)
            return result.goods, result.next

        facts = [
            (words("Search"), text),
            (words("Only"), words(_SHOWN[shown]) if shown in _SHOWN else ""),
            (words("Category"), "" if scope == "*" else name_of(CATEGORIES, scope, words)),
        ]
        return [reader.table_of("products", words("Products"), columns, in_pages(page), facts)]

    details = {"text": text, "shown": "" if shown == EVERYTHING else shown, "scope": "" if scope == "*" else scope}
    return Listing("products", N_("Products"), RIGHT, make, details)


def _category(product: Product, words: Words) -> str:
    return name_of(CATEGORIES, product.category, words) if product.category else ""


def _fields(names: Sequence[str], words: Words) -> str:
    return words(", ").join(name_of({**PRODUCT_FIELDS, **ATTRIBUTES}, name, words) for name in names)


def incomplete_products(step: ListIncompleteProducts, which: str = ALL) -> Listing:
    """Products with missing data: one of the lists."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns: list[ColumnOf[IncompleteProductRow]] = [
            ColumnOf(words("Product"), lambda one: one.product.name_in(words.language)),
            ColumnOf(words("Code"), lambda one: one.product.code),
            ColumnOf(words("Category"), lambda one: _category(one.product, words)),
            ColumnOf(words("On the floor"), lambda one: one.on_hand, CellKind.COUNT, is_summed=True),
            ColumnOf(words("Missing"), lambda one: _fields(_missing(one, which), words)),
        ]

        def page(after: MissingDataCursor | None) -> tuple[Sequence[IncompleteProductRow], MissingDataCursor | None]:
            result = step(reader.person, which, after, _PAGE)
            return result.products, result.next

        facts = [(words("Only"), words("cannot be sold") if which == UNSELLABLE else "" if which == ALL else which)]
        return [reader.table_of("gaps", words("Products: missing data"), columns, in_pages(page), facts)]

    return Listing("gaps", N_("Products: missing data"), "catalogue", make, {"list": "" if which == ALL else which})


def _missing(one: IncompleteProductRow, which: str) -> Sequence[str]:
    missing = one.product.missing
    return tuple(dict.fromkeys(missing if which == UNSELLABLE else (*missing, *one.lacks.get(which, ()))))
