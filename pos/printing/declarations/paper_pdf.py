"""The paper of a declaration as PDF: which one, in which languages."""

from __future__ import annotations

from collections.abc import Mapping

from pos.application.settings.settings import Settings
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.application.visitors.visitor_language import visitor_language
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.declarations.declaration import Declaration
from pos.domain.visitors.document import Document
from pos.printing.declarations.data_sheet import draw_data_sheet
from pos.printing.declarations.flow import Flow
from pos.printing.declarations.languages import PaperLanguages
from pos.printing.declarations.passenger_declaration import LANGUAGES, draw_passenger_declaration
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.printable import printable

_CHINESE = "zh"


def declaration_pdf(
    declaration: Declaration,
    document: Document | None,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    *,
    training: bool = False,
) -> bytes:
    """Draw it; equal content gives equal bytes. Raises PrinterError where a font is missing."""
    sheet = declaration.paper is Paper.CHINA_DATA_SHEET
    spoken = visitor_language(declaration.adult.country, settings.receipt_languages)
    languages = dict.fromkeys((_CHINESE, spoken)) if sheet else LANGUAGES
    say = PaperLanguages.of(translators, languages)
    label = printable(declaration.adult.label, 4)
    foot = " · ".join(part for part in (printable(settings.shop_name), declaration.sale.receipt, label) if part)
    stamp = say.main(TRAINING_STAMP) if training else ""
    with DRAWING:
        flow = Flow(fonts, say, f"{declaration.sale.receipt} {label}", foot, stamp, declaration.sale.currency)
        (draw_data_sheet if sheet else draw_passenger_declaration)(flow, declaration, document)
        return flow.drawn()
