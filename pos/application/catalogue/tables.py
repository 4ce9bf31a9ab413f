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
from pos.application.tables.listing import Listing, ListReader, in_pages
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.names import ATTRIBUTES, CATEGORIES, PRODUCT_FIELDS, name_of
from pos.application.text.words import N_, Words
from pos.domain.catalogue.product import Product

_PAGE = 200
_SHOWN = {LACKING: N_("Data missing"), LOW: N_("Low"), UNPRICED: N_("No price")}


def products(browse: BrowseCatalogue, text: str = "", shown: str = EVERYTHING, scope: str = "*") -> Listing:
    """The products of a search with its filters."""

    def make(reader: ListReader) -> Sequence[Table]:
        words, price = reader.words, reader.settings.price.code
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Category")),
            Column(words("Price"), CellKind.AMOUNT, price),
            Column(words("On the floor"), CellKind.COUNT, is_summed=True),
            Column(words("On hand"), CellKind.COUNT, is_summed=True),
            Column(words("Reorder point"), CellKind.COUNT),
            Column(words("Shelf")),
            *_attribute_columns(words),
            Column(words("Missing")),
        ]

        def page(after: int | None) -> tuple[Sequence[Listed], int | None]:
            result = browse(reader.person, text, shown, scope, after, _PAGE)
            return result.goods, result.next

        facts = [
            (words("Search"), text),
            (words("Only"), words(_SHOWN[shown]) if shown in _SHOWN else ""),
            (words("Category"), "" if scope == "*" else name_of(CATEGORIES, scope, words)),
        ]
        rows = (_product(one, reader) for one in in_pages(page))
        return [reader.table("products", words("Products"), columns, rows, facts)]

    details = {"text": text, "shown": "" if shown == EVERYTHING else shown, "scope": "" if scope == "*" else scope}
    return Listing("products", N_("Products"), RIGHT, make, details)


def _attribute_columns(words: Words) -> list[Column]:
    return [
        Column(words(PRODUCT_FIELDS["ml"]), CellKind.FIGURE),
        Column(words(PRODUCT_FIELDS["abv"]), CellKind.FIGURE),
        Column(words(PRODUCT_FIELDS["net_g"]), CellKind.FIGURE),
        Column(words(PRODUCT_FIELDS["sticks"]), CellKind.COUNT),
    ]


def _attributes(product: Product) -> Sequence[Cell]:
    own = product.attributes
    return own.ml, own.abv, own.net_g, own.sticks


def _product(one: Listed, reader: ListReader) -> Sequence[Cell]:
    product, words = one.product, reader.words
    return (
        product.name_in(words.language),
        product.code,
        name_of(CATEGORIES, product.category, words) if product.category else "",
        product.price,
        one.on_hand,
        one.owned,
        product.reorder_point,
        product.shelf,
        *_attributes(product),
        _fields(product.gaps, words),
    )


def _fields(names: Sequence[str], words: Words) -> str:
    return words(", ").join(name_of({**PRODUCT_FIELDS, **ATTRIBUTES}, name, words) for name in names)


def gaps(step: ListIncompleteProducts, which: str = ALL) -> Listing:
    """Products with missing data: one of the lists."""

    def make(reader: ListReader) -> Sequence[Table]:
        words = reader.words
        columns = [
            Column(words("Product")),
            Column(words("Code")),
            Column(words("Category")),
            Column(words("On hand"), CellKind.COUNT, is_summed=True),
            Column(words("Missing")),
        ]

        def page(after: MissingDataCursor | None) -> tuple[Sequence[IncompleteProductRow], MissingDataCursor | None]:
            result = step(reader.person, which, after, _PAGE)
            return result.products, result.next

        facts = [(words("Only"), words("cannot be sold") if which == UNSELLABLE else "" if which == ALL else which)]
        rows = (_gap(one, which, reader) for one in in_pages(page))
        return [reader.table("gaps", words("Products: missing data"), columns, rows, facts)]

    return Listing("gaps", N_("Products: missing data"), "catalogue", make, {"list": "" if which == ALL else which})


def _gap(one: IncompleteProductRow, which: str, reader: ListReader) -> Sequence[Cell]:
    product, words = one.product, reader.words
    lacks = product.missing if which == UNSELLABLE else (*product.missing, *one.lacks.get(which, ()))
    return (
        product.name_in(words.language),
        product.code,
        name_of(CATEGORIES, product.category, words) if product.category else "",
        one.on_hand,
        _fields(tuple(dict.fromkeys(lacks)), words),
    )
