"""Papers that a step draws when somebody asks for one: reportlab has no place before the first paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pos.application.purchase_orders import OrderView
from pos.application.settings import Settings
from pos.application.words import Words
from pos.domain.day_report import DayReport
from pos.domain.stock import LotBalance


@dataclass(frozen=True)
class LatePapers:
    """Draws with the fonts of a folder, in the languages that the settings name; files lie below `folder`.

    Every paper raises PrinterTrouble where a font is missing.
    """

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    words: Mapping[str, Words]

    def draw_day(self, report: DayReport) -> bytes:
        """The day report on 80 mm."""
        from pos.printing.day_report import day_pdf

        return day_pdf(report, self.settings(), self.words, self.fonts)

    def draw_count(self, content: Mapping[str, Any]) -> bytes:
        """What a stock-take found, on A4."""
        from pos.printing.fonts import Fonts
        from pos.printing.stock_papers import count_pdf

        return count_pdf(content, self.settings(), self.words, Fonts(self.fonts))

    def draw_lots(self, lots: Sequence[LotBalance], at: datetime) -> bytes:
        """The accounts of lots on A4."""
        from pos.printing.fonts import Fonts
        from pos.printing.stock_papers import lots_pdf

        return lots_pdf(lots, at, self.settings(), self.words, Fonts(self.fonts))

    def draw_order(self, view: OrderView) -> bytes:
        """An order to a supplier, on A4."""
        from pos.printing.order_sheet import order_pdf

        return order_pdf(view, self.settings(), self.words, self.fonts)

    def keep_order(self, name: str, content: bytes) -> Path:
        """Keep a file of an order; raises PrinterTrouble where the folder cannot be written."""
        from pos.printing.printer import write_whole

        path = self.folder / "orders" / name
        write_whole(path, content)
        return path
