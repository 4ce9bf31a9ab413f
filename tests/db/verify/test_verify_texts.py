"""What many sales point to is as it was written, and every pointer leads to it: `verify` names what is not so."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.sales.sealed_texts import goods_digest, text_digest
from tests.builders import cash
from tests.db.verify.test_verify import named, tamper
from tests.horgos import KZT
from tests.shops import BAG, CARTON, CHOCOLATE, FEW_GOODS, DemoShop, made_in

CHANGED = "chain of sales T1-000001: its content was changed"


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop after two sales, the first for tenge."""
    folder = tmp_path_factory.mktemp("sold") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    shop.sell(CARTON, BAG, tenders=(cash("100000", KZT),))
    shop.sell(BAG, CHOCOLATE)
    shop.close()
    return folder


@pytest.fixture
def books(sold: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(sold, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


def test_two_sales_of_a_day_share_their_rates_their_goods_and_the_form_of_their_judgements(books: DemoShop) -> None:
    assert named(books) == []
    assert books.rows("SELECT count(DISTINCT rates_id) FROM sale") == [(1,)]
    assert books.rows("SELECT count(*), count(DISTINCT goods_id) FROM sale_line") == [(4, 3)]
    assert books.rows("SELECT count(*) FROM sold_goods") == [(3,)]


@pytest.mark.parametrize(
    ("column", "table", "row"),
    [
        *(
            (name, "sold_goods", "goods_id FROM sale_line")
            for name in ("digest", "code", "name", "names", "category", "details")
        ),
        *((name, "sealed_text", "rates_id FROM sale") for name in ("digest", "text")),
        *((name, "sealed_text", "form_id FROM sale_judgement") for name in ("digest", "text")),
    ],
)
def test_a_shared_row_that_was_changed_is_named(books: DemoShop, column: str, table: str, row: str) -> None:
    [(number,)] = books.rows(f"SELECT {row} LIMIT 1")
    tamper(books, f"UPDATE {table} SET {column} = {column} || ' ' WHERE id = ?", number)

    faults = named(books)

    says = "goods {} of sales: they were changed" if table == "sold_goods" else "text {} of sales: it was changed"
    assert says.format(number) in faults
    assert (CHANGED in faults) is (column != "digest")


def test_a_shared_row_whose_digest_was_made_to_agree_is_named_by_the_chain(books: DemoShop) -> None:
    [(goods, *said)] = books.rows("SELECT id, code, names, category, details FROM sold_goods WHERE code = ?", CARTON)
    digest = goods_digest(said[0], "Water", *said[1:])
    tamper(books, "UPDATE sold_goods SET name = 'Water', digest = ? WHERE id = ?", digest, goods)
    assert named(books) == [CHANGED]

    [(rates, text)] = books.rows("SELECT id, text FROM sealed_text WHERE id IN (SELECT rates_id FROM sale)")
    cheaper = text.replace('"buy":"', '"buy":"1')
    tamper(books, "UPDATE sealed_text SET text = ?, digest = ? WHERE id = ?", cheaper, text_digest(cheaper), rates)
    assert {CHANGED, CHANGED.replace("000001", "000002")} <= set(named(books))


@pytest.mark.parametrize(
    ("pointer", "other"),
    [
        ("UPDATE sale_line SET goods_id = {} WHERE sale_id = 1 AND line_no = 0", "sold_goods WHERE code = '{BAG}'"),
        ("UPDATE sale SET rates_id = {} WHERE id = 1", "sealed_text WHERE id = 2"),
        ("UPDATE sale_judgement SET form_id = {} WHERE sale_id = 1", "sealed_text WHERE id = 1"),
    ],
)  # fmt: skip
def test_a_pointer_to_another_row_is_named_by_the_chain(books: DemoShop, pointer: str, other: str) -> None:
    [(number,)] = books.rows(f"SELECT min(id) FROM {other.format(BAG=BAG)}")

    tamper(books, pointer.format(number))

    assert CHANGED in named(books)


@pytest.mark.parametrize(
    ("statement", "line"),
    [
        ("UPDATE sale_line SET goods_id = 999 WHERE sale_id = 1 AND line_no = 0", "goods 999 of sale T1-000001"),
        ("UPDATE sale SET rates_id = 999 WHERE id = 1", "rates 999 of sale T1-000001"),
        ("UPDATE sale_judgement SET form_id = 999 WHERE sale_id = 1", "judgement 999 of sale T1-000001"),
    ],
)
def test_a_pointer_that_leads_nowhere_is_named(books: DemoShop, statement: str, line: str) -> None:
    tamper(books, statement)

    faults = named(books)

    assert f"{line}: gone from the store" in faults
    assert CHANGED in faults


@pytest.mark.parametrize("table", ["sealed_text", "sold_goods"])
def test_a_shared_row_that_was_deleted_is_named(books: DemoShop, table: str) -> None:
    tamper(books, f"DELETE FROM {table} WHERE id = 1")

    assert [line for line in named(books) if line.endswith("gone from the store")] != []


def test_a_shared_row_that_no_sale_has_is_named(books: DemoShop) -> None:
    tamper(books, "INSERT INTO sealed_text (id, digest, text) VALUES (50, ?, 'x')", text_digest("x"))
    goods = "7", "Tea", "{}", "food.other"
    tamper(books, "INSERT INTO sold_goods VALUES (60, ?, ?, ?, ?, ?, NULL)", goods_digest(*goods), *goods)

    assert named(books) == ["text 50 of sales: no sale has it", "goods 60 of sales: no sale has them"]


@pytest.mark.parametrize("figures", ["", "1", "1 2 3 4 5 6 7 8 9", 'a" 1', "9.99 9.99 9.99"])
def test_other_figures_of_a_judgement_are_named_by_the_chain(books: DemoShop, figures: str) -> None:
    tamper(books, "UPDATE sale_judgement SET figures = ? WHERE sale_id = 1", figures)

    assert CHANGED in named(books)
