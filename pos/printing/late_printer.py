"""Lazy printers, built for the first document: reportlab must not delay the first paint."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.ports.store import Secrets
from pos.application.settings.settings import Settings
from pos.application.text.words import Words
from pos.domain.quota.rule import Regime
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift_report import ShiftReport

if TYPE_CHECKING:
    from pos.application.ports.label_ports import LabelPrinter, LabelSheet
    from pos.application.purchasing.issue_goods_receipt import GoodsReceiptPrinter
    from pos.application.purchasing.posted_goods_receipt import PostedReceipt
    from pos.application.receipts.printer_ports import ReceiptPrinter
    from pos.domain.pricing.label import Label


class LatePrinter:
    """A ReceiptPrinter that calls `make` on first use."""

    def __init__(self, make: Callable[[], ReceiptPrinter]) -> None:
        self._make = make

    @cached_property
    def _printer(self) -> ReceiptPrinter:
        return self._make()

    def draw(self, sale: Sale, copy: int) -> Path:
        return self._printer.draw(sale, copy)

    def draw_slip(self, sale: Sale, label: str, copy: int) -> Path:
        return self._printer.draw_slip(sale, label, copy)

    def draw_shift(self, report: ShiftReport, copy: int, paper: str = "80mm") -> Path:
        return self._printer.draw_shift(report, copy, paper)

    def draw_return(self, back: GoodsReturn, copy: int) -> Path:
        return self._printer.draw_return(back, copy)

    def original(self, recorded: Sale | GoodsReturn) -> Path | None:
        return self._printer.original(recorded)

    def print_file(self, path: Path) -> None:
        self._printer.print_file(path)


class LateLabelPrinter:
    """A LabelPrinter that calls `make` on first use."""

    def __init__(self, make: Callable[[], LabelPrinter]) -> None:
        self._make = make

    @cached_property
    def _printer(self) -> LabelPrinter:
        return self._make()

    def draw(self, labels: Sequence[Label], paper: str, start: int = 1) -> LabelSheet:
        return self._printer.draw(labels, paper, start)

    def write(self, sheet: LabelSheet, name: str) -> Path:
        return self._printer.write(sheet, name)

    def print_file(self, path: Path) -> None:
        self._printer.print_file(path)

    def picture(self, sheet: LabelSheet, page: int, dots_per_inch: int) -> tuple[int, int, bytes]:
        return self._printer.picture(sheet, page, dots_per_inch)

    def face(self, label: Label, paper: str, dots_per_inch: int) -> tuple[int, int, bytes]:
        return self._printer.face(label, paper, dots_per_inch)

    def places(self, paper: str) -> tuple[int, int]:
        return self._printer.places(paper)

    def papers(self) -> tuple[str, ...]:
        return self._printer.papers()


@dataclass
class LateGoodsReceiptPrinter:
    """A GoodsReceiptPrinter built on first use; `spool` sends files to the printer."""

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    words: Mapping[str, Words]
    spool: Callable[[Path], None]

    @cached_property
    def _printer(self) -> GoodsReceiptPrinter:
        from pos.printing.purchasing.goods_receipt import GoodsReceiptPdfPrinter

        return GoodsReceiptPdfPrinter(self.folder, self.fonts, self.settings, self.words, self.spool)

    def draw(self, posted: PostedReceipt, copy: int, *, costs: bool) -> Path:
        return self._printer.draw(posted, copy, costs=costs)

    def print_file(self, path: Path) -> None:
        self._printer.print_file(path)


def late_printers(
    folder: Path,
    fonts: Path,
    settings: Callable[[], Settings],
    words: Mapping[str, Words],
    regimes: Callable[[], Mapping[str, Regime]],
    secrets: Secrets,
    receipts: Callable[[Path], None],
    labels: Callable[[Path], None],
    millimetres: Callable[[], int],
    *,
    training: bool,
) -> tuple[LatePrinter, LateGoodsReceiptPrinter, LateLabelPrinter]:
    """The three printers of a shop. `receipts` and `labels` send files to devices, the strip is `millimetres` wide."""

    def make_printer() -> ReceiptPrinter:
        from pos.printing.printer import ReceiptPdfPrinter

        return ReceiptPdfPrinter(folder, fonts, settings, words, regimes, secrets, receipts, training, millimetres)

    def make_label_printer() -> LabelPrinter:
        from pos.printing.pricing.labels import LabelPdfPrinter

        return LabelPdfPrinter(folder, fonts, settings, words, labels)

    goods = LateGoodsReceiptPrinter(folder, fonts, settings, words, receipts)
    return LatePrinter(make_printer), goods, LateLabelPrinter(make_label_printer)
