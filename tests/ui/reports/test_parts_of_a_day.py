"""What of a day's money came in which way: the per cents on the page add up to all of it."""

from __future__ import annotations

import re

import pytest

from pos.ui.reports import day_words, row_words
from pos.ui.reports.drawn_mark import DrawnMark
from tests.builders import card, cash, qr
from tests.printing.sales import the_words
from tests.shops import SWEETS, DemoShop

_PERCENT = re.compile(r"([0-9]+)\s?%")


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_three_ways_of_a_third_each_are_shown_as_all_of_the_money(shop: DemoShop, language: str) -> None:
    shop.pay(shop.basket(SWEETS), qr("16"), card("16"), cash("16"))
    day, words = shop.read_day(shop.person("manager")), the_words()[language]

    def shown(marks: list[DrawnMark]) -> list[int]:
        return sorted(int(found) for mark in marks for found in _PERCENT.findall(" ".join(mark.cells)))

    assert sorted(int(_PERCENT.findall(row.value)[0]) for row in day_words.ways(day, words)) == [33, 33, 34]
    assert shown(row_words.methods(day, words)) == [33, 33, 34]
    assert shown(row_words.currencies(day, words)) == [100]


def test_a_little_is_below_one_per_cent_and_the_rest_is_all_of_it(shop: DemoShop) -> None:
    shop.pay(shop.basket(SWEETS), card("0.10"), cash("47.90"))
    day = shop.read_day(shop.person("manager"))

    shown = sorted(row.value.replace("\N{NO-BREAK SPACE}", " ") for row in day_words.ways(day, the_words()["en"]))
    assert shown == ["100 %", "below 1 %"]
