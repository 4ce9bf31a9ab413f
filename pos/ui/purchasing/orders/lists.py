"""The lists of the orders page: their titles, and the text of an empty list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pos.application.purchasing.tables import orders, suppliers
from pos.application.shop.shop import Shop
from pos.application.stock.low_stock import LowGoods
from pos.application.stock.tables import gathered, low
from pos.application.tables.listing import Listing
from pos.application.text.formatting import number_text
from pos.application.text.translator import Translator
from pos.domain.money import Money

LOW, HAND, OPEN, SUPPLIERS = "low", "hand", "open", "suppliers"
LISTS = (LOW, HAND, OPEN, SUPPLIERS)


def title_of(which: str, rows: int, tr: Translator) -> str:
    """The title of a list, with its number of rows if there are any."""
    titles = {
        LOW: tr("Low stock"),
        HAND: tr("Manual order"),
        OPEN: tr("Open orders"),
        SUPPLIERS: tr("Suppliers"),
    }
    title = titles[which]
    return f"{title} · {number_text(rows, tr.language)}" if rows else title


def nothing_in(which: str, tr: Translator) -> tuple[str, str, str]:
    """Icon, title and advice of an empty list."""
    if which == LOW:
        hint = tr("With what is on order, stock is sufficient for sales and reorder points.")
        return "circle-check", tr("Nothing to order"), hint
    if which == HAND:
        return "scan-barcode", tr("No products yet"), tr("Scan the goods to order, or choose a file.")
    if which == OPEN:
        hint = tr("Create one from low stock, manually, or from a file.")
        return "shopping-basket", tr("No open orders"), hint
    hint = tr("Suppliers appear here after the first order, delivery or product.")
    return "store", tr("No suppliers yet"), hint


def listing_of(
    shop: Shop,
    tab: str,
    supplier: str | None,
    by_hand: Sequence[LowGoods],
    pieces: Mapping[int, int],
    costs: Mapping[int, Money | None],
) -> Listing:
    """The list on show as a table; `pieces` and `costs` were typed and replace the proposal."""
    if tab == OPEN:
        return orders(shop.deliveries.orders)
    if tab == SUPPLIERS:
        return suppliers(shop.deliveries.suppliers)
    typed = dict(pieces), dict(costs)
    return low(shop.low_stock, supplier, *typed) if tab == LOW else gathered(tuple(by_hand), *typed)
