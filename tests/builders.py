"""Values of the domain with one thing said and the rest sensible."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from pos.domain.catalogue.product import Attributes, Product
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.tender import CashRules, Tender
from pos.domain.pricing.rates import Rate, RateTable
from pos.domain.sales.cart import Cart
from pos.domain.staff.staff import Person
from tests.horgos import CNY, KZT

CONSOLE = Person.at_the_console("root")
"""The person who may write the shop's folder."""

MONDAY = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
"""Noon in Beijing on an ordinary Monday."""

ORDINARY_RATES = {
    "CNY": ("72.40", "73.50"),
    "USD": ("501.00", "505.00"),
    "EUR": ("590.00", "596.00"),
    "RUB": ("6.36", "6.44"),
}
"""Tenge per unit, buy and sell: yuan at 73.50 as in the worked example of the command line."""


def money(text: str, currency: Currency = CNY) -> Money:
    """`money("837.40")` is 837.40 yuan."""
    return Money.parse(text, currency)


def a_rate(currency: str, buy: str, sell: str, customs: str | None = None, since: datetime = MONDAY) -> Rate:
    """A rate in tenge per unit."""
    exact = None if customs is None else Decimal(customs)
    return Rate(CURRENCIES[currency], Decimal(buy), Decimal(sell), exact, since)


def a_rate_table(*without: str, base: Currency = KZT, price: Currency = CNY) -> RateTable:
    """The ordinary rates, without some currencies."""
    known = {code: pair for code, pair in ORDINARY_RATES.items() if code not in without}
    return RateTable(base, price, {code: a_rate(code, buy, sell) for code, (buy, sell) in known.items()})


def a_product(
    price: str = "12.50", *, number: int = 1, category: str | None = "food.sweets", currency: Currency = CNY
) -> Product:
    """A bar of chocolate, unless said otherwise."""
    return Product(
        id=number,
        code=f"20000000000{number:02d}",
        codes=(f"20000000000{number:02d}",),
        name=f"Chocolate {number}",
        names={"en": f"Chocolate {number}"},
        category=category,
        price=Money.parse(price, currency) if price else None,
        attributes=Attributes(net_g=Decimal(100)),
    )


def a_cart(*prices: str) -> Cart:
    """A basket with one piece at each price."""
    cart = Cart(CNY)
    for number, price in enumerate(prices, 1):
        cart = cart.adding(a_product(price, number=number))
    return cart


def cash(text: str, currency: Currency = CNY) -> Tender:
    """Cash on the counter."""
    return Tender("cash", Money.parse(text, currency))


def cash_for(due: Money) -> Tender:
    """Cash without change: what the counter asks for at its cash step."""
    return Tender("cash", CashRules().asked_of(due))


def card(text: str, currency: Currency = CNY) -> Tender:
    """A payment by card."""
    return Tender("card", Money.parse(text, currency))


def qr(text: str, currency: Currency = CNY) -> Tender:
    """A payment by QR wallet."""
    return Tender("qr", Money.parse(text, currency))
