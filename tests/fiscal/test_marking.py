"""In a shop with a register, goods of some categories are sold by their marking codes from a day on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pos.application.settings.settings import Settings
from pos.domain.border import border_in_force
from pos.domain.catalogue.piece import AsksMarkingCode, PieceInBasket, PieceSold
from pos.domain.errors import BadField
from tests.application.returns.test_return_goods import record_return
from tests.fiscal.shops import FiscalTill, a_fiscal_till
from tests.goods_codes import marked
from tests.shops import CARTON, CHOCOLATE, DemoShop


@pytest.fixture
def till(shop_folder: Path) -> Iterator[FiscalTill]:
    with a_fiscal_till(shop_folder) as made:
        yield made


def test_the_border_says_from_which_day_and_a_shop_without_a_register_is_not_bound() -> None:
    duties = {one.category: one.since for one in border_in_force().marking}
    assert duties["clothing"] == date(2026, 12, 1)
    settings = Settings()
    assert "clothing=2026-12-01" in settings.marking_from
    day = datetime(2026, 12, 1, 12, tzinfo=UTC)
    assert not settings.stock_policy(day).asks_mark("clothing")
    bound = settings.with_text("fiscal_register", "webkassa")
    assert bound.stock_policy(day).asks_mark("clothing")
    assert not bound.stock_policy(datetime(2026, 11, 30, 12, tzinfo=UTC)).asks_mark("clothing")
    assert bound.stock_policy(day).asks_mark("tobacco.cigarette")
    assert not bound.with_text("marking_from", "").stock_policy(day).asks_mark("clothing")


@pytest.mark.parametrize(
    "text", ["clothing", "clothing=soon", "hats=2026-12-01", "clothing=2026-12-01,clothing=2027-01-01"]
)
def test_what_is_no_category_from_a_day_on_is_refused(text: str) -> None:
    with pytest.raises(BadField):
        Settings().with_text("marking_from", text)


def test_a_code_is_scanned_at_the_checkout_carried_on_the_ticket_and_given_back_by_a_return(till: FiscalTill) -> None:
    shop = till.shop
    with pytest.raises(AsksMarkingCode):
        shop.basket(CARTON)
    checkout = shop.basket(marked(serial="A1"))
    with pytest.raises(PieceInBasket):
        checkout.scan(marked(serial="A1"))
    sale = shop.pay(checkout)
    with pytest.raises(PieceSold):
        shop.basket(marked(serial="A1"))
    back = record_return(shop, sale.receipt, (0, 1))
    till.send()
    mark = "010460720430350821A1"
    for booked in till.server.tickets():
        (position,) = booked.body["Positions"]
        assert (position["Mark"], position["GTIN"]) == (mark, "04607204303508")
    assert [one.operation for one in till.server.tickets()] == ["sale", "return"]
    again = shop.sell(marked(serial="A1"))
    assert again.lines[0].serial == "A1"
    assert back.lines[0].serial == "A1"


def test_a_basket_from_before_the_day_is_refused_at_the_payment(shop: DemoShop) -> None:
    checkout = shop.basket(CHOCOLATE)
    shop.set("fiscal_register", "webkassa")
    shop.set("marking_from", "food.sweets=2026-03-02")
    with pytest.raises(AsksMarkingCode):
        shop.pay(checkout)
    shop.set("marking_from", "food.sweets=2026-03-03")
    shop.pay(checkout)
