"""The price of a line is recomputed: a wrong figure is named beside the broken chain."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.sales.sale_rows import Rows
from pos.application.pricing.promotions import PromotionDraft
from pos.application.returns.blind_return import BlindLine, BlindOrder
from pos.application.sales.complete_sale import Payment
from pos.domain.pricing.discount import Discount
from tests.builders import cash_for, money
from tests.horgos import CNY
from tests.shops import CHOCOLATE, FEW_GOODS, SWEETS, DemoShop, made_in


@pytest.fixture(scope="module")
def sold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with one sale of everything, of which one piece came back."""
    folder = tmp_path_factory.mktemp("priced") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    with shop.raw(writing=True) as store:
        store.execute("UPDATE product SET vat = '12' WHERE code = ?", (SWEETS,))
    manager = shop.person("manager")
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal(10), code=CHOCOLATE), manager)
    checkout = shop.basket(SWEETS, SWEETS, SWEETS, CHOCOLATE)
    checkout.discount_basket(Discount(percent=Decimal(10)), manager)
    order = checkout.order(manager)
    sale = shop.complete_sale.from_counter(order, Payment((cash_for(order.cart.total),)))
    shop.return_by_ticket(
        {
            "key": "back",
            "receipt": sale.receipt,
            "lines": [{"line": 0, "quantity": 1}],
            "refund": {"currency": "CNY", "method": "cash"},
            "reason": "did not fit",
            "cashier": "amina",
        }
    )
    shop.blind_return.from_counter(
        BlindOrder("blind", (BlindLine(SWEETS, 1, money("28.00")),), CNY, "receipt lost", "manager")
    )
    shop.close()
    return folder


@pytest.fixture
def books(sold: Path, tmp_path: Path) -> Iterator[DemoShop]:
    """A copy of that shop, to be tampered with."""
    shutil.copytree(sold, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE line_promotion SET amount_minor = amount_minor - 1", "line 1 T1-000001: 238 off, promotions 124"),
        ("UPDATE line_promotion SET line_no = 7", "promotion of line 7, sale 1: there is no such line"),
        ("UPDATE sale_line SET basket_minor = basket_minor - 1 WHERE line_no = 0", "discount on the basket 1553"),
        ("UPDATE sale SET basket_minor = 0 WHERE kind = 'sale'", "sale T1-000001: discount on the basket 0"),
        ("UPDATE sale_line SET tax_minor = 1 WHERE line_no = 0", "tax of line 0 T1-000001: 1, it comes to 1389"),
        ("UPDATE sale_line SET vat = '16' WHERE line_no = 0", "tax of line 0 T1-000001: 1389, it comes to"),
        ("UPDATE return_line SET tax_minor = 5", "tax of return of line 0 T1-000001: 5, its share is 463"),
        ("UPDATE return_line SET tax_minor = 5", "tax of return line 0 T1-000003: 5, it comes to 300"),
        ("UPDATE return_line SET of_line = 9", "return of line 9 T1-000001: there is no such line"),
    ],
)
def test_what_no_longer_adds_up_is_named(books: DemoShop, statement: str, named: str) -> None:
    assert books.verify() == []
    with books.raw(writing=True) as store:
        store.execute("PRAGMA ignore_check_constraints=ON")
        assert store.execute(statement).rowcount

    faults = books.verify()

    assert any(named in line for line in faults), faults
    assert any(line.startswith("chain of sales") for line in faults)


LATER = {
    "sale": ("basket_percent", "basket_minor", "note"),
    "lines": ("catalogue_minor", "basket_minor", "vat", "tax_minor", "note"),
    "returned": ("vat", "tax_minor"),
}


def test_a_row_that_says_nothing_new_keeps_the_hash_of_an_older_one() -> None:
    new: dict[str, Any] = {name: {"id": 1, "what": name, **dict.fromkeys(LATER[name])} for name in LATER}
    old: dict[str, Any] = {name: {"id": 1, "what": name} for name in LATER}

    def content(rows: dict[str, Any]) -> bytes:
        return Rows(rows["sale"], [rows["lines"]], [], [], [], returned=[rows["returned"]]).content()

    assert content(new) == content(old)
    for part, columns in LATER.items():
        for column in columns:
            assert content({**new, part: {**new[part], column: "1"}}) != content(old)


def test_a_promotion_that_is_not_as_someone_added_it_is_named(shop: DemoShop) -> None:
    manager, spring = shop.person("manager"), timezone(timedelta(hours=8))
    eighth = datetime(2026, 3, 8, tzinfo=spring)
    shop.promotions.add(PromotionDraft("Spring", percent=Decimal("7.5"), since=eighth), manager)
    shop.promotions.add(PromotionDraft("Sweets", amount=money("1"), code=SWEETS), manager)
    shop.promotions.add(PromotionDraft("Three for two", take=3, pay=2, scope="food", until=eighth), manager)
    shop.promotions.end(2, manager)
    assert shop.verify() == []

    with shop.raw(writing=True) as store:
        store.execute("UPDATE promotion SET percent = '90' WHERE id = 1")
        store.execute("UPDATE promotion SET ended_at = NULL WHERE id = 2")
        store.execute("DELETE FROM promotion WHERE id = 3")
        store.execute(
            "INSERT INTO promotion (id, name, since, scope, percent, person)"
            " VALUES (9, 'Friends', 0, '*', '50', 'manager')"
        )

    assert [line.split(",")[0] for line in shop.verify()] == [
        "promotion 1 Spring: percent is 90",
        "promotion 2 Sweets: ended is None",
        "promotion 9 Friends: no journal entry adds it",
        "promotion 3: it was added",
    ]
