"""Money at providers is recounted: a tender, a charge or a refund that was changed past the program is named."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.payments.practice_provider import PracticeProvider
from tests.application.outside_partners.test_refunds_at_providers import brought_back
from tests.db.verify.test_verify import tamper
from tests.payments.desk import Desk, Line
from tests.shops import FEW_GOODS, SWEETS, DemoShop, made_in


@pytest.fixture(scope="module")
def paid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed shop with a sale by phone, of which a piece came back."""
    folder = tmp_path_factory.mktemp("paid") / "shop"
    made_in(folder, FEW_GOODS)
    shop = DemoShop(folder)
    desk = Desk(shop, Line(PracticeProvider(name="wechat")))
    checkout = shop.basket(SWEETS, SWEETS)
    sale = desk.finish(checkout, desk.pay(checkout))
    brought_back(desk, sale, "r-1")
    desk.turns(2)
    assert shop.verify() == []
    shop.close()
    return folder


@pytest.fixture
def books(paid: Path, tmp_path: Path) -> Iterator[DemoShop]:
    shutil.copytree(paid, tmp_path / "books")
    shop = DemoShop(tmp_path / "books")
    yield shop
    shop.close()


@pytest.mark.parametrize(
    ("statement", "finding"),
    [
        ("DELETE FROM partner_attempt WHERE kind = 'charge'", "payment T1-000001: wechat was never asked for it"),
        ("UPDATE partner_attempt SET amount_minor = 1 WHERE kind = 'charge'", "payment T1-000001: 9600 by wechat"),
        ("UPDATE partner_attempt SET state = 'undone' WHERE kind = 'charge'", "payment T1-000001: what wechat was"),
        ("UPDATE partner_attempt SET document = '' WHERE kind = 'charge'", "payment T1-000001: what wechat was"),
        ("UPDATE sale_payment SET tender = 'x', provider = NULL", "payment T1-000001: it does not name what wechat"),
        ("UPDATE partner_attempt SET amount_minor = 99999 WHERE kind = 'refund'", "gives 99999 back"),
        ("UPDATE partner_attempt SET document = 'T1-000009' WHERE kind = 'refund'", "return T1-000009: 0 by qr"),
        (
            "UPDATE partner_attempt SET document = '', is_closed = 1 WHERE kind = 'charge'",
            "which neither paid nor went back",
        ),
    ],
)
def test_what_drifted_is_named(books: DemoShop, statement: str, finding: str) -> None:
    tamper(books, statement)

    assert any(finding in line for line in books.verify()), books.verify()
