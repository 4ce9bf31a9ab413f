"""A purchase order as CSV for the supplier: one line per product, guarded against formulas."""

from __future__ import annotations

import csv
from io import StringIO

from pos.application.purchasing.purchase_orders import OrderView
from pos.domain.catalogue.product import LANGUAGES
from pos.exports.safe_text import guarded


def order_csv(view: OrderView) -> bytes:
    """The table in UTF-8 with a byte order mark for spreadsheets; `order new` reads codes, pieces and costs back."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(
        ("code", *(f"name_{language}" for language in LANGUAGES), "pieces", "cost", "currency", "line_total")
    )
    for line in view.ordered:
        product = view.products[line.product]
        names = (guarded(product.name_in(language)) for language in LANGUAGES)
        cost = ("", "", "")
        if line.cost is not None:
            cost = (str(line.cost), line.cost.currency.code, str(line.total))
        writer.writerow((guarded(product.code), *names, line.ordered, *cost))
    return out.getvalue().encode("utf-8-sig")
