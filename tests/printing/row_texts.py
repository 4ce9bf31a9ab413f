"""The rows of a document as plain text, for tests to compare with reviewed files."""

from __future__ import annotations

from collections.abc import Sequence

from pos.printing.drawing.rows import (
    Banner,
    Barcode,
    Cells,
    Heading,
    Pair,
    Paragraph,
    Picture,
    Qr,
    Row,
    Ruler,
    Signature,
    TotalRow,
)
from pos.printing.drawing.wrapping import celled, is_wide, paired, wrapped


def columns(text: str) -> int:
    """The width of a text in columns of a fixed-width font: two for a Chinese character."""
    return sum(2 if is_wide(character) else 1 for character in text)


def rows_text(rows: Sequence[Row], width: int = 48) -> str:
    """All rows as text in fixed columns, for review."""
    return "\n".join(line.rstrip() for row in rows for line in _lines(row, width)) + "\n"


def _lines(row: Row, width: int) -> list[str]:
    match row:
        case Ruler(solid):
            return [("═" if solid else "-") * width]
        case Heading(text):
            return [_centered(line, width) for line in wrapped(text, width, columns)]
        case Picture(_, wide, high):
            return [_centered(f"[{wide} × {high}]", width)]
        case Banner(text):
            return [_centered(f"[[ {line} ]]", width) for line in wrapped(text, width - 6, columns)]
        case Paragraph(text, centered):
            return [_centered(line, width) if centered else line for line in wrapped(text, width, columns)]
        case Signature(text):
            return ["", "_" * width, *(_centered(line, width) for line in wrapped(text, width, columns))]
        case Barcode(text):
            return [_centered(f"|||| {text} ||||", width)]
        case Qr(content, beside):
            return [*(_centered(tr, width) for tr in beside), *wrapped(f"[QR] {content}", width, columns)]
        case Pair(left, right) | TotalRow(left, right):
            return [_apart(*line, width) for line in paired(left, right, width, 2, columns)]
        case Cells(cells):
            return [_spread(line) for line in celled(cells, width, 1, columns)]


def _centered(text: str, width: int) -> str:
    return " " * ((width - columns(text)) // 2) + text


def _apart(left: str, right: str, width: int) -> str:
    return left + " " * (width - columns(left) - columns(right)) + right


def _spread(cells: Sequence[tuple[float, str]]) -> str:
    line = ""
    for at, text in cells:
        line += " " * (int(at) - columns(line)) + text
    return line
