"""The figures behind the badges of the rail: what waits on a page, as it was read last."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

PARKED_SALES, LEFT_BASKETS, REFUNDS = "parked_sales", "left_baskets", "refunds"
LOW_STOCK, EXPIRING_LOTS, INCOMPLETE_PRODUCTS = "low_stock", "expiring_lots", "incomplete_products"
ORDERS_TO_TELL, ORDERS_READY = "orders_to_tell", "orders_ready"
STARTED_BATCHES = "started_batches"
RATE_FILES = "rate_files"
"""Read by the page of rates itself, when a person comes and when it is opened: the folder may be far away."""


class RailFigures(QObject):
    """Each figure is None while it is not known. `changed` is emitted when one of them changes.

    A page that has read its list takes the figure from there: page and badge never differ. `turn` counts how often a
    figure was taken: an answer that was asked for at another turn is out of date.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[str, int] = {}
        self._turns: dict[str, int] = {}

    def of(self, figure: str) -> int | None:
        """The figure; None while it is not known."""
        return self._known.get(figure)

    def turn(self, figure: str) -> int:
        """How often it was taken."""
        return self._turns.get(figure, 0)

    def take(self, figure: str, count: int | None) -> None:
        """Take a figure that was just read; None for one that could not be read."""
        before = self._known.get(figure)
        self._turns[figure] = self.turn(figure) + 1
        if count is None:
            self._known.pop(figure, None)
        else:
            self._known[figure] = count
        if count != before:
            self.changed.emit()
