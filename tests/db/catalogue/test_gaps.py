"""The pages and counts of products that lack something: each product once, counted in slices."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.engine.engine import database_url
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from pos.application.ports.catalogue_ports import GoodsRow, MissingData
from pos.domain.catalogue.product import Attributes
from pos.domain.money import Money
from pos.domain.quota.required_attributes import Needs
from tests.builders import MONDAY
from tests.horgos import CNY

YUAN = Money(100, CNY)
SPIRITS: Needs = {"ml": frozenset({"alcohol.spirit"}), "abv": frozenset({"alcohol.spirit"})}
WEIGHTS: Needs = {"gross_kg": frozenset({"food.honey", "toy", "tobacco.cigarette"})}


def chain(before: str, content: bytes) -> str:
    return hashlib.sha256(before.encode() + content).hexdigest()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """An empty store."""
    made = open_store(database_url(None, tmp_path), chain)
    yield made
    made.close()


def goods(number: int, category: str | None, price: Money | None = YUAN, **attributes: Any) -> GoodsRow:
    return GoodsRow(f"G{number}", f"Article {number}", {}, category, price, Attributes(**attributes), None)


def fill(store: SqlStore, *rows: GoodsRow) -> None:
    with store.begin() as work:
        work.products.add_many(rows, MONDAY)
        work.commit()


def lacking(store: SqlStore, needs: Needs, limit: int = 100, after: int = 0, *, sellable: bool = False) -> list[str]:
    with store.reading() as work:
        return [product.code for product, _ in work.products.lacking(needs, MONDAY, limit, after, sellable=sellable)]


def test_goods_are_found_by_what_their_category_needs(store: SqlStore) -> None:
    fill(
        store,
        goods(1, "alcohol.spirit", ml=Decimal(700)),
        goods(2, "alcohol.spirit", ml=Decimal(700), abv=Decimal(40)),
        goods(3, "alcohol.wine"),
        goods(4, "alcohol.spirit", abv=Decimal("12.5")),
        goods(5, "food.honey"),
        goods(6, None),
    )

    assert lacking(store, SPIRITS) == ["G1", "G4"]
    assert lacking(store, WEIGHTS) == ["G5"]
    assert lacking(store, {}) == []


def test_what_is_nothing_is_on_file_all_the_same(store: SqlStore) -> None:
    fill(store, goods(1, "alcohol.spirit", ml=Decimal(500), abv=Decimal(0)), goods(2, "toy", gross_kg=Decimal(0)))

    assert lacking(store, SPIRITS) == lacking(store, WEIGHTS) == []


def test_without_category_or_price_nothing_is_sold(store: SqlStore) -> None:
    fill(store, goods(1, None), goods(2, "toy", None), goods(3, "toy"), goods(4, None, None))

    with store.reading() as work:
        assert [product.code for product, _ in work.products.unsellable(MONDAY, 10)] == ["G1", "G2", "G4"]
    assert lacking(store, WEIGHTS) == ["G2", "G3"]
    assert lacking(store, WEIGHTS, sellable=True) == ["G3"]


def test_pages_follow_each_other_without_a_gap_or_a_repetition(store: SqlStore) -> None:
    fill(store, *(goods(n, "toy" if n % 3 else "book") for n in range(1, 60)))
    codes: list[str] = []
    after = 0
    while True:
        with store.reading() as work:
            page = work.products.lacking(WEIGHTS, MONDAY, 7, after)
        if not page:
            break
        codes += [product.code for product, _ in page]
        after = page[-1][0].id

    assert codes == [f"G{n}" for n in range(1, 60) if n % 3]


def test_goods_come_with_all_their_codes_and_what_is_on_hand(store: SqlStore) -> None:
    row = GoodsRow("G1", "Toy", {}, "toy", YUAN, Attributes(), None, ("G1", "G2"))
    with store.begin() as work:
        work.stock.move(work.products.add(row, MONDAY), 12, "opening", MONDAY, "demo")
        work.commit()

    with store.reading() as work:
        [(product, on_hand)] = work.products.lacking(WEIGHTS, MONDAY, 10)
    assert (product.codes, on_hand) == (("G1", "G2"), 12)


def test_every_gap_is_counted_by_field_and_every_product_once(store: SqlStore) -> None:
    fill(
        store,
        goods(1, "alcohol.spirit"),
        goods(2, "alcohol.spirit", None, ml=Decimal(700)),
        goods(3, "toy"),
        goods(4, None, None),
        goods(5, "book"),
    )

    with store.reading() as work:
        counted = work.products.count_incomplete({"a": SPIRITS, "b": WEIGHTS}, MONDAY, 100)

    assert (counted.products, counted.last) == (5, None)
    assert counted.unsellable == MissingData(2, {"category": 1, "price": 2})
    assert counted.lacking == {"a": MissingData(2, {"ml": 1, "abv": 2}), "b": MissingData(1, {"gross_kg": 1})}
    assert counted.both == {"a": 1, "b": 0}


def test_a_count_in_slices_comes_to_the_same(store: SqlStore) -> None:
    fill(store, *(goods(n, "toy" if n % 2 else "book") for n in range(1, 24)))
    after: int | None = 0
    slices = []
    while after is not None:
        with store.reading() as work:
            slices.append(work.products.count_incomplete({"b": WEIGHTS}, MONDAY, 10, after))
        after = slices[-1].last

    assert [part.products for part in slices] == [10, 10, 3]
    assert sum(part.lacking["b"].products for part in slices) == 12


def test_an_empty_catalogue_lacks_nothing(store: SqlStore) -> None:
    with store.reading() as work:
        counted = work.products.count_incomplete({"a": SPIRITS}, MONDAY, 10)
        assert work.products.unsellable(MONDAY, 10) == []

    assert (counted.products, counted.last, counted.unsellable.products) == (0, None, 0)
