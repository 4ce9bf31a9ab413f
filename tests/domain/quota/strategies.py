"""Random travellers, goods and pasts, biased towards the edges of the shipped rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import strategies as st

from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.product import Attributes
from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.measure import Goods
from tests.domain.quota.border import ADULT, CHILD, NOON, shipped

OFTEN = Traveller(ADULT.birth_date, "CN", (NOON.date(), NOON.date() - timedelta(days=14)))
HALF_KNOWN = [Traveller(born_from=day) for day in (date(2015, 1, 1), date(2008, 11, 1), date(1986, 5, 1))]
visitors = st.sampled_from((ADULT, ADULT, CHILD, Traveller(), OFTEN, *HALF_KNOWN))
regimes = st.sampled_from(sorted(shipped()))
carried = st.sampled_from(sorted(name for name, rules in shipped().items() if not rules.parcels))


def _some(values: list[str]) -> st.SearchStrategy[Decimal | None]:
    return st.sampled_from([*(Decimal(value) for value in values), *(Decimal(value) for value in values), None])


attributes = st.builds(
    Attributes,
    ml=_some(["2", "4", "500", "750", "1000"]),
    abv=_some(["0.5", "5", "12", "22", "40"]),
    net_g=_some(["1", "20", "125"]),
    gross_kg=_some(["0.3", "12.5", "25.001", "36"]),
    sticks=st.sampled_from([1, 20, 100, 200, None]),
    pieces=st.sampled_from([None, None, 2, 5]),
    variant=st.sampled_from(["mink", "fox", "mink", None]),
)
CORE = (
    "tobacco.cigarette",
    "tobacco.cigar",
    "tobacco.loose",
    "alcohol.spirit",
    "alcohol.wine",
    "perfume",
    "toy",
    "fur",
)
categories = st.sampled_from(CORE) | st.sampled_from(LEAVES)
prices = st.sampled_from(["0", "9.99", "100", "120", "250", "300", "2999.97", "4000.01", "5000", "10000"])


@st.composite
def lines(draw: st.DrawFn, most: int = 4, taxed: bool = False) -> Goods:
    quantity = draw(st.integers(1, most))
    price = Fraction(draw(prices))
    discount = price * quantity / draw(st.sampled_from([7, 100])) if draw(st.integers(0, 4)) == 0 else Fraction(0)
    category = draw(categories)
    return Goods(
        category,
        category,
        quantity,
        price,
        draw(st.sampled_from(["CNY", "CNY", "EUR", "KZT"])),
        discount,
        draw(attributes),
        draw(st.integers(0, quantity)) if taxed else 0,
    )


baskets = st.lists(lines(), max_size=6)


def small_baskets(units: int) -> st.SearchStrategy[list[Goods]]:
    """Baskets of at most `units` units, small enough to try everything."""
    return st.lists(lines(most=3), max_size=units).map(lambda basket: _first_units(basket, units))


def _first_units(basket: list[Goods], units: int) -> list[Goods]:
    kept = []
    for line in basket:
        if line.quantity <= units:
            kept.append(line)
            units -= line.quantity
    return kept


@st.composite
def pasts(draw: st.DrawFn, most: int = 2) -> list[PastSale]:
    """Earlier sales: just before, earlier today, yesterday, this month; left, or not known to have left."""
    sales = []
    for _ in range(draw(st.integers(0, most))):
        at = NOON - timedelta(hours=draw(st.sampled_from([1, 2, 26, 200])))
        left: datetime | None = at + timedelta(minutes=30) if draw(st.booleans()) else None
        sales.append(PastSale(at, left, tuple(draw(st.lists(lines(most=1, taxed=True), max_size=2)))))
    return sales
