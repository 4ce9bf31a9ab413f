"""Orders are found by a few signs, worded for their buyers, judged beforehand, and kept on the sheet of the stream."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.application.pickup.buyer_message import BuyerMessage
from pos.application.pickup.find_orders import FindOrders
from pos.application.pickup.order_allowance import OrderAllowance, advice_text
from pos.application.pickup.pickup_report import ReportOrders
from pos.application.pickup.stream import KeepStream, StreamLine
from pos.application.pickup.take_order import ClaimLine, TakeOrder
from pos.application.ports.pickup_ports import OrderFilter
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.pickup.customer_order import OrderState
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.languages.catalogue import load_translators
from tests.application.pickup.orders import (
    a_draft,
    claim,
    deposits,
    on_hand,
    opened,
    pay_ahead,
    pick_up,
    pieces,
    steps,
    upkeep,
)
from tests.builders import money
from tests.horgos import CNY, KZT, USD
from tests.shops import CARTON, CHOCOLATE, COGNAC, SWEETS, DemoShop
from tools.messages import FOLDER

ENGLISH = Translator.english()


def found(shop: DemoShop, text: str, limit: int = 20) -> list[str]:
    return [one.buyer.name for one in FindOrders(shop.context).search(text, shop.person("amina"), limit)]


def test_orders_are_found_by_code_phone_and_name_open_ones_first(shop: DemoShop) -> None:
    rain = claim(shop, CHOCOLATE, buyer="小雨 138 0013 8000")
    anna = claim(shop, CHOCOLATE, buyer="Anna Petrowa 4567")
    gone = claim(shop, CHOCOLATE, buyer="Anna K. 8000")
    steps(shop).cancel(gone.code, "", shop.person("amina"))

    assert found(shop, "8000") == ["小雨", "Anna K."]
    assert found(shop, "+86 138-0013-8000") == ["小雨"]
    assert (found(shop, "anna"), found(shop, "PETR")) == (["Anna Petrowa", "Anna K."], ["Anna Petrowa"])
    assert (found(shop, "雨"), found(shop, "小雨")) == (["小雨"], ["小雨"])
    assert found(shop, rain.code[:5].lower()) == ["小雨"]
    assert found(shop, f"{anna.code[:4]} {anna.code[4:]}") == ["Anna Petrowa"]
    assert found(shop, PickupCode(anna.code).qr) == ["Anna Petrowa"]
    assert (found(shop, ""), found(shop, "nobody"), len(found(shop, "anna", 1))) == ([], [], 1)


def test_the_board_shows_what_is_to_be_done_by_state_the_most_urgent_in_front(shop: DemoShop) -> None:
    on_hand(shop, COGNAC, 1)
    later, sooner = claim(shop, CHOCOLATE), claim(shop, SWEETS, hold_until=shop.now() + timedelta(hours=1))
    first, second = claim(shop, COGNAC), claim(shop, COGNAC)
    steps(shop).pack(later.code, "A-7", shop.person("amina"))
    steps(shop).cancel(first.code, "", shop.person("amina"))

    board = FindOrders(shop.context).board(shop.person("amina"))

    assert [one.code for one in board.columns[OrderState.CONFIRMED]] == [sooner.code, second.code]
    assert [one.place for one in board.columns[OrderState.READY]] == ["A-7"]
    assert board.counts == {"confirmed": 2, "ready": 1, "tell": 1}
    to_tell = FindOrders(shop.context).listed(shop.person("amina"), OrderFilter(to_tell=True), 10)
    assert [one.code for one in to_tell] == [second.code]


def test_the_message_is_in_the_language_of_the_buyer(shop: DemoShop) -> None:
    shop.translators = load_translators(FOLDER)
    order = pieces(shop, CHOCOLATE, 2)
    pay_ahead(shop, order, money("910", KZT))
    say, amina = BuyerMessage(shop.context), shop.person("amina")

    chinese, russian = say(order.code, amina), say(order.code, amina, "ru")

    code = PickupCode(order.code).spaced
    assert f"您的预订 {code} 的商品已为您保留。" in chinese
    assert ("¥\xa025.00" in chinese, "2026-03-05" in chinese) == (True, True)
    assert f"Товары вашего заказа {code} отложены для вас." in russian
    assert "Задаток" in russian
    steps(shop).cancel(order.code, "", amina)
    assert len(say(order.code, amina, "en").splitlines()) == 2


def test_terms_by_which_a_deposit_is_not_given_back_are_in_the_message(shop: DemoShop) -> None:
    shop.translators = load_translators(FOLDER)
    say, amina, codes = BuyerMessage(shop.context), shop.person("amina"), []
    for terms in ("give_back", "keep", "credit"):
        shop.set("deposit_no_show", terms)
        codes.append(pay_ahead(shop, claim(shop, CHOCOLATE), money("5")).code)

    given_back, kept, moved = (say(code, amina, "ru").splitlines() for code in codes)

    at = next(at for at, line in enumerate(kept) if line.startswith("Задаток: "))
    assert kept[at + 1] == "Если заказ не забрать в срок, задаток остаётся магазину."
    assert moved[at + 1] == "Если заказ не забрать в срок, задаток зачитывается в другой заказ."
    assert not any(line.startswith("Если заказ") for line in given_back)
    assert "逾期未取货，定金归店所有。" in say(codes[1], amina)


def test_the_message_says_which_sum_is_fixed(shop: DemoShop) -> None:
    shop.translators = load_translators(FOLDER)
    say, amina = BuyerMessage(shop.context), shop.person("amina")
    order = claim(shop, lines=(ClaimLine(COGNAC, 1, money("30000", KZT)),))
    in_yuan = claim(shop, COGNAC)

    said = say(order.code, amina, "en")

    assert "Total: ¥\xa0412.09 (₸\xa030,000.00)" in said
    assert "The total in ¥ CNY is fixed." in said
    assert "is fixed" not in say(in_yuan.code, amina, "en")


def test_advice_tells_by_how_much_an_order_is_over_for_one_person_and_how_many_can_carry_it(shop: DemoShop) -> None:
    amina, judge = shop.person("amina"), OrderAllowance(shop.context)
    fits = claim(shop, CHOCOLATE)
    assert {one.side: one.is_within for one in judge(fits, amina)} == {"CN": True, "KZ": True}
    shop.set("pickup_confirms", "no")
    much = claim(shop, lines=(ClaimLine(SWEETS, 200),))
    china = next(one for one in judge(much, amina) if one.side == "CN")
    assert (china.is_within, str(china.over)) == (False, "1600.00")  # 200 × 48.00 above 8,000
    assert (
        advice_text(china, ENGLISH) == "Over by ¥\xa01,600.00 for one person."
    )  # so many pieces are not split at once
    cognac = pieces(shop, COGNAC, 3)
    spirits = next(one for one in judge(cognac, amina) if one.side == "CN")
    assert (spirits.is_within, spirits.over) == (False, None)
    assert spirits.people is not None
    assert advice_text(spirits, ENGLISH).endswith(f"{spirits.people} people can carry it.")
    known = judge(cognac, amina, shop.visitor())
    assert [(one.side, one.people) for one in known] == [("CN", None)]


def test_the_sheet_of_the_stream_shows_prices_in_all_money_and_free_stock_that_falls(shop: DemoShop) -> None:
    sheet, amina = KeepStream(shop.context), shop.person("amina")
    on_hand(shop, COGNAC, 3)
    goods = sheet.put([StreamLine(1, CHOCOLATE), StreamLine(7, COGNAC, money("30000", KZT))], amina)
    assert [(one.number, one.product.code, one.free) for one in goods][1] == (7, COGNAC, 3)
    assert [str(one) for one in goods[0].prices][:2] == ["12.50", "910.00"]
    assert str(goods[1].prices[0]) == "30000.00"
    assert goods[1].is_of_stream

    TakeOrder(shop.context).called("7x2", "Anna", "douyin", "ru", amina, "k")
    TakeOrder(shop.context)(a_draft(COGNAC, COGNAC), amina, "k2")

    [_, cognac] = sheet.goods(amina)
    assert (cognac.free, cognac.waiting) == (1, 2)
    for wrong, what in (
        ([StreamLine(0, CHOCOLATE)], "out_of_range"),
        ([StreamLine(1, CHOCOLATE), StreamLine(1, SWEETS)], "duplicate"),
    ):
        with pytest.raises(BadField) as refused:
            sheet.put(wrong, amina)
        assert refused.value.what == what
    with pytest.raises(UnknownCode):
        sheet.put([StreamLine(2, "7")], amina)
    assert sheet.put([], amina) == ()
    assert shop.verify() == []


def test_the_sheet_says_what_an_order_will_cost_at_the_selling_rate(shop: DemoShop) -> None:
    sheet, amina = KeepStream(shop.context), shop.person("amina")
    [goods] = sheet.put([StreamLine(1, CHOCOLATE, money("10", USD))], amina)
    order = claim(shop, "1")

    [whole] = order.agreed_sums()
    total = order.total(CNY)

    shop_asks = {one.currency.code: str(one) for one in opened(shop, order).view().others}
    assert {one.currency.code: str(one) for one in goods.prices} == {
        **shop_asks, "USD": str(whole), "CNY": str(shop.settings().cash().asked_of(total)),
    }  # fmt: skip
    assert str(total) == "69.37"  # 10 × 505 ÷ 72.80


def test_the_report_counts_by_channel_and_hour_who_came_and_who_did_not(shop: DemoShop) -> None:
    first = claim(shop, CHOCOLATE)
    pay_ahead(shop, first, money("10"))
    shop.now.move(hours=1)
    claim(shop, SWEETS, channel="phone", hold_until=shop.now() + timedelta(minutes=5))
    gone = pieces(shop, CARTON, 2, channel="phone")
    steps(shop).cancel(gone.code, "", shop.person("amina"))
    open_one = claim(shop, COGNAC)
    pay_ahead(shop, open_one, money("1000", KZT))
    pick_up(shop, first)
    shop.now.move(minutes=10)
    upkeep(shop)

    report = ReportOrders(shop.context)(shop.person("manager"))

    counts = [(name, one.orders, one.picked_up, one.open, one.no_shows) for name, one in report.by_channel]
    assert counts == [("douyin", 2, 1, 1, 0), ("phone", 2, 0, 0, 1)]
    assert [hour for hour, _ in report.by_hour] == [12, 13]
    assert (report.whole.orders, report.whole.pieces, report.whole.picked) == (4, 5, 1)
    assert report.whole.share_of_no_shows is not None
    assert [one.channel for one in report.no_shows] == ["phone"]
    assert [str(one) for one in report.owed] == ["1000.00"]
    assert [str(one.amount) for one in report.deposits.taken] == ["10.00", "1000.00"]
    assert deposits(shop).owed(shop.person("amina")) == []
