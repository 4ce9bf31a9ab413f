"""Print an order for the supplier: on A4 and as a table, in the shop's folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pos.application.purchasing.purchase_orders import OrderView

Draw = Callable[[OrderView], bytes]


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """Draws an order, saves the file in `folder`, and prints it. Raises PrinterError."""

    draw: Draw
    table: Draw
    folder: Path
    keep: Callable[[Path, bytes], None]
    spool: Callable[[Path], None]

    def __call__(self, view: OrderView) -> Path:
        """The order on A4, printed."""
        path = self.as_pdf(view)
        self.spool(path)
        return path

    def as_pdf(self, view: OrderView) -> Path:
        """The order on A4, without printing."""
        return self._kept(f"{view.order.name}.pdf", self.draw(view))

    def as_csv(self, view: OrderView) -> Path:
        """The order as a table."""
        return self._kept(f"{view.order.name}.csv", self.table(view))

    def _kept(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        self.keep(path, content)
        return path
