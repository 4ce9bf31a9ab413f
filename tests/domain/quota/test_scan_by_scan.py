"""A basket that grows under the scanner is judged as the same basket at once."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import AllowancePosition, PastSale, position_of
from pos.domain.quota.assess import Assessing, assess_from
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem
from tests.benchmarks.baskets import RATES, basket, line
from tests.domain.quota.border import ADULT, NOON, regime


def weighed(position: AllowancePosition, goods: list[Goods]) -> list[QuotaItem]:
    return [position.scales.lot(ItemOrigin(index), one) for index, one in enumerate(goods)]


@pytest.mark.parametrize("name", ["cn-horgos", "kz-horgos"])
def test_a_basket_judged_scan_by_scan_has_the_verdict_of_the_whole(name: str) -> None:
    luck = Random(256)
    past = [PastSale(NOON - timedelta(hours=2), None, tuple(basket(luck, 4, 0.2)))]
    position = position_of(regime(name), ADULT, past, NOON, RATES)
    assess, goods = Assessing(position), basket(luck, 3, 0.5)
    for _ in range(60):
        step = luck.random()
        if step < 0.7:
            goods = [*goods, line(luck, luck.randint(1, 3), 0.5)]
        elif step < 0.85:
            index = luck.randrange(len(goods))
            goods = [*goods[:index], line(luck, 2, 0.5), *goods[index + 1 :]]
        elif len(goods) > 1:
            goods = goods[:-1]
        assert assess(weighed(position, goods)) == assess_from(position, goods)


def test_what_is_missing_is_reported_once_however_often_the_basket_is_judged() -> None:
    bottle = line(Random(1), 1, 0.5)
    unknown = Goods("arrack", "alcohol.spirit", 1, bottle.unit_price, "CNY", attributes=Attributes())
    position = position_of(regime("kz-horgos"), ADULT, [], NOON, RATES)
    assess, lots = Assessing(position), weighed(position, [unknown])
    first = assess(lots)
    assert first.unknown
    assert assess(lots) == first
