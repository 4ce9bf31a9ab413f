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
from pos.application.text.names import ATTRIBUTES, CATEGORIES, LACKING_ON_PAPERS, PAPERS, PRODUCT_FIELDS, name_of
from pos.application.text.translator import N_, Translator
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.catalogue.product import Product

_PAGE = 200
_SHOWN = {LACKING: N_("Data missing"), LOW: N_("Low"), UNPRICED: N_("No price")}


def products(browse: BrowseCatalogue, text: str = "", shown: str = EVERYTHING, scope: str = "*") -> Listing:
    """The products of a search with its filters."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr, price = reader.translator, reader.settings.price.code
        columns: list[ColumnOf[Listed]] = [
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Category"), lambda one: _category(one.product, tr)),
            ColumnOf(tr("Price"), lambda one: one.product.price, CellKind.AMOUNT, price),
            ColumnOf(tr("On the floor"), lambda one: one.on_hand, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("On hand"), lambda one: one.owned, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Reorder point"), lambda one: one.product.reorder_point, CellKind.COUNT),
            ColumnOf(tr("Shelf"), lambda one: one.product.shelf),
            ColumnOf(tr(PRODUCT_FIELDS["ml"]), lambda one: one.product.attributes.ml, CellKind.FIGURE),
            ColumnOf(tr(PRODUCT_FIELDS["abv"]), lambda one: one.product.attributes.abv, CellKind.FIGURE),
            ColumnOf(tr(PRODUCT_FIELDS["net_g"]), lambda one: one.product.attributes.net_g, CellKind.FIGURE),
            ColumnOf(tr(PRODUCT_FIELDS["sticks"]), lambda one: one.product.attributes.sticks, CellKind.COUNT),
            ColumnOf(tr("Missing"), lambda one: _fields(one.product.missing_fields, tr)),
        ]

        def page(after: int | None) -> tuple[Sequence[Listed], int | None]:
            result = browse(reader.person, text, shown, scope, after, _PAGE)
            return result.goods, result.next

        properties = [
            (tr("Search"), text),
            (tr("Only"), tr(_SHOWN[shown]) if shown in _SHOWN else ""),
            (tr("Category"), "" if scope == "*" else name_of(CATEGORIES, scope, tr)),
        ]
        return [reader.table_of("products", tr("Products"), columns, in_pages(page), properties)]

    details = {"text": text, "shown": "" if shown == EVERYTHING else shown, "scope": "" if scope == "*" else scope}
    return Listing("products", N_("Products"), RIGHT, make, details)


def _category(product: Product, tr: Translator) -> str:
    return name_of(CATEGORIES, product.category, tr) if product.category else ""


def _fields(names: Sequence[str], tr: Translator, which: str = ALL) -> str:
    words = LACKING_ON_PAPERS if which in set(Paper) else ATTRIBUTES
    return tr(", ").join(name_of({**PRODUCT_FIELDS, **words}, name, tr) for name in names)


def incomplete_products(step: ListIncompleteProducts, which: str = ALL) -> Listing:
    """Products with missing data: one of the lists."""

    def make(reader: ListReader) -> Sequence[Table]:
        tr = reader.translator
        columns: list[ColumnOf[IncompleteProductRow]] = [
            ColumnOf(tr("Product"), lambda one: one.product.name_in(tr.language)),
            ColumnOf(tr("Code"), lambda one: one.product.code),
            ColumnOf(tr("Category"), lambda one: _category(one.product, tr)),
            ColumnOf(tr("On the floor"), lambda one: one.on_hand, CellKind.COUNT, is_summed=True),
            ColumnOf(tr("Missing"), lambda one: _fields(_missing(one, which), tr, which)),
        ]

        def page(after: MissingDataCursor | None) -> tuple[Sequence[IncompleteProductRow], MissingDataCursor | None]:
            result = step(reader.person, which, after, _PAGE)
            return result.products, result.next

        titles = {regime.id: regime.title_in(tr.language) for regime in step.in_use()}
        titles |= {ALL: "", UNSELLABLE: tr("Cannot be sold"), **{one.value: tr(said) for one, said in PAPERS.items()}}
        properties = [(tr("Only"), titles.get(which, which))]
        return [reader.table_of("gaps", tr("Products: missing data"), columns, in_pages(page), properties)]

    return Listing("gaps", N_("Products: missing data"), "catalogue", make, {"list": "" if which == ALL else which})


def _missing(one: IncompleteProductRow, which: str) -> Sequence[str]:
    if which in set(Paper):
        return one.lacks.get(which, ())
    missing = one.product.missing
    return tuple(dict.fromkeys(missing if which == UNSELLABLE else (*missing, *one.lacks.get(which, ()))))
