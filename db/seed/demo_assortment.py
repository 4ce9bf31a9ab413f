"""The range of made-up trade: some hundred articles, a few of them sold all day and most now and then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from random import Random

from db.seed.demo_stock import reorder_point_of
from db.seed.goods import FEATURED, DemoGoods
from db.seed.goods_kind import words
from db.seed.price_list import PriceList
from db.store.unit_of_work import SqlUnitOfWork
from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.category import any_covers
from pos.domain.catalogue.product import Attributes, Product

_BY_WEIGHT = (
    ("food.other", "58.00", "Dried apricots, loose | 散装杏干 | Курага весовая | Өлшенетін құрғақ өрік"),
    ("food.other", "46.00", "Raisins, loose | 散装葡萄干 | Изюм весовой | Өлшенетін мейіз"),
    ("food.other", "92.00", "Walnuts, loose | 散装核桃仁 | Грецкий орех весовой | Өлшенетін жаңғақ"),
    ("food.sweets", "64.00", "Chocolates, loose | 散装巧克力糖 | Конфеты весовые | Өлшенетін кәмпит"),
    ("food.sweets", "52.00", "Halva, loose | 散装酥糖 | Халва весовая | Өлшенетін халуа"),
)
"""Category, price of a kilogram in the list, names."""

_WEIGHINGS = 600
_COST = 2_000
"""What the goods of a weighing have cost, in hundredths of the list."""
_LEFT_ALONE = ("food.meat", "food.egg", "food.fresh", "hide", "seed", "medicine")
"""Goods that the border turns back, and that are hardly ever bought here."""

_MOST_WARES = 360
_NO_DEMAND = 0.04
_MOST_DEMAND, _WEIGHED, _KNOWN = 12.0, 8.0, 3.0
_USUAL = 40  # in the list, about: what is dearer sells less often


@dataclass(frozen=True, slots=True)
class DemoAssortment:
    """The articles that sell, drawn by weight; `kept` are those that the shop never lets run out."""

    goods: tuple[Product, ...]
    weights: tuple[float, ...]
    up_to: tuple[float, ...]
    kept: frozenset[int]

    def some(self, random: Random, count: int) -> Sequence[Product]:
        """`count` articles, each once."""
        return list({one.id: one for one in random.choices(self.goods, cum_weights=self.up_to, k=count)}.values())

    def share(self) -> Mapping[int, float]:
        """Of all rows of baskets the share of each article."""
        whole = self.up_to[-1]
        return {one.id: weight / whole for one, weight in zip(self.goods, self.weights, strict=True)}


def add_goods_by_weight(work: SqlUnitOfWork, prices: PriceList, at: datetime) -> list[int]:
    """Write the goods that are weighed at the counter; their ids. Each weighing is one piece on hand."""
    rows = [
        GoodsRow(
            with_check_digit(f"22{number:05d}00000"),
            words(names).en,
            words(names)._asdict(),
            category,
            prices.tag(int(price.replace(".", ""))),
            Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.020")),
            None,
            shelf="F1",
            by_weight=True,
            origin="KZ",
            unit="035",
        )
        for number, (category, price, names) in enumerate(_BY_WEIGHT, 101)
    ]
    ids = list(work.products.add_many(rows, at))
    cost = prices.tag(_COST).minor * _WEIGHINGS
    work.stock.move_many([(made, _WEIGHINGS, cost) for made in ids], "opening", at, "demo")
    return ids


def filled_up(goods: Sequence[DemoGoods], prices: PriceList, random: Random) -> tuple[DemoGoods, ...]:
    """The goods of a shop at work: sold-out ones are restocked, except a few without demand."""
    return tuple(_filled_up(one, prices, random) for one in goods)


def _filled_up(one: DemoGoods, prices: PriceList, random: Random) -> DemoGoods:
    least = reorder_point_of(one.price, prices)
    if least is None or one.code in FEATURED or one.on_hand > least or random.random() < _NO_DEMAND:
        return one
    return replace(one, on_hand=least + random.randint(1, 2 * least))


def chosen_goods(goods: Sequence[tuple[int, DemoGoods]], random: Random) -> list[int]:
    """The ids of the articles that may sell: the well-known ones, and as many others as a shop turns over."""
    lying = [(made, one) for made, one in goods if one.on_hand and one.price is not None and one.category is not None]
    known = [made for made, one in lying if one.code in FEATURED]
    others = [made for made, one in lying if one.code not in FEATURED]
    return [*known, *random.sample(others, min(_MOST_WARES, len(others)))]


def wares_of(products: Sequence[Product], prices: PriceList, random: Random) -> DemoAssortment:
    """The articles that sell, each weighted by its price."""
    goods = tuple(one for one in products if not one.missing_fields and not _is_left_alone(one))
    weights = tuple(_weight(one, prices, random) for one in goods)
    kept = frozenset(one.id for one in goods if one.code in FEATURED or one.by_weight)
    return DemoAssortment(goods, weights, tuple(accumulate(weights)), kept)


def _is_left_alone(one: Product) -> bool:
    return one.category is None or any_covers(_LEFT_ALONE, one.category) or one.asks_lot


def _weight(one: Product, prices: PriceList, random: Random) -> float:
    assert one.price is not None, "a product without gaps has one"
    demand = _WEIGHED if one.by_weight else min(random.paretovariate(1.2), _MOST_DEMAND)
    if one.code in FEATURED:
        demand *= _KNOWN
    return demand * _USUAL / (_USUAL + float(prices.listed(one.price)) / 100)
