"""Which places of the window say the same fact. A new place is one line of `PLACES`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pos.ui.pricing.labels.screen import CHANGED, CHOSEN
from tests.journeys import till_with_places as read_by
from tests.journeys.till_with_places import Till, digits

EVERYWHERE = ""
"""The page of what is read wherever the till is: what the store has, and the sale in hand."""
SEARCHED = "checkout: search"
"""What the field of the checkout finds."""


@dataclass(frozen=True)
class Place:
    """Where a fact stands, and how it is read there. `opens` is what a person does to have it on show."""

    page: str
    read: Callable[[Till], str | None]
    opens: Callable[[Till], None] = lambda _till: None


PLACES: Mapping[str, Mapping[str, Place]] = {
    "price of a piece": {
        "price check": Place("search", read_by.checked_price, read_by.scan_for_price),
        "search for a new basket": Place(SEARCHED, read_by.searched_for_a_new_basket, read_by.type_the_code),
        "row of a new basket": Place("checkout", read_by.row_of_a_new_basket),
        "chosen label": Place("labels", read_by.on_the_label(CHOSEN), read_by.choose_label),
        "changed label": Place("labels", read_by.on_the_label(CHANGED)),
        "store": Place(EVERYWHERE, read_by.price_in_the_store),
    },
    "price in the sale in hand": {
        "search of the checkout": Place(SEARCHED, read_by.searched_price, read_by.type_the_code),
        "sale": Place(EVERYWHERE, read_by.price_in_the_sale),
    },
    "price before promotions": {
        "form": Place("products", lambda till: digits(till.products.form.price.price.text()), read_by.open_product),
        "head of the form": Place("products", lambda till: digits(till.products.form.worth.text())),
        "list of products": Place("products", read_by.in_the_list_of_products(lambda row: row.price)),
        "sheet of the stream": Place(
            "take_orders", read_by.on_the_sheet(lambda cells: cells[1].second.split(" · ")[0])
        ),
        "typed claim": Place("take_orders", read_by.beside_the_claim(1), read_by.type_the_number),
        "store": Place(EVERYWHERE, lambda till: digits(str(till.product.price))),
    },
    "pieces on the floor": {
        "price check": Place("search", read_by.checked_stock, read_by.scan_for_price),
        "search of the checkout": Place(SEARCHED, read_by.searched_stock, read_by.type_the_code),
        "form": Place("products", read_by.in_the_section_of_stock(on_floor=True), read_by.open_product),
        "card of the movements": Place("stock", read_by.beside_the_movements(on_floor=True), read_by.look_at_moves),
        "store": Place(EVERYWHERE, lambda till: str(till.shop.find.show(till.code).on_hand)),
    },
    "pieces of the shop": {
        "form": Place("products", read_by.in_the_section_of_stock(on_floor=False), read_by.open_product),
        "head of the form": Place(
            "products", lambda till: digits(till.products.form.subtitle.text().rpartition(" · ")[2])
        ),
        "list of products": Place("products", read_by.in_the_list_of_products(lambda row: row.state)),
        "card of the movements": Place("stock", read_by.beside_the_movements(on_floor=False), read_by.look_at_moves),
        "slow sellers": Place("reports", read_by.among_slow_sellers),
        "store": Place(EVERYWHERE, lambda till: str(till.shop.read_stock.show(till.manager, till.code).owned)),
    },
    "pieces to be sold": {
        "order by hand": Place("orders", read_by.on_the_order, read_by.order_by_hand),
        "store": Place(
            EVERYWHERE, lambda till: str(till.shop.low_stock.of_code(till.code, till.manager).cover.available)
        ),
    },
    "pieces free for orders": {
        "sheet of the stream": Place("take_orders", read_by.on_the_sheet(lambda cells: cells[2].text)),
        "typed claim": Place("take_orders", read_by.beside_the_claim(2), read_by.type_the_number),
        "store": Place(EVERYWHERE, lambda till: str(max(0, till.shop.pickup.stream.goods(till.manager)[0].free))),
    },
    "orders that are confirmed": {
        "board": Place("pickup", read_by.on_the_tab("confirmed")),
        "store": Place(EVERYWHERE, lambda till: str(till.shop.pickup.find.counts(till.manager).get("confirmed", 0))),
    },
    "orders in the queue": {
        "board": Place("pickup", read_by.on_the_tab("waiting")),
        "store": Place(EVERYWHERE, lambda till: str(till.shop.pickup.find.counts(till.manager).get("waiting", 0))),
    },
    "sum of the basket": {
        "bar": Place("checkout", read_by.in_the_bar),
        "rows": Place("checkout", read_by.sum_of_the_rows),
        "customer": Place("checkout", read_by.on_display(lambda basket: digits(basket.total.amount))),
    },
    "sum to be paid": {
        "bar": Place("payment", read_by.in_the_bar),
        "payment": Place("payment", lambda till: digits(till.payment.due._total.text())),
        "customer": Place("payment", read_by.to_pay_on_display),
    },
    "sum paid": {
        "bar": Place("paid", read_by.in_the_bar),
        "paid": Place("paid", lambda till: digits(till.paid._table._rows[0][2].text())),
        "store": Place("paid", read_by.total_of_the_newest),
    },
    "allowance": {
        "gauges or cards": Place("checkout", read_by.left_on_the_panel),
        "customer": Place("checkout", read_by.on_display(read_by.left_on_display)),
    },
    "allowance before the first goods": {
        "gauges": Place(EVERYWHERE, read_by.left_without_goods),
        "visitors": Place("visitors", read_by.left_at_visitors, read_by.show_the_document),
    },
    "verdict": {
        "card": Place("checkout", read_by.verdict_of_the_card),
        "customer": Place("checkout", read_by.on_display(read_by.verdict_on_display)),
        "notice": Place("checkout", read_by.verdict_of_the_notice),
        "tour": Place("checkout", read_by.verdict_of_the_tour),
    },
    "how goods are sent": {
        "card": Place("checkout", read_by.parcel_on_the_card),
        "customer": Place("checkout", read_by.on_display(read_by.parcel_on_display)),
        "sale": Place(EVERYWHERE, lambda till: str(till.view.parcel.grams) if till.view.parcel else "carried"),
    },
    "who is judged": {
        "price check": Place("search", read_by.whom_it_would_fit),
        "sale": Place(EVERYWHERE, lambda till: str(list(till.view.quota)) if till.view.quota else None),
    },
    "receipts of today": {
        "report": Place("reports", read_by.sold_today),
        "store": Place(
            EVERYWHERE, lambda till: str(till.shop.report_day(till.manager, till.till.session.today).sales.count)
        ),
    },
    "newest receipt": {
        "history": Place("history", read_by.newest_in_history),
        "store": Place(EVERYWHERE, read_by.newest_in_the_store),
    },
    "parked sales": {
        "parked": Place("parked", read_by.parked_rows),
        "store": Place(EVERYWHERE, lambda till: str(len(till.shop.parked_sales.all()))),
    },
}

Said = Mapping[str, Mapping[str, str]]
"""By fact, what each place says of it."""


def said_on(till: Till, pages: Iterable[str]) -> Said:
    """What the places of these pages say, one page after the other, and the places that are read everywhere."""
    said: dict[str, dict[str, str]] = {fact: {} for fact in PLACES}
    for page in (*pages, EVERYWHERE):
        if page != EVERYWHERE and not till.goes_to(page):
            continue
        for fact, places in PLACES.items():
            for name, place in places.items():
                if place.page == page:
                    place.opens(till)
                    figure = place.read(till)
                    if figure is not None:
                        said[fact][name] = figure
    return said


def differing(said: Said) -> Said:
    """The facts of which two places say another thing."""
    return {fact: places for fact, places in said.items() if len(set(places.values())) > 1}


def pages_of(*facts: str) -> set[str]:
    """The pages on which one of these facts stands."""
    return {place.page for fact in facts for place in PLACES[fact].values()} - {EVERYWHERE}
