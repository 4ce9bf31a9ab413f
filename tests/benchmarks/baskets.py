"""Seeded baskets as a border shop sells them, within the allowances and far above them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from pos.domain.catalogue.product import Attributes
from pos.domain.quota.measure import Goods, QuotaRates

RATES = QuotaRates(
    "KZT",
    {"CNY": Fraction("72.84"), "EUR": Fraction("596.31"), "USD": Fraction("503.57"), "RUB": Fraction("6.43")},
)
"""Rates with a remainder, as on any real day."""

SHELF: tuple[tuple[str, int, int, dict[str, str]], ...] = (
    ("perfume", 280, 1600, {"ml": "50", "gross_kg": "0.31"}),
    ("cosmetics.premium", 190, 2400, {"ml": "30", "gross_kg": "0.18"}),
    ("cosmetics.ordinary", 15, 160, {"ml": "200", "gross_kg": "0.24"}),
    ("alcohol.spirit", 120, 2300, {"ml": "500", "abv": "40", "gross_kg": "1.05"}),
    ("alcohol.spirit", 260, 3100, {"ml": "700", "abv": "43", "gross_kg": "1.38"}),
    ("alcohol.wine", 60, 900, {"ml": "750", "abv": "13.5", "gross_kg": "1.29"}),
    ("alcohol.beer", 6, 24, {"ml": "500", "abv": "5", "gross_kg": "0.54"}),
    ("tobacco.cigarette", 90, 480, {"sticks": "200", "net_g": "160", "gross_kg": "0.29"}),
    ("tobacco.cigar", 80, 700, {"sticks": "5", "net_g": "45", "gross_kg": "0.12"}),
    ("food.sweets", 12, 130, {"net_g": "400", "gross_kg": "0.46"}),
    ("food.honey", 30, 210, {"net_g": "1000", "gross_kg": "1.34"}),
    ("clothing", 70, 1500, {"gross_kg": "0.62"}),
    ("footwear", 150, 1400, {"gross_kg": "1.12"}),
    ("bag", 180, 4200, {"gross_kg": "0.95"}),
    ("jewellery", 300, 5200, {"gross_kg": "0.04"}),
    ("watch", 260, 12500, {"gross_kg": "0.21"}),
    ("electronics.other", 90, 2600, {"gross_kg": "0.77"}),
    ("appliance", 160, 2900, {"gross_kg": "4.85"}),
    ("kitchenware", 40, 760, {"gross_kg": "2.15"}),
    ("toy", 25, 640, {"gross_kg": "0.83"}),
    ("souvenir", 10, 260, {"gross_kg": "0.35"}),
    ("textile", 45, 880, {"gross_kg": "1.75"}),
)
"""Category, lowest and highest price in yuan, and what stands on the package."""


def line(luck: Random, quantity: int, dearness: float) -> Goods:
    """A line from the shelf; every sixth has a discount. `dearness` scales its price."""
    category, low, high, texts = luck.choice(SHELF)
    fen = int(100 * dearness * (low + (high - low) * luck.random() ** 3))
    fen -= fen % luck.choice((1, 10, 50, 100))
    price = Fraction(max(fen, 100), 100)
    discount = Fraction(luck.randint(1, 400), 100) if luck.random() < 1 / 6 and price > 4 else Fraction(0)
    figures: dict[str, Any] = {name: int(text) if name == "sticks" else Decimal(text) for name, text in texts.items()}
    attributes = Attributes(**figures)
    return Goods(category, category, quantity, price, "CNY", discount, attributes)


def basket(luck: Random, units: int, dearness: float, most: int = 3) -> list[Goods]:
    """Lines of 1 to `most` units that make `units` units together."""
    lines = []
    while units:
        quantity = min(units, luck.randint(1, most))
        lines.append(line(luck, quantity, dearness))
        units -= quantity
    return lines
