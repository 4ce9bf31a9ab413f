"""The lists of the orders page: their titles, and the text of an empty list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.purchasing.tables import orders, suppliers
from pos.application.shop.shop import Shop
from pos.application.stock.low_stock import LowGoods
from pos.application.stock.tables import gathered, low
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.words import Words

LOW, HAND, OPEN, SUPPLIERS = "low", "hand", "open", "suppliers"
LISTS = (LOW, HAND, OPEN, SUPPLIERS)


def title_of(which: str, rows: int, words: Words) -> str:
    """The title of a list, with its number of rows if there are any."""
    titles = {
        LOW: words("Low stock"),
        HAND: words("Manual order"),
        OPEN: words("Open orders"),
        SUPPLIERS: words("Suppliers"),
    }
    title = titles[which]
    return f"{title} · {number_text(rows, words.language)}" if rows else title


def nothing_in(which: str, words: Words) -> tuple[str, str, str]:
    """Icon, title and advice of an empty list."""
    if which == LOW:
        hint = words("Stock is sufficient for sales and reorder points.")
        return "circle-check", words("No low stock"), hint
    if which == HAND:
        return "scan-barcode", words("No products yet"), words("Scan the goods to order, or choose a file.")
    if which == OPEN:
        hint = words("Create one from low stock, manually, or from a file.")
        return "shopping-basket", words("No open orders"), hint
    hint = words("Suppliers appear here after the first order, delivery or product.")
    return "store", words("No suppliers yet"), hint


def listing_of(
    shop: Shop, tab: str, supplier: str | None, by_hand: Sequence[LowGoods], pieces: Mapping[int, int]
) -> Listing:
    """The list on show as a table; `pieces` are typed quantities that replace the proposal."""
    if tab == OPEN:
        return orders(shop.deliveries.orders)
    if tab == SUPPLIERS:
        return suppliers(shop.deliveries.suppliers)
    return low(shop.low_stock, supplier, dict(pieces)) if tab == LOW else gathered(tuple(by_hand), dict(pieces))
