"""A field of a product is declared once; whatever else must name it is held to the declaration."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import String

from db.catalogue.product_columns import COMPARED
from db.tables.catalogue import product
from db.tables.holds import hold_line
from db.tables.sales import sale_line, sold_goods
from db.tables.visitors import declared_line
from pos.application.catalogue.catalogue_columns import COLUMNS
from pos.application.catalogue.import_words import COLUMN_NAMES as TITLES_OF_COLUMNS
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.settings.setting_kinds import ProductFields
from pos.application.settings.settings import Settings
from pos.application.text.names import ATTRIBUTES, LACKING_ON_PAPERS, PAPERS, PRODUCT_TITLES
from pos.domain.catalogue.paper_needs import WANTED, WANTED_FIELDS, Paper
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.catalogue.product_card import ProductCard
from pos.domain.catalogue.product_fields import (
    BY_NAME,
    CUSTOMS_ATTRIBUTES,
    FIELDS,
    LABEL_DETAILS,
    NAMES,
    ON_LABEL,
    ON_PAPERS,
    OWN,
    SEARCHED,
    SEVERAL,
    TEXTS,
    FormSection,
    Kind,
    paper_details,
)
from pos.domain.sales.sale import SaleLine
from pos.languages.sentences import FIELDS as FIELDS_IN_REFUSALS

_OTHERWISE = {
    "id", "code", "codes", "name", "names", "category", "price", "attributes", "on_hand", "supplier_name", "cartons",
}  # fmt: skip


def test_every_field_has_a_title_and_no_title_is_left_without_its_field() -> None:
    assert sorted(PRODUCT_TITLES) == sorted(BY_NAME)
    assert set(CUSTOMS_ATTRIBUTES) <= set(ATTRIBUTES)
    assert set(BY_NAME) <= set(FIELDS_IN_REFUSALS)


@pytest.mark.parametrize("carrier", [Product, ProductCard, GoodsRow])
def test_a_product_its_card_and_a_row_of_a_file_have_the_same_own_fields(carrier: type) -> None:
    has = [field.name for field in fields(carrier)]

    assert set(OWN) <= set(has)
    assert set(has) - set(OWN) <= _OTHERWISE


def test_the_attributes_of_the_allowance_are_those_that_customs_asks_for() -> None:
    assert tuple(field.name for field in fields(Attributes)) == CUSTOMS_ATTRIBUTES
    for table in (product, sale_line, hold_line, declared_line):
        assert set(CUSTOMS_ATTRIBUTES) <= set(table.c.keys())


def test_the_store_has_a_column_for_each_field_that_holds_its_longest_text() -> None:
    assert {*COMPARED, "name"} <= set(product.c.keys())
    for field in FIELDS:
        kept = product.c[field.name].type if field.kind is Kind.TEXT else None
        if isinstance(kept, String) and kept.length is not None:
            assert kept.length == field.longest, field.name


def test_a_catalogue_file_has_a_column_for_each_field_and_a_title_for_each_column() -> None:
    assert set(BY_NAME) <= set(COLUMNS)
    assert set(TITLES_OF_COLUMNS) == set(COLUMNS)
    assert COLUMNS[:5] == ("code", *NAMES[1:])


def test_only_a_text_is_searched_or_stands_on_a_label() -> None:
    assert {BY_NAME[name].kind for name in SEARCHED} == {Kind.TEXT}
    assert set(ON_LABEL) <= TEXTS


def test_what_several_products_are_given_is_no_name_and_no_price() -> None:
    """A name is that of one product; a price has a step of its own."""
    assert set(SEVERAL).isdisjoint({*NAMES, "price"})
    assert {BY_NAME[name].section for name in SEVERAL} <= set(FormSection) - {FormSection.PRICE}


def test_what_papers_have_of_goods_is_kept_by_the_line_of_a_sale_and_shown_where_the_shop_wants_it() -> None:
    """`details` of a line is one column, so a new field of a paper needs none of its own there."""
    assert set(ON_PAPERS) <= set(OWN) & TEXTS
    assert "details" in sold_goods.c
    assert set(paper_details(ProductCard((), "Tea").having(dict.fromkeys(ON_PAPERS, "x")))) == set(ON_PAPERS)
    assert "details" in {field.name for field in fields(SaleLine)}
    assert Settings.kind("receipt_fields") == ProductFields(ON_PAPERS)
    assert Settings.kind("label_fields") == ProductFields(LABEL_DETAILS)


def test_what_a_paper_wants_is_a_declared_field_with_a_word_for_the_list_of_gaps() -> None:
    assert set(WANTED_FIELDS) <= set(BY_NAME)
    assert set(WANTED_FIELDS) <= set(LACKING_ON_PAPERS)
    assert set(PAPERS) == set(WANTED) == set(Paper)
    assert set(WANTED_FIELDS) <= set(product.c.keys())
