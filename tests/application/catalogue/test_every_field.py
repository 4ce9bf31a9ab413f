"""Every declared field is kept by the form, comes and goes with a file, and can be taken back."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pos.application.catalogue.catalogue_columns import COLUMNS
from pos.application.catalogue.export_catalogue import ExportCatalogue
from pos.application.catalogue.import_catalogue import ImportCatalogue, RowChange
from pos.application.catalogue.undo_import import UndoImport
from pos.domain.catalogue.product_card import PackCode, ProductCard, price_text
from pos.domain.catalogue.product_fields import BY_NAME, FIELDS, SEARCHED, Kind, ProductField, field_text, value_of
from pos.exports.catalogue_csv import write_catalogue
from pos.exports.catalogue_files import read_catalogue
from tests.builders import CONSOLE, money
from tests.shops import DemoShop

TEA, COPY = "4006381333931", "4870001000127"
_VALUES: dict[Kind, Any] = {
    Kind.MEASURE: Decimal("12.5"),
    Kind.COUNT: 7,
    Kind.VAT: Decimal(12),
    Kind.YES_NO: True,
    Kind.CATEGORY: "drink",
    Kind.PRICE: money("9.50"),
    Kind.SUPPLIER: "Silk Trade",
    Kind.COUNTRY: "KZ",
    Kind.CUSTOMS_CODE: "2208704000",
    Kind.UNIT: "095",
}
_CHANGED: dict[Kind, Any] = {
    Kind.MEASURE: Decimal("8.25"),
    Kind.COUNT: 9,
    Kind.VAT: Decimal(16),
    Kind.YES_NO: False,
    Kind.CATEGORY: "food.other",
    Kind.PRICE: money("8.00"),
    Kind.SUPPLIER: "Steppe Foods",
    Kind.COUNTRY: "GE",
    Kind.CUSTOMS_CODE: "220820",
    Kind.UNIT: "142",
}


def a_text(field: ProductField, beginning: str) -> str:
    return f"{beginning} {field.name}"[: field.longest]


def a_card(code: str = TEA) -> ProductCard:
    values = {one.name: _VALUES.get(one.kind) or a_text(one, "Any") for one in FIELDS}
    return ProductCard((PackCode(code),), "").having(values)


def another_value(field: ProductField) -> Any:
    return a_text(field, "Other") if field.kind is Kind.TEXT else _CHANGED[field.kind]


def kept_value(card: ProductCard, name: str) -> str | None:
    return price_text(card.price) if name == "price" else field_text(value_of(card, name))


def exported(shop: DemoShop) -> dict[str, str]:
    stream = io.StringIO()
    ExportCatalogue(shop.context)(lambda goods: write_catalogue(stream, goods), CONSOLE)
    stream.seek(0)
    return next(row for row in csv.DictReader(stream) if row["code"] == TEA)


def imports(shop: DemoShop, row: dict[str, str]) -> list[RowChange]:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, tuple(row))
    writer.writeheader()
    writer.writerow(row)
    changes: list[RowChange] = []
    rejects: list[Any] = []
    step = ImportCatalogue(shop.context)
    table = read_catalogue(io.BytesIO(stream.getvalue().encode()), "goods.csv")
    step(table, shop.person("manager"), rejects.append, changes=changes.append)
    assert rejects == []
    return changes


def is_listed(shop: DemoShop, text: str) -> bool:
    return any(TEA in one.product.codes for one in shop.find(text, 50))


@pytest.fixture
def goods(shop: DemoShop) -> int:
    """The number of goods with a value in every field."""
    product_id, _ = shop.edit_product.add(a_card(), shop.person("manager"))
    return product_id


def test_a_product_with_every_field_is_kept_and_comes_back_from_its_own_file(shop: DemoShop, goods: int) -> None:
    kept = shop.edit_product.card_of(goods, CONSOLE)
    assert kept == a_card()
    assert all(kept_value(kept, one.name) for one in FIELDS)

    row = exported(shop)
    assert tuple(row) == COLUMNS
    assert [one.name for one in FIELDS if not row[one.name]] == []
    (change,) = imports(shop, row | {"code": COPY})
    assert {one.field for one in change.fields} >= set(BY_NAME) - {"name"}
    assert shop.edit_product.card(COPY, CONSOLE)[1] == replace(kept, codes=(PackCode(COPY),))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_file_changes_one_field_and_the_undo_puts_it_back(shop: DemoShop, goods: int, field: ProductField) -> None:
    before, value = shop.edit_product.card_of(goods, CONSOLE), another_value(field)

    (change,) = imports(shop, {"code": TEA, field.name: field_text(value) or ""})
    after = shop.edit_product.card_of(goods, CONSOLE)
    assert after == before.having({field.name: value})
    assert [(one.field, one.before, one.after) for one in change.fields] == [
        (field.name, kept_value(before, field.name), kept_value(after, field.name))
    ]
    if field.is_searched:
        assert is_listed(shop, value)

    UndoImport(shop.context)(shop.person("manager"))
    assert shop.edit_product.card_of(goods, CONSOLE) == before
    if field.is_searched:
        assert not is_listed(shop, value)


def test_goods_are_found_by_each_searched_field_however_it_was_written(shop: DemoShop, goods: int) -> None:
    for name in SEARCHED:
        assert is_listed(shop, value_of(a_card(), name))

    began = shop.edit_product.card_of(goods, CONSOLE)
    values = {name: another_value(BY_NAME[name]) for name in SEARCHED}
    shop.edit_product(goods, began, began.having(values), shop.person("manager"))
    assert [name for name in SEARCHED if not is_listed(shop, values[name])] == []
