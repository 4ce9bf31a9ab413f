"""What a printed file says, line by line."""

from __future__ import annotations

from pathlib import Path

import pypdfium2


def said_on(path: Path) -> list[str]:
    """Every line of text on every page, without the blanks that a reader of PDF makes of positions."""
    document = pypdfium2.PdfDocument(path)
    text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
    return [line for line in (" ".join(part.split()) for part in text.splitlines()) if line]
