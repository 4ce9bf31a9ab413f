"""The stock clerk's day: the pages that are hers, one after another."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.catalogue.imports.screen import ImportScreen
from pos.ui.input.actions import GAPS, IMPORT, PRODUCTS
from tools.counter_hand import CounterHand
from tools.counting_walk import counting_pages, stock_pages
from tools.orders_walk import labels_and_orders
from tools.receiving_walk import deliveries

Key = Qt.Key
_COGNAC, _CHOCOLATE = "4870204320114", "4870204320145"


def the_clerk(hand: CounterHand) -> Iterator[str]:
    """What is missing, labels and orders, an import, the catalogue, a stock-take, the stock, deliveries."""
    hand.sign_in("clerk")
    hand.go(GAPS)
    yield "missing-data"
    yield from labels_and_orders(hand)
    yield from _an_import(hand)
    yield from _products(hand)
    yield from counting_pages(hand)
    yield from stock_pages(hand)
    yield from deliveries(hand)


def _an_import(hand: CounterHand) -> Iterator[str]:
    """A supplier's price list: what it is, what it would change, what it has changed."""
    file = hand.shop.folder / "прайс-лист.csv"
    rows = "".join(f"{200_000 + n};Товар {n};{n + 1},50;{n}\n" for n in range(40))
    known = f"{_COGNAC};;455,00;\n{_CHOCOLATE};Шоколад тёмный 100 г;13,90;\n4870001000127;Чай;двенадцать;\n"
    file.write_bytes(("Штрихкод;Наименование;Цена;Остаток\n" + known + rows).encode("cp1251"))
    hand.go(IMPORT)
    page = hand.till.window.page
    assert isinstance(page, ImportScreen)
    yield "import"
    page.take_file(file)
    hand.settle(400)
    yield "import-look"
    hand.press(Key.Key_F12)
    hand.settle(800)
    yield "import-changes"
    hand.press(Key.Key_F12)
    hand.settle(800)
    yield "import-done"
    hand.press(Key.Key_F6)
    hand.press(Key.Key_F6)
    hand.settle(800)
    hand.without_notices()


def _products(hand: CounterHand) -> Iterator[str]:
    """The catalogue: the list, a product in its sections, one that is new."""
    hand.go(PRODUCTS)
    yield "products"
    hand.scan(_COGNAC)
    hand.settle(300)
    for name in ("codes", "price", "customs", "order", "stock", "history"):
        hand.press(Key.Key_F8)
        yield f"product-{name}"
    hand.press(Key.Key_F8, Key.Key_F4)
    hand.settle(300)
    hand.type("Honey")
    yield "product-new"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.settle(300)
    hand.without_notices()
