"""Print a page as an image on a system printer whose spooler takes no PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.domain.errors import PrinterError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

Dots = Callable[[Path, int], tuple[int, int, bytes]]
"""(file, dots per inch) → width, height and rows of one grey byte per dot."""

Sheets = Callable[[bytes, int], Iterable[tuple[int, int, bytes]]]
"""(content of a PDF, dots per inch) → each page as in `Dots`."""

DOTS_PER_INCH = 203


def print_picture(dots: Dots, path: Path, name: str = "") -> None:
    """Print the page on the printer `name`, or on the system's default one.

    Raises PrinterError: no_such_printer, not_printed.
    """
    paint_page(_printer(name), dots, path)


def print_pages(pages: Iterable[tuple[int, int, bytes]], title: str, name: str = "") -> None:
    """Print rendered pages one after the other as one job. Raises as `print_picture`."""
    paint_pages(_printer(name), pages, title)


def _printer(name: str) -> QPrinter:
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

    chosen = QPrinterInfo.printerInfo(name) if name else QPrinterInfo.defaultPrinter()
    if chosen.isNull():
        raise PrinterError("no_such_printer", name)
    return QPrinter(chosen)


def printer_names() -> tuple[str, ...]:
    """The printers known to Qt."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return tuple(sorted(QPrinterInfo.availablePrinterNames()))


def paint_page(printer: QPrinter, dots: Dots, path: Path) -> None:
    """Paint the page in its own size, edge to edge. Raises PrinterError("not_printed", printer's name)."""
    paint_pages(printer, [dots(path, DOTS_PER_INCH)], path.stem)


def paint_pages(printer: QPrinter, pages: Iterable[tuple[int, int, bytes]], title: str) -> None:
    """Paint each page on paper of its own; all have the size of the first. Raises as `paint_page`."""
    from PySide6.QtCore import QMarginsF, QSizeF
    from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

    painter = QPainter()
    for width, height, rows in pages:
        if painter.isActive():
            printer.newPage()
        else:
            points = QSizeF(width * 72 / DOTS_PER_INCH, height * 72 / DOTS_PER_INCH)
            size = QPageSize(points, QPageSize.Unit.Point, "receipt", QPageSize.SizeMatchPolicy.ExactMatch)
            printer.setDocName(title)  # what the system's list of jobs shows
            printer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
            printer.setFullPage(True)
            if not painter.begin(printer):
                raise PrinterError("not_printed", printer.printerName())
        image = QImage(rows, width, height, width, QImage.Format.Format_Grayscale8)
        painter.drawImage(printer.pageLayout().fullRectPixels(printer.resolution()), image)
    painter.end()
