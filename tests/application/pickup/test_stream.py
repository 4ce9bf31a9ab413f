"""The sheet of the stream: each till puts goods on it and takes goods off, and none of them erases another's."""

from __future__ import annotations

from functools import partial

import pytest

from pos.application.pickup.claimed_goods import SeveralSheetNumbers
from pos.application.pickup.stream import KeepStream, SheetNumberTaken, StreamGoods, StreamLine
from pos.application.pickup.take_order import TakeOrder
from pos.domain.errors import BadField, MovedMeanwhile
from tests.application.pickup.test_two_tills import both
from tests.builders import money
from tests.shops import CHOCOLATE, LAST_ONE, DemoShop

SWEETS, COGNAC = "4870204320060", "4870204321111"


def stream(shop: DemoShop) -> KeepStream:
    return KeepStream(shop.context)


def sheet(shop: DemoShop) -> dict[int, StreamGoods]:
    return {row.number: row for row in stream(shop).goods(shop.person("amina"))}


def codes(shop: DemoShop) -> dict[int, str]:
    return {number: row.product.code for number, row in sheet(shop).items()}


def put(
    shop: DemoShop, goods: str, number: int | None = None, before: StreamGoods | None = None, price: str = ""
) -> None:
    given = money(price) if price else None
    stream(shop).put_line(goods, given, number, shop.person("amina"), None if before is None else before.item)


def test_goods_get_the_first_free_number_and_leave_the_others_alone(shop: DemoShop) -> None:
    put(shop, CHOCOLATE)
    put(shop, SWEETS, 3)
    put(shop, COGNAC)
    assert codes(shop) == {1: CHOCOLATE, 2: COGNAC, 3: SWEETS}


def test_two_tills_that_put_goods_on_the_sheet_at_once_get_a_number_each(shop: DemoShop) -> None:
    other = shop.other_till()
    for wanted in (2, 4, 6):
        both(partial(put, shop, CHOCOLATE), partial(put, other, SWEETS))
        assert sorted(codes(shop)) == list(range(1, wanted + 1))


def test_a_number_that_other_goods_have_is_refused(shop: DemoShop) -> None:
    put(shop, CHOCOLATE, 7)
    with pytest.raises(SheetNumberTaken) as refused:
        put(shop, SWEETS, 7)
    assert (refused.value.number, refused.value.code) == (7, CHOCOLATE)
    put(shop, SWEETS, 8)
    with pytest.raises(SheetNumberTaken):
        put(shop, SWEETS, 7, before=sheet(shop)[8])
    assert codes(shop) == {7: CHOCOLATE, 8: SWEETS}
    with pytest.raises(BadField):
        put(shop, COGNAC, 1_000)


def test_goods_under_two_numbers_at_two_prices_are_claimed_by_their_number(shop: DemoShop) -> None:
    put(shop, CHOCOLATE, 1)
    put(shop, CHOCOLATE, 2, price="9.90")
    take, amina = TakeOrder(shop.context), shop.person("amina")

    with pytest.raises(SeveralSheetNumbers) as refused:
        take.called(CHOCOLATE, "Lena", "douyin", "ru", amina, "by code")
    assert (refused.value.code, refused.value.numbers) == (CHOCOLATE, (1, 2))
    for number, agreed in (("1", "12.50"), ("2", "9.90")):
        order = take.called(number, "Lena", "douyin", "ru", amina, number)
        assert str(order.lines[0].agreed.amount) == f"{agreed}"


def test_goods_that_are_given_another_number_leave_the_old_one(shop: DemoShop) -> None:
    put(shop, CHOCOLATE, 1)
    put(shop, CHOCOLATE, 5, before=sheet(shop)[1])
    assert codes(shop) == {5: CHOCOLATE}


def test_what_another_till_has_changed_is_not_overruled(shop: DemoShop) -> None:
    put(shop, CHOCOLATE, 1)
    seen = sheet(shop)[1]
    put(shop.other_till(), CHOCOLATE, before=seen, price="9.90")
    with pytest.raises(MovedMeanwhile):
        put(shop, CHOCOLATE, before=seen, price="8.80")
    with pytest.raises(MovedMeanwhile):
        stream(shop).take_off(seen.item, shop.person("amina"))
    now = sheet(shop)[1]
    assert str(now.price) == "9.90"
    for _ in range(2):  # gone already, it is off the sheet as was wanted
        stream(shop).take_off(now.item, shop.person("amina"))
    assert codes(shop) == {}


def test_a_price_of_the_stream_that_is_that_on_file_stays_the_streams(shop: DemoShop) -> None:
    on_file = stream(shop).put([StreamLine(1, CHOCOLATE)], shop.person("amina"))[0]
    assert not on_file.is_of_stream
    put(shop, CHOCOLATE, before=on_file, price=str(on_file.price))
    assert sheet(shop)[1].is_of_stream
    put(shop, LAST_ONE)
    assert sheet(shop)[1].is_of_stream
