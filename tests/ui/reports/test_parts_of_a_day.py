"""What of a day's money came in which way: the per cents on the page add up to all of it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from pos.domain.money import Money
from pos.domain.reports.trade_figures import GoodsShare, Share
from pos.domain.shifts.shift_report import PaymentSum
from pos.ui.reports import day_words, row_words
from pos.ui.reports.drawn_slice import DrawnSlice
from tests.builders import card, cash, qr
from tests.horgos import CNY
from tests.printing.sales import the_translators
from tests.shops import SWEETS, DemoShop

_PERCENT = re.compile(r"([0-9]+)\s?%")


def yuan(fen: int) -> Money:
    return Money(fen, CNY)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_three_ways_of_a_third_each_are_shown_as_all_of_the_money(shop: DemoShop, language: str) -> None:
    shop.pay(shop.basket(SWEETS), qr("16"), card("16"), cash("16"))
    day, tr = shop.read_day(shop.person("manager")), the_translators()[language]

    def shown(slices: list[DrawnSlice]) -> list[int]:
        return sorted(int(percent) for mark in slices for percent in _PERCENT.findall(" ".join(mark.cells)))

    assert sorted(int(_PERCENT.findall(row.value)[0]) for row in day_words.ways(day, tr)) == [33, 33, 34]
    assert shown(row_words.methods(day, tr)) == [33, 33, 34]
    assert shown(row_words.currencies(day, tr)) == [100]


def test_a_little_is_below_one_per_cent_and_the_rest_is_all_of_it(shop: DemoShop) -> None:
    shop.pay(shop.basket(SWEETS), card("0.10"), cash("47.90"))
    day = shop.read_day(shop.person("manager"))

    shown = sorted(row.value.replace("\N{NO-BREAK SPACE}", " ") for row in day_words.ways(day, the_translators()["en"]))
    assert shown == ["100 %", "below 1 %"]


def test_whole_units_of_cashiers_and_currencies_add_up_to_the_sales_beside_them(shop: DemoShop) -> None:
    day = shop.read_day(shop.person("manager"))
    halves = tuple(Share(name, 1, yuan(minor)) for name, minor in (("amina", 94_050), ("li", 53_650)))
    day = replace(
        day,
        by_cashier=halves,
        by_till=halves,
        by_destination=halves,
        payments=tuple(PaymentSum(way, yuan(minor), yuan(minor)) for way, minor in (("cash", 94_050), ("qr", 53_650))),
    )
    tr = the_translators()["en"]

    def units(slices: list[DrawnSlice], index: int) -> list[str]:
        return [mark.cells[index] for mark in slices]

    assert units(row_words.cashiers(day, {}, tr), 1) == ["941", "536"]
    assert units(row_words.tills(day, tr), 1) == ["941", "536"]
    assert units(row_words.destinations(day, tr), 0) == ["941", "536"]
    assert units(row_words.methods(day, tr), 0) == ["941", "536"]


def test_categories_and_the_rest_of_them_add_up_to_the_sales_beside_them(shop: DemoShop) -> None:
    goods = tuple(GoodsShare(f"c{index}", 1, yuan(150)) for index in range(row_words.MANY + 2))
    day = replace(shop.read_day(shop.person("manager")), by_category=goods)

    shown = [int(mark.cells[1]) for mark in row_words.categories(day, the_translators()["en"])]
    assert sum(shown) == 15
    assert shown[-1] == 3
