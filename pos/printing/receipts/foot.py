"""The foot of a receipt: its number as a bar code, its seal, and the non-fiscal mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pos.application.settings.settings import Settings
from pos.application.text.names import NOT_FISCAL
from pos.application.text.translator import N_, Translator
from pos.domain.border import border_in_force
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.rows import Barcode, Paragraph, Qr, Row


def seal_rows(receipt: str, seal: str, key_name: str, tr: JoinedTranslator) -> Iterator[Row]:
    """The number as a bar code, and the seal as a QR code with the name of its key."""
    yield Barcode(receipt)
    offline = tr.apart(N_("Scan to check this receipt offline"))
    yield Qr(seal, (*offline, f"Ed25519 · {key_name}"))


def fiscal_rows(settings: Settings, translators: Mapping[str, Translator]) -> Iterator[Row]:
    """The mark of a shop without a fiscal device: that of its border, whatever languages its receipts are in."""
    if settings.fiscal_device:
        return
    mark = border_in_force().fiscal_mark
    said = (*mark.texts, *(translators[code](NOT_FISCAL) for code in mark.languages))
    yield from (Paragraph(text, centered=True, bold=True) for text in said)
