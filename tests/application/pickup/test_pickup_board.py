"""The counter finds an order by what the buyer has at hand, and tells the buyer how it stands."""

from __future__ import annotations

import pytest

from pos.application.pickup.buyer_message import buyer_message
from pos.application.pickup.pickup_board import PickupBoard
from pos.application.pickup.stream_sheet import NumberTaken, StreamSheet
from pos.application.text.translator import Translator
from pos.domain.pickup.customer_order import NoSuchCustomerOrder
from pos.domain.pickup.pickup_code import PickupCode, with_check_sign
from tests.application.pickup.orders import claim, on_hand, order_of, steps
from tests.builders import money
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop


def test_an_order_is_found_by_its_code_the_last_digits_of_the_phone_and_a_name(shop: DemoShop) -> None:
    mine = claim(shop, CHOCOLATE, buyer="Айгуль Сатпаева 7011234567")
    other = claim(shop, SWEETS, buyer="小雨 8888")
    board, amina = PickupBoard(shop.context), shop.person("amina")

    def found(text: str) -> list[str]:
        return [order.code for order in board.find(text, amina, 20)]

    assert found(mine.code[:5].lower()) == [mine.code]
    assert found(PickupCode(mine.code).spaced) == [mine.code]
    assert found(PickupCode(mine.code).qr) == [mine.code]
    assert found("4567") == found("сатп") == [mine.code]
    assert found("小雨") == found("雨") == found("88") == [other.code]
    assert found("") == found("nobody") == []
    assert board.show(mine.code, amina) == mine
    with pytest.raises(NoSuchCustomerOrder):
        board.show(with_check_sign("2345678").signs, amina)


def test_the_message_for_the_buyer_says_how_the_order_stands(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 1)
    first, second = claim(shop, CHOCOLATE), claim(shop, CHOCOLATE, buyer="Лена")
    tr, settings = Translator.english(), shop.settings()

    def message(code: str) -> str:
        return buyer_message(order_of(shop, code), settings, tr)

    assert PickupCode(first.code).spaced in message(first.code)
    waiting = message(second.code)
    steps(shop).cancel(first.code, "bought elsewhere", shop.person("amina"))
    assert order_of(shop, second.code).tell
    assert message(second.code) != waiting
    assert message(first.code) != waiting


def test_the_sheet_of_the_stream_gives_goods_a_number_and_a_price(shop: DemoShop) -> None:
    sheet, amina = StreamSheet(shop.context), shop.person("amina")
    assert sheet.put(COGNAC, money("399.00"), amina).number == 1
    assert sheet.put(CHOCOLATE, None, amina).number == 2
    assert sheet.put(COGNAC, None, amina).number == 1  # it has one, and keeps its price
    with pytest.raises(NumberTaken):
        sheet.put(SWEETS, None, amina, number=2)
    sheet.put(SWEETS, None, amina, number=9)

    before = {row.number: row for row in sheet.rows(amina)}
    assert [(row.number, row.product.code) for row in before.values()] == [(1, COGNAC), (2, CHOCOLATE), (9, SWEETS)]
    assert str(before[1].price) == "399.00"
    assert len(before[1].prices) > 1
    claim(shop, "1")
    assert {row.number: row for row in sheet.rows(amina)}[1].free == before[1].free - 1
    sheet.set_price(2, money("33.00"), amina)
    sheet.remove(9, amina)
    assert [str(row.price) for row in sheet.rows(amina)] == ["399.00", "33.00"]
    sheet.clear(amina)
    assert list(sheet.rows(amina)) == []
