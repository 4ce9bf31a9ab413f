"""The sale in progress in a few words: what waits when the cashier leaves."""

from __future__ import annotations

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.formatting import lines_text, money_text, pieces_text
from pos.application.text.translator import Translator


def sale_text(view: CheckoutView, tr: Translator) -> str:
    """Rows, total and what comes back; empty for an empty basket."""
    lines = [lines_text(len(view.lines), tr), money_text(view.total, tr.language)] if view.lines else []
    pieces = view.back.pieces
    back = [tr("{pieces} back", pieces=pieces_text(pieces, tr))] if pieces else []
    return " · ".join([*lines, *back])
