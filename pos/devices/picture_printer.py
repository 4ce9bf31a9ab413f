"""Print a page as an image on a system printer whose spooler takes no PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.errors import PrinterError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Dots = Callable[[Path, int], tuple[int, int, bytes]]
"""(file, dots per inch) → width, height and rows of one grey byte per dot."""

_DOTS_PER_INCH = 203


def print_picture(dots: Dots, path: Path, name: str = "") -> None:
    """Print the page on the printer `name`, or on the system's default one.

    Raises PrinterError: no_such_printer, not_printed.
    """
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    chosen = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    if chosen.isNull():
        raise PrinterError("no_such_printer", name)
    paint_page(QPrinter(chosen), dots, path)


def printer_names() -> tuple[str, ...]:
    """The printers known to Qt."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return tuple(sorted(QPrinterInfo.availablePrinterNames()))


def paint_page(printer: QPrinter, dots: Dots, path: Path) -> None:
    """Paint the page in its own size, edge to edge. Raises PrinterError("not_printed", printer's name)."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

    width, height, rows = dots(path, _DOTS_PER_INCH)
    points = QSizeF(width * 72 / _DOTS_PER_INCH, height * 72 / _DOTS_PER_INCH)
    size = QPageSize(points, QPageSize.Unit.Point, "receipt", QPageSize.SizeMatchPolicy.ExactMatch)
    printer.setDocName(path.stem)  # what the system's list of jobs shows
    printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setFullPage(True)
    image = QImage(rows, width, height, width, QImage.Format.Format_Grayscale8)
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError("not_printed", printer.printerName())
    painter.drawImage(printer.pageLayout().fullRectPixels(printer.resolution()), image)
    painter.end()
