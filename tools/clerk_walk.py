"""The stock clerk's day: the clerk's pages, one after another."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.money import CURRENCIES, Money
from pos.ui.catalogue.imports.screen import ImportScreen
from pos.ui.input.actions import COUNT, GAPS, IMPORT, LABELS, ORDERS, PRODUCTS, QUICK_KEYS, RECEIVE, STOCK, WORKSHOP
from tools.counter_hand import CounterHand

Key = Qt.Key
_COGNAC, _CHOCOLATE = "4870204320114", "4870204320145"


def the_clerk(hand: CounterHand) -> Iterator[str]:
    """What is missing, labels and orders, an import, the catalogue, a count, the stock, the workshop, deliveries."""
    hand.sign_in("clerk")
    hand.go(GAPS)
    yield "missing-data"
    yield from labels_and_orders(hand)
    yield from _an_import(hand)
    yield from _products(hand)
    yield from _quick_keys(hand)
    yield from counting_pages(hand)
    yield from stock_pages(hand)
    yield from workshop_pages(hand)
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
    for name in ("codes", "price", "customs", "papers", "order", "stock", "history"):
        hand.press(Key.Key_F8)
        yield f"product-{name}"
    hand.press(Key.Key_F8, Key.Key_F4)
    hand.settle(300)
    hand.type("Honey")
    yield "product-new"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.settle(300)
    hand.without_notices()


def _quick_keys(hand: CounterHand) -> Iterator[str]:
    """The keys of the demo, a page of what sells most, a folder on it; nothing is saved."""
    hand.go(QUICK_KEYS)
    yield "quick-keys"
    hand.press(Key.Key_F7)
    hand.settle(400)
    hand.press(Key.Key_F5)
    hand.type("Bags")
    hand.settle(200)
    yield "quick-keys-most-sold"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    hand.settle(300)
    hand.without_notices()


_CHOCOLATE, _COGNAC, _SWEETS = "4870204320145", "4870204321111", "4870204320060"


def counting_pages(hand: CounterHand) -> Iterator[str]:
    """The list, a blind sheet, the differences before and after they are posted."""
    hand.go(COUNT)
    yield "count-empty"
    hand.scan(_CHOCOLATE, _SWEETS)
    hand.press(Key.Key_F12)
    hand.settle(300)
    hand.scan(_SWEETS)
    hand.type("158", Key.Key_Return)
    hand.scan(_COGNAC, _CHOCOLATE)
    hand.type("197", Key.Key_Return)
    hand.settle(200)
    yield "count-sheet"
    hand.press(Key.Key_F12)
    hand.settle(300)
    hand.press(Key.Key_4)
    hand.settle(200)
    yield "count-differences"
    hand.press(Key.Key_F5)
    hand.settle(200)
    hand.press(Key.Key_F12)
    hand.settle(300)
    yield "count-posted"


def stock_pages(hand: CounterHand) -> Iterator[str]:
    """A document of several goods, what moved, what expires, the accounts of lots."""
    hand.go(STOCK)
    hand.press(Key.Key_F5, Key.Key_F5)
    hand.type("5 *")
    hand.scan(_CHOCOLATE, _COGNAC)
    hand.settle(200)
    yield "stock-document"
    hand.press(Key.Key_F12)
    hand.settle(300)
    for name in ("stock-movements", "stock-expiry", "stock-lots"):
        hand.press(Key.Key_F8)
        hand.settle(300)
        yield name


def workshop_pages(hand: CounterHand) -> Iterator[str]:
    """Batches and the form of a new one, a recipe and its form, the account, the report."""
    hand.go(WORKSHOP)
    yield "workshop-batches"
    hand.press(Key.Key_F4)
    yield "workshop-plan"
    hand.press(Key.Key_Escape, Key.Key_F8)
    yield "workshop-recipes"
    hand.press(Key.Key_F4)
    hand.scan(_SWEETS, _CHOCOLATE)
    yield "workshop-recipe"
    hand.press(Key.Key_Escape, Key.Key_Escape)
    for name in ("workshop-account", "workshop-report"):
        hand.press(Key.Key_F8)
        hand.settle(300)
        yield name


_SWEETS, _CHOCOLATE, _COGNAC, _HONEY, _BAG = (
    "4870204320060", "4870204320145", "4870204320114", "4870204320206", "6901204300016",
)  # fmt: skip


def deliveries(hand: CounterHand) -> Iterator[str]:
    """Where receiving begins, a delivery half counted, its documents, the receipt posted, and a bill that came late."""
    wanted = ((_SWEETS, 3), (_CHOCOLATE, 2), (_COGNAC, 36), (_HONEY, 4))
    lines = [OrderDraftLine(code, pieces, Money(3_000, CURRENCIES["CNY"])) for code, pieces in wanted]
    hand.shop.deliveries.orders.make(OrderDraft(lines, "Almaty Sweets", note="4471"), hand.person("clerk"))
    hand.go(RECEIVE)
    yield "receive-start"
    hand.press(Key.Key_Return)
    hand.scan(*[_SWEETS] * 3, *[_CHOCOLATE] * 3, _COGNAC)
    hand.press(Key.Key_F7)
    hand.scan(_BAG, *[_HONEY] * 2)
    yield "receive-count"
    hand.press(Key.Key_F9)
    yield "receive-documents"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    hand.settle(400)
    yield "receive-posted"
    hand.press(Key.Key_F12, Key.Key_Right)
    hand.without_notices()
    yield "receive-list-of-posted"
    hand.press(Key.Key_Return, Key.Key_F9)
    hand.type("180", Key.Key_Return)
    yield "receive-late-charge"
    hand.press(Key.Key_Return)
    yield "receive-charged"
    hand.press(Key.Key_Escape)


_SCANNED = ("4870204321111", "4870204320145", "4602360000322")
_OF_A_LOT = "8802015900045"


def labels_and_orders(hand: CounterHand) -> Iterator[str]:
    """Labels for what is scanned, on a sheet and on a roll; orders of what runs out and by hand."""
    hand.go(LABELS)
    yield "labels-right"
    hand.press(Key.Key_Right)
    yield "labels-new"
    hand.scan(*_SCANNED)
    hand.press(Key.Key_F5, Key.Key_F5)
    yield "labels-chosen"
    hand.press(Key.Key_F7)
    hand.scan(_OF_A_LOT)
    yield "labels-lots"
    hand.press(Key.Key_F12)
    yield "labels-printed"
    hand.without_notices()
    hand.go(ORDERS)
    yield "orders-low"
    hand.press(Key.Key_Return)
    yield "orders-quantity"
    hand.press(Key.Key_Escape, Key.Key_F8, Key.Key_F12)
    yield "orders-open"
    hand.scan(*_SCANNED)
    yield "orders-by-hand"
    hand.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    yield "orders-suppliers"
    hand.press(Key.Key_Escape)
    hand.without_notices()
