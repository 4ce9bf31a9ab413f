"""Tasks of a stock clerk: orders, deliveries, counts, missing data, imports. Each begins on its page."""

from __future__ import annotations

from pos.application.ports.catalogue_ports import CatalogueFilter
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.money import CURRENCIES, Money
from pos.ui.input.actions import COUNT, GAPS, IMPORT, ORDERS, RECEIVE
from pos.ui.purchasing.orders.screen import OrdersScreen
from tools.counter_walk import CHOCOLATE
from tools.new_goods import UNPRICED, bring_hats
from tools.task_hand import NotDone, TaskHand
from tools.task_table import Task

_SWEETS, _BAG = "4870204320060", "6901204300016"
_NEW = "4870001000172"


def order(hand: TaskHand) -> None:
    """What runs low of the first supplier."""
    hand.begin_at("clerk", ORDERS)
    page = hand.screen()
    if not isinstance(page, OrdersScreen):
        raise NotDone(f"{hand.screen_id} is on show")
    box = page.panel.suppliers
    supplier = box.itemText(1)
    clerk = hand.person("clerk")
    before = len(hand.shop.deliveries.orders.listed(clerk))
    with hand.counted():
        hand.each_way(lambda hand: hand.act("next_supplier"), lambda hand: hand.pick(box, supplier))
        hand.act("make_order")
    made = hand.shop.deliveries.orders.listed(clerk)
    hand.expect("one more order", len(made), before + 1)
    newest = max(made, key=lambda one: one.number)
    hand.expect("to that supplier", supplier.startswith(newest.supplier))
    hand.expect("of some goods", newest.ordered > 0)


def receive(hand: TaskHand) -> None:
    """Three sweets and two chocolates were ordered; one chocolate is missing, and a bag came that was not ordered."""
    clerk = hand.person("clerk")
    lines = [
        OrderDraftLine(code, pieces, Money(3_000, CURRENCIES["CNY"])) for code, pieces in ((_SWEETS, 3), (CHOCOLATE, 2))
    ]
    number = hand.shop.deliveries.orders.make(OrderDraft(lines, "Almaty Sweets"), clerk).order.number
    had = {code: hand.shop.find.show(code).on_hand for code in (_SWEETS, CHOCOLATE, _BAG)}
    hand.begin_at("clerk", RECEIVE)
    with hand.counted():
        hand.confirm()
        hand.scan(_SWEETS, _SWEETS, _SWEETS, _BAG)
        hand.act("keep_unordered")
        hand.words("gift")
        hand.scan(CHOCOLATE)
        hand.act("close_short")
        hand.act("post_receipt")
    came = {code: hand.shop.find.show(code).on_hand - had[code] for code in had}
    hand.expect("what came is on the shelf", came, {_SWEETS: 3, CHOCOLATE: 1, _BAG: 1})
    hand.expect("nothing is still to come", hand.shop.deliveries.orders.show(number, clerk).outstanding, 0)


def count(hand: TaskHand) -> None:
    """Two products are counted by scans, piece by piece; of one a piece is missing, for a reason."""
    first, second = _rare(hand)
    had = {code: hand.shop.find.show(code).on_hand for code in (first, second)}
    hand.begin_at("clerk", COUNT)
    with hand.counted():
        hand.scan(first, second)
        hand.act("count_next")
        hand.scan(*[first] * had[first], *[second] * (had[second] - 1))
        hand.act("count_next")
        hand.each_way(lambda hand: hand.key("4"), lambda hand: hand.press_button("Theft"))
        hand.act("count_next")
    now = {code: hand.shop.find.show(code).on_hand for code in had}
    hand.expect("one of the second is gone", now, {first: had[first], second: had[second] - 1})


def _rare(hand: TaskHand) -> tuple[str, str]:
    """Two products of which few pieces are here, all of them on the shop floor."""
    with hand.shop.issue_receipt.store.reading() as work:
        listed = work.catalogue.page(CatalogueFilter(), hand.shop.now(), limit=2_000, before=None)
    few = [one.product.code for one in listed if 2 <= one.on_hand == one.owned <= 4 and not one.product.missing]
    return few[0], few[1]


def missing_price(hand: TaskHand) -> None:
    """A hat has no price."""
    bring_hats(hand)
    hand.begin_at("clerk", GAPS)
    with hand.counted():
        hand.scan(UNPRICED)
        hand.entry("120")
    price = hand.shop.find.show(UNPRICED).product.price
    hand.expect("its price", str(price), "120.00")


def import_file(hand: TaskHand) -> None:
    """One new product from a CSV, whose path is typed."""
    path = hand.shop.folder / "p.csv"
    path.write_text(f"Barcode;Name;Price;Category;Gross weight\n{_NEW};Wool socks;25;Clothing;0,2\n", encoding="utf-8")
    hand.begin_at("clerk", IMPORT)
    with hand.counted():
        hand.words(str(path))
        hand.act("go_import")
        hand.act("go_import")
    made = hand.shop.find.show(_NEW).product
    hand.expect("the product with its category", (made.name, made.category), ("Wool socks", "clothing"))


STOCK_TASKS = (
    Task("order", "clerk: order low stock of a supplier", "Lightspeed ~12", order, 12),
    Task("receive", "receive, wrong + short, post", "Lightspeed the same", receive),
    Task("count", "count with difference, post", "Odoo ~10", count, 10),
    Task("missing-price", "missing price", "Odoo 8", missing_price, 8),
    Task("import", "import CSV", "Shopify: fixed columns", import_file),
)
