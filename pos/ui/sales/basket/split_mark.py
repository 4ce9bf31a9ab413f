"""The split key stays filled while the basket is as the split has left it."""

from __future__ import annotations

from pos.domain.sales.cart_line import CartLine
from pos.ui.sales.basket.key_strip import KeyStrip
from pos.ui.sales.current_sale.checkout_controller import CheckoutController
from pos.ui.session.session import Session


class SplitMark:
    """Remembers the rows that a split has made, for the key strip."""

    def __init__(self, session: Session, counter: CheckoutController, strip: KeyStrip) -> None:
        self._session = session
        self._counter = counter
        self._strip = strip
        self._rows: tuple[CartLine, ...] | None = None

    def done(self) -> None:
        """The basket shown was just split."""
        view = self._counter.view
        self._rows = None if view is None else tuple(row.line for row in view.lines)
        self.look_again()

    def look_again(self) -> None:
        """Update the key for another basket or another language."""
        view = self._counter.view
        if self._rows is not None and (
            view is None or self._rows != tuple(row.line for row in view.lines) or len(view.visitors) < 2
        ):
            self._rows = None
        count = len({line.carrier for line in self._rows or ()})  # who joined since has none of it
        done = self._session.translator.plural("Split over {n}", "Split over {n}", count) if count else ""
        self._strip.show_done("split", done)
