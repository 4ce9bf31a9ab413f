"""A till to measure: a shop with goods to sell, an open shift and made-up visitors.

SHOP names the folder of a store, such as `python -m tools.history` makes; it is used in place, so take a copy. GOODS
names a file of goods that are imported first. Without either the goods are made up.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.domain.staff.staff import Person
    from pos.domain.visitors.document import Document

_SHELF = """
SELECT p.id, p.code FROM product p JOIN stock s ON s.product_id = p.id
WHERE p.price_minor BETWEEN 300 AND 4000 AND NOT p.by_weight AND NOT s.lotted AND p.id > ?
 AND (p.category IS NULL OR p.category LIKE 'food.%' OR p.category IN ('drink', 'souvenir', 'textile', 'kitchenware'))
 AND p.price_currency = 'CNY' LIMIT 1
"""
"""Goods of which ten make no trouble with any allowance; `a_shop` completes those that no one has."""


@contextmanager
def a_shop(imported: int = 0, past: int = 0) -> Iterator[Shop]:
    """A shop with `imported` goods more than a small demo has (GOODS: with those of the file), or that of SHOP."""
    import main
    from pos.application.settings.options import Options

    with TemporaryDirectory() as temporary:
        is_made = "SHOP" not in os.environ
        folder = Path(os.environ.get("SHOP", f"{temporary}/shop"))
        shop = main.build(
            Options(data=folder, demo=is_made), quick_pins=True, demo_size=300, demo_past=past if is_made else 0
        )
        if is_made and (imported or "GOODS" in os.environ):
            _import(shop, 2_000_000 if "GOODS" in os.environ else imported)
        yield shop
        shop.close()


def _import(shop: Shop, rows: int) -> None:
    from pos.domain.staff.staff import Person
    from tests.benchmarks.imports import a_table

    shop.import_catalogue(a_table(rows), Person.at_the_console("benchmark"), lambda _reject: None)


def goods_to_sell(folder: Path, count: int) -> list[str]:
    """Codes of goods from all over the catalogue, of which there is more than a benchmark sells."""
    store = opened(folder)
    last = store.execute("SELECT max(id) FROM product").fetchone()[0]
    luck, goods = Random(count), {}
    for _ in range(50 * count):
        row = store.execute(_SHELF, (luck.randrange(last),)).fetchone()
        if row is not None:
            goods[row[0]] = row[1]
        if len(goods) == count:
            break
    ids = [(product_id,) for product_id in goods]
    with store:
        store.executemany(
            "UPDATE stock SET on_hand = on_hand + 500000, owned = owned + 500000 WHERE product_id = ?", ids
        )
        store.executemany(
            "UPDATE product SET category = coalesce(category, 'food.sweets'), gross_kg = coalesce(gross_kg, '0.25'),"
            " net_g = coalesce(net_g, '200') WHERE id = ?",
            ids,
        )
    store.close()
    return list(goods.values())


def opened(folder: Path) -> Any:
    """The store of a shop, without the shop."""
    import pysqlite3.dbapi2 as sqlite

    return sqlite.connect(str(folder / "shop.db"))


def count_of(folder: Path, table: str) -> int:
    """How many rows a table has."""
    store = opened(folder)
    count = store.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    store.close()
    return int(count)


def authorize(shop: Shop) -> Person:
    """The person who has the shift of the till; one is opened where there is none."""
    shift = shop.open_shift.current()
    name = "amina" if shift is None else shift.holder
    person = next(one for one in shop.sign_in.people() if one.name == name)
    if shift is None:
        shop.open_shift(person, {})
    return person


def a_visitor(number: int, today: date) -> Document:
    """The passport of someone who was never here before."""
    from pos.domain.visitors.document import Document

    return Document(
        kind="passport",
        number=f"B{os.getpid() % 100:02d}{number:06d}",
        country="KAZ",
        nationality="KAZ",
        surname="MEASURED",
        given_names=f"NO {number}",
        birth_date=date(1960 + number % 40, 1 + number % 12, 1 + number % 28),
        expiry=date(today.year + 5, 1, 1),
    )
