"""Single pieces, goods by weight and lots at the checkout: a customer whose goods say more than their article."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from PySide6.QtCore import Qt

from pos.application.ports.store import GoodsRow
from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.product import Attributes
from pos.domain.money import CNY, Money
from pos.domain.stock.stock import Movement
from tools.counter_hand import CounterHand

Key = Qt.Key
_CHEESE = with_check_digit("221234500000")
_COGNAC, _CHOCOLATE = "4870204320114", "4870204320145"
_NAMES = {"en": "Altai cheese", "zh": "阿尔泰奶酪", "ru": "Сыр алтайский", "kk": "Алтай ірімшігі"}


def pieces(hand: CounterHand) -> Iterator[str]:
    """A bottle with a marking code, cheese from the scale, chocolate of a lot that soon expires."""
    _bring_cheese(hand)
    hand.scan(f"]d201{_COGNAC.zfill(14)}215hK<2e7QmZ91X")
    hand.scan(with_check_digit("221234500342"), _soon(hand))
    yield "checkout-pieces"
    hand.scan(_CHEESE)
    hand.type("500")
    yield "checkout-weigh"
    hand.press(Key.Key_Escape)
    hand.scan(f"]d201{_COGNAC.zfill(14)}215hK<2e7QmZ91X")
    yield "checkout-piece-twice"
    hand.empty_basket()


def _soon(hand: CounterHand) -> str:
    day = hand.shop.now() + timedelta(days=9)
    return f"]C101{_CHOCOLATE.zfill(14)}17{day:%y%m%d}10C-42"


def _bring_cheese(hand: CounterHand) -> None:
    with hand.shop.issue_receipt.store.begin() as work:
        if work.products.by_code(_CHEESE, hand.shop.now()) is None:
            attributes = Attributes(net_g=Decimal(1000), gross_kg=Decimal("1.020"))
            price = Money(6000, CNY)
            row = GoodsRow(_CHEESE, "Altai cheese", _NAMES, "food.dairy", price, attributes, None, by_weight=True)
            product = work.products.add(row, hand.shop.now())
            work.stock.record([Movement(product, 40, "opening")], hand.shop.now(), "demo")
        work.commit()
