"""The logo on paper: on the strip dot for dot, on a sheet of A4 beside what the document is."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pypdfium2
from PIL import Image

import main
from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.joined_translator import JoinedTranslator
from pos.printing.drawing.list_sheet import ListColumn, ListDocument, list_pdf
from pos.printing.drawing.pdf import strip_pdf
from pos.printing.drawing.rows import Picture
from pos.printing.receipts.heading import shop_rows
from pos.printing.reports.day_sheet import day_sheet_pdf
from tests.printing import sales
from tests.printing.days import a_day

FONTS = Fonts(main.RESOURCES / "fonts")


def a_logo(wide: int, high: int) -> str:
    from base64 import b64encode

    held = BytesIO()
    Image.new("L", (wide, high), 90).save(held, "PNG")
    return b64encode(held.getvalue()).decode()


def pictures(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of the pictures on the first page, in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        bounds = [one.get_bounds() for one in page.get_objects() if one.type == 3]
        return [(round(right - left, 1), round(top - bottom, 1)) for left, bottom, right, top in bounds]


def test_on_the_strip_a_dot_of_the_logo_is_a_dot_of_the_printer() -> None:
    rows = list(shop_rows(Settings(shop_name="Silk Gate", logo=a_logo(480, 160))))
    assert isinstance(rows[0], Picture)
    pdf = strip_pdf(rows, FONTS, "T1-000001")
    assert pictures(pdf) == [(170.1, 56.7)]  # 60 × 20 mm
    assert strip_pdf(rows, FONTS, "T1-000001") == pdf


def test_a_sheet_of_a4_begins_with_it_and_one_of_a_shop_without_it_is_what_it_was() -> None:
    settings = Settings(shop_name="Silk Gate")
    document = ListDocument("C-1", "Count", [], [ListColumn("Goods", 100)], [[("Cognac", "")]])
    tr = JoinedTranslator.of({"zh": Translator.english(), "ru": Translator.english()}, settings.receipt_languages)
    plain = list_pdf(document, settings, tr, FONTS)
    assert pictures(plain) == []
    assert pictures(list_pdf(document, replace(settings, logo=a_logo(100, 50)), tr, FONTS)) == [(68.0, 34.0)]


def test_the_report_of_a_day_begins_with_it_too() -> None:
    shop = sales.the_shop("zh", "ru")
    plain, marked = (
        DayDocument(a_day(), (), ReportReader(sales.the_translators()["en"], {}, settings))
        for settings in (shop, replace(shop, logo=a_logo(100, 50)))
    )
    assert pictures(day_sheet_pdf(plain, FONTS)) == []
    assert pictures(day_sheet_pdf(marked, FONTS)) == [(68.0, 34.0)]
