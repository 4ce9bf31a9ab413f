"""An order as plain text, for a letter or a message to the supplier."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.purchasing.order_words import cost_text, whole_text
from pos.application.purchasing.purchase_orders import OrderView
from pos.application.settings.settings import Settings
from pos.application.text.formatting import date_text, number_text, pieces_text
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.application.text.typography import labelled, noted, strung


def order_message(view: OrderView, settings: Settings, tr: Translator, *, training: bool = False) -> str:
    """The order in one language: shop, supplier, each line with its cost, and the total.

    An order of which no cost is known is a list of goods and pieces.
    """
    return "\n".join(_lines(view, settings, tr, training=training)) + "\n"


def _lines(view: OrderView, settings: Settings, tr: Translator, *, training: bool) -> Iterator[str]:
    order, language, totals = view.order, tr.language, view.order.totals
    if training:
        yield tr(TRAINING_STAMP)
    day = date_text(order.at.astimezone(settings.zone).date(), language)
    yield f"{tr('Purchase order')} {order.name} · {day}"
    yield from (text for text in dict.fromkeys((settings.shop_name, settings.address_1, settings.address_2)) if text)
    if view.supplier:
        yield labelled(tr, tr("Supplier"), view.supplier)
    if order.expected_on is not None:
        yield labelled(tr, tr("Expected on"), date_text(order.expected_on, language))
    if order.note:
        yield order.note
    yield ""
    for number, line in enumerate(view.ordered, start=1):
        product = view.products[line.product]
        goods = noted(tr, product.name_in(language), product.code)
        pieces = pieces_text(line.ordered, tr)
        if line.cost is not None:
            pieces = cost_text(line.ordered, line.cost, tr)
        elif totals.is_known:
            pieces = strung(tr, (pieces, cost_text(line.ordered, None, tr)))
        yield f"{number} · {labelled(tr, goods, pieces)}"
    yield ""
    yield labelled(tr, tr("Total pieces"), number_text(sum(line.ordered for line in view.ordered), language))
    if totals.is_known:
        yield labelled(tr, tr("Total"), whole_text(totals, tr))
