"""A page of PDF as dots: for the preview, and for printers that take pictures only."""

from __future__ import annotations

from pathlib import Path

from pos.domain.errors import PrinterTrouble

DOTS_PER_INCH = 203
"""The usual thermal head: 8 dots a millimetre."""


def page_dots(file: Path | bytes, dots_per_inch: int = DOTS_PER_INCH, number: int = 0) -> tuple[int, int, bytes]:
    """A page as width, height and rows of one grey byte a dot; raises PrinterTrouble("not_a_pdf", path)."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(file)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrinterTrouble("not_a_pdf", "" if isinstance(file, bytes) else str(file), str(error)) from error
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
