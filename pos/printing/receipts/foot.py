"""The foot of a receipt: its number as a bar code, its seal, and the fiscal or non-fiscal mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pos.application.settings.settings import Settings
from pos.application.text.formatting import money_text
from pos.application.text.names import FISCAL, FISCAL_AT_TERMINAL, FISCAL_FOLLOWS, NOT_FISCAL
from pos.application.text.translator import N_, Translator
from pos.domain.border import border_in_force
from pos.domain.fiscal.document import DocumentKind, FiscalDocument, Standing
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Barcode, Pair, Paragraph, Qr, Row


def seal_rows(receipt: str, seal: str, key_name: str, tr: JoinedTranslator) -> Iterator[Row]:
    """The number as a bar code, and the seal as a QR code with the name of its key."""
    yield Barcode(receipt)
    offline = tr.apart(N_("Scan to check this receipt offline"))
    yield Qr(seal, (*offline, f"Ed25519 · {key_name}"))


def fiscal_rows(
    settings: Settings, translators: Mapping[str, Translator], fiscal: Sequence[FiscalDocument] = ()
) -> Iterator[Row]:
    """What the register gave, in the border's languages; or the mark of a receipt that nothing has registered.

    Of an exchange each document of `fiscal` has its own number; one that waits still says that it follows.
    """
    if settings.fiscal_device:
        return
    mark = border_in_force().fiscal_mark
    tr = JoinedTranslator.of(translators, mark.languages or settings.receipt_languages)
    registered = [document for document in fiscal if document.standing is Standing.REGISTERED]
    for document in registered:
        yield from _given_rows(document, tr)
    if fiscal and len(registered) == len(fiscal):
        return
    said = (*mark.texts, *(translators[code](NOT_FISCAL) for code in mark.languages))
    yield from (Paragraph(text, centered=True, bold=True) for text in said)
    if any(document.standing is Standing.WAITING for document in fiscal):
        yield from (Paragraph(text, centered=True) for text in tr.apart(FISCAL_FOLLOWS))
    if any(document.standing is Standing.AT_TERMINAL for document in fiscal):
        yield from (Paragraph(text, centered=True) for text in tr.apart(FISCAL_AT_TERMINAL))


def _given_rows(document: FiscalDocument, tr: JoinedTranslator) -> Iterator[Row]:
    given = document.gives
    assert given is not None, "it is registered"
    kind = N_("Fiscal receipt of the return") if document.kind is DocumentKind.RETURN else FISCAL
    yield from (Paragraph(text, centered=True, bold=True) for text in tr.apart(kind))
    for title, text in (
        (tr(N_("Fiscal number")), given.number),
        (tr(N_("Registered at")), given.at),
        (tr(N_("Cashbox registration")), given.registration),
        (tr(N_("Cashbox serial number")), given.serial),
        (tr(N_("Total")), money_text(document.attempt.amount, tr.language)),
    ):
        if text:
            yield Pair(title, printable(text, 64), small=True)
    if given.is_offline:
        yield from (Paragraph(text, centered=True) for text in tr.apart(N_("Registered offline")))
    if given.address:
        yield Qr(given.address, tr.apart(N_("Scan to check the fiscal receipt")))
