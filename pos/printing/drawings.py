"""Documents drawn as bytes, for a file or a sheet; each drawing module is loaded at its first use."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from pos.application.reports.report_document import DayDocument
from pos.application.settings.settings import Settings
from pos.application.tables.table import Table
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.domain.stock.stock import LotBalance

if TYPE_CHECKING:
    from pos.application.pickup.papers import PickLine, SheetRow
    from pos.application.purchasing.purchase_orders import OrderView
    from pos.domain.pickup.customer_order import CustomerOrder


@dataclass(frozen=True)
class Drawings:
    """Draws for one shop, in its two languages and fonts; `people` reads the display names of its staff.

    `training` marks all that it draws as not real.
    """

    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    people: Callable[[], Mapping[str, str]]
    training: bool = False

    def day(self, document: DayDocument) -> bytes:
        """The day report in its reader's language."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.reports.day_sheet import day_sheet_pdf

        stamp = document.reader.translator(TRAINING_STAMP) if self.training else ""
        return day_sheet_pdf(document, Fonts(self.fonts), stamp)

    def count(self, content: Mapping[str, Any]) -> bytes:
        """The differences of a posted stock-take."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.stock.stock_documents import count_pdf

        return count_pdf(
            content, self.settings(), self.translators, Fonts(self.fonts), people=self.people(), training=self.training
        )

    def lots(self, lots: Sequence[LotBalance], at: datetime) -> bytes:
        """The lot accounts at an instant."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.stock.stock_documents import lots_pdf

        return lots_pdf(lots, at, self.settings(), self.translators, Fonts(self.fonts), training=self.training)

    def order(self, view: OrderView) -> bytes:
        """An order to a supplier."""
        from pos.printing.purchasing.order_sheet import order_pdf

        return order_pdf(view, self.settings(), self.translators, self.fonts, training=self.training)

    def pick_list(self, lines: Sequence[PickLine], at: datetime) -> bytes:
        """What is fetched for customer orders, and where packed ones lie."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pickup.order_papers import pick_list_pdf

        return pick_list_pdf(lines, at, self.settings(), self.translators, Fonts(self.fonts), training=self.training)

    def packing_slip(self, order: CustomerOrder) -> bytes:
        """The slip in the bag of a customer order."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pickup.order_papers import packing_slip_pdf

        return packing_slip_pdf(order, self.settings(), self.translators, Fonts(self.fonts), training=self.training)

    def price_cards(self, rows: Sequence[SheetRow], paper: str, languages: Sequence[str]) -> bytes:
        """Price cards for goods of a stream."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pickup.stream_papers import price_cards_pdf

        of = self.settings(), self.translators, Fonts(self.fonts)
        return price_cards_pdf(rows, paper, languages, *of, training=self.training)

    def stream_sheet(self, rows: Sequence[SheetRow], at: datetime) -> bytes:
        """The sheet for the streamer."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.pickup.stream_papers import stream_sheet_pdf

        return stream_sheet_pdf(rows, at, self.settings(), self.translators, Fonts(self.fonts), training=self.training)

    def tables(self, tables: Sequence[Table], stream: BinaryIO, tr: Translator, stamp: str) -> None:
        """Tables in the reader's language."""
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.drawing.table_pdf import write_pdf

        write_pdf(tables, stream, tr, Fonts(self.fonts), stamp)

    def keep(self, path: Path, content: bytes) -> None:
        """Write a file atomically. Raises PrinterError."""
        from pos.printing.drawing.atomic_file import write_whole

        write_whole(path, content)
