"""The printer test page: printer name, sample letters of every script, lines to the edges, a code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pos.application.settings.settings import Settings
from pos.application.text.formatting import instant_text
from pos.application.text.translator import N_, Translator

_TITLE, _TILL, _TIME, _PAPER = N_("Printer test"), N_("Till"), N_("Time"), N_("Paper width")
_HINT = N_("Check that the lines reach both edges and that no character is missing.")
_SAMPLES = "Aa Zz 0123456789", "¥ ₸ $ € ₽ № × ÷", "茅台 牛奶 香烟 护照", "Щука Эхо Ёлка", "Әке Ғалым Қазақ Өң Үй Һ І"


@dataclass(frozen=True)
class TrialPage:
    """Draws the test page into `folder`, that of the shop."""

    folder: Path
    fonts: Path
    settings: Callable[[], Settings]
    translators: Mapping[str, Translator]
    till: str
    now: Callable[[], datetime]

    def __call__(self, millimetres: int) -> Path:
        """Write trial-page.pdf at this paper width; returns its path. Raises PrinterError."""
        from pos.printing.drawing.atomic_file import write_whole
        from pos.printing.drawing.fonts import Fonts
        from pos.printing.drawing.joined_translator import JoinedTranslator
        from pos.printing.drawing.pdf import strip_pdf
        from pos.printing.drawing.printable import printable
        from pos.printing.drawing.rows import Banner, Barcode, Pair, Paragraph, Row, Ruler

        settings = self.settings()
        both = JoinedTranslator.of(self.translators, settings.receipt_languages)
        shop = printable(settings.shop_name)
        rows: list[Row] = [
            Banner(both(_TITLE)),
            Paragraph(shop, centered=True, bold=True),
            Pair(both(_TILL), self.till),
            Pair(both(_TIME), instant_text(self.now(), settings.zone, both.language)),
            Pair(both(_PAPER), f"{millimetres} mm"),
            Ruler(solid=True),
            *(Paragraph(sample, centered=True) for sample in _SAMPLES),
            Ruler(solid=True),
            Paragraph(both(_HINT), centered=True, small=True),
            Barcode(f"{self.till}-TEST"),
        ]
        path = self.folder / "trial-page.pdf"
        write_whole(path, strip_pdf(rows, Fonts(self.fonts), _TITLE, shop, millimetres))
        return path
