"""Port of the receipt printer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pos.domain.fiscal.document import FiscalDocument
    from pos.domain.returns.goods_return import GoodsReturn
    from pos.domain.sales.sale import Sale
    from pos.domain.shifts.shift_report import ShiftReport


class ReceiptPrinter(Protocol):
    """Draws and prints receipts and shift reports."""

    def draw(self, sale: Sale, copy: int, fiscal: Sequence[FiscalDocument] = ()) -> Path:
        """Write the PDF of a sale (copy 0 is the original) and return its path.

        `fiscal` is what was sent to the register of it and of the goods returned with it; nothing without a register.
        """

    def draw_slip(self, sale: Sale, label: str, copy: int) -> Path:
        """Write the carry-out slip of the visitor `label`, who carries goods, and return its path."""

    def draw_return(self, back: GoodsReturn, copy: int, fiscal: Sequence[FiscalDocument] = ()) -> Path:
        """The same of a return."""

    def original(self, recorded: Sale | GoodsReturn) -> Path | None:
        """The PDF of the original, if its file still exists."""

    def draw_shift(self, report: ShiftReport, copy: int, paper: str = "80mm") -> Path:
        """Write an X or a Z (a Z on 80mm or a4), and return its path."""

    def print_file(self, path: Path) -> None:
        """Send the file to the printer; raises PrinterError. A folder printer does nothing here."""
