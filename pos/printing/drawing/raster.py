"""Render a PDF page to dots: for the preview, and for printers that accept images only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pos.domain.errors import PrinterError

DOTS_PER_INCH = 203
"""The usual thermal head: 8 dots a millimetre."""

_DOTS_A_POINT = 8 * 25.4 / 72
_HEADS = {80: 576, 58: 384}
"""Dots of the head by paper width in millimetres; the edges stay white."""


def page_dots(file: Path | bytes, dots_per_inch: int = DOTS_PER_INCH, number: int = 0) -> tuple[int, int, bytes]:
    """A page as width, height and rows of one grey byte per dot. Raises PrinterError("not_a_pdf", path)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrinterError("not_a_pdf", "" if isinstance(file, bytes) else str(file), str(error)) from error
    try:
        page = document[number]
        bitmap = page.render(scale=dots_per_inch / 72, grayscale=True)
        rows = bytes(bitmap.buffer)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        bitmap.close()
        page.close()
    finally:
        document.close()
    if stride != width:
        rows = b"".join(rows[start : start + width] for start in range(0, stride * height, stride))
    return width, height, rows


def page_count(file: Path | bytes) -> int:
    """How many pages a PDF has. Raises PrinterError("not_a_pdf", path)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrinterError("not_a_pdf", "" if isinstance(file, bytes) else str(file), str(error)) from error
    try:
        return len(document)
    finally:
        document.close()


def every_page(file: Path | bytes, dots_per_inch: int = DOTS_PER_INCH) -> Iterator[tuple[int, int, bytes]]:
    """All pages of a PDF as in `page_dots`, and raises as it."""
    for number in range(page_count(file)):
        yield page_dots(file, dots_per_inch, number)


def head_dots(file: Path | bytes, millimetres: int) -> Iterator[tuple[int, int, bytes]]:
    """The pages of a file as in `page_dots`, as wide as the print head for this paper width.

    A strip is cropped to the head dot by dot, wider pages are scaled down. Raises PrinterError("not_a_pdf", path).
    """
    import pypdfium2

    head = _HEADS[millimetres]
    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrinterError("not_a_pdf", "" if isinstance(file, bytes) else str(file), str(error)) from error
    try:
        for number in range(len(document)):
            page = document[number]
            wide = page.get_width()
            fits = abs(wide * 25.4 / 72 - millimetres) < 1
            scale = _DOTS_A_POINT if fits else head / wide
            bitmap = page.render(scale=scale, grayscale=True)
            yield _as_wide_as(head, bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer))
            bitmap.close()
            page.close()
    finally:
        document.close()


def _as_wide_as(head: int, width: int, height: int, stride: int, dots: bytes) -> tuple[int, int, bytes]:
    """The middle of each row, or the row padded with white."""
    left = max(0, (width - head) // 2)
    white = b"\xff" * max(0, head - width)
    rows = (dots[start + left : start + min(width, left + head)] + white for start in range(0, stride * height, stride))
    return head, height, b"".join(rows)
