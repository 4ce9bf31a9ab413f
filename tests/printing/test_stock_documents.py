"""What the stock documents say, and that a long one goes on on the next page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from pypdfium2 import PdfDocument

from main import RESOURCES
from pos.application.settings.settings import Settings
from pos.domain.stock.stock import Lot, LotBalance
from pos.exports.lots_csv import lots_csv
from pos.languages.catalogue import load_translators
from pos.printing.drawing.fonts import Fonts
from pos.printing.stock.stock_documents import count_pdf, lots_pdf

AT = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def text_of(pdf: bytes) -> list[str]:
    """The text of each page."""
    document = PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


def a_difference(**changed: Any) -> dict[str, Any]:
    one = {
        "code": "4870204320145", "name": "Dark chocolate", "names": {"ru": "Шоколад тёмный"}, "lot": "L1",
        "expected": 100, "counted": 97, "difference": -3, "value": "-24.00", "reason": "theft", "note": "",
    }  # fmt: skip
    return {**one, **changed}


def a_count(*differences: dict[str, Any]) -> dict[str, Any]:
    return {
        "count": "C-000003", "place": "floor", "scope": "category", "scope_value": "food", "blind": True,
        "begun": {"at": AT.isoformat(), "person": "clerk"}, "posted": {"at": AT.isoformat(), "person": "manager"},
        "currency": "CNY", "value": "-24.00", "unknown": 1, "agreed": 41, "not_counted": 2,
        "sheets": [{"sheet": 1, "round": 1, "person": "clerk"}], "differences": list(differences),
    }  # fmt: skip


def test_a_stock_take_lists_its_differences_with_value_and_reason_in_two_languages() -> None:
    settings = Settings()
    translators = load_translators(RESOURCES / "translations")
    fonts = Fonts(RESOURCES / "fonts")
    content = a_count(a_difference(), a_difference(code="X-1", value=None, note="behind the shelf"))
    pdf = count_pdf(content, settings, translators, fonts)
    [page] = text_of(pdf)
    for expected in ("C-000003", "−3", "−24.00", "Кража", "4870204320145 · L1", "behind the shelf", "1 / 1"):
        assert expected in page, expected
    assert pdf == count_pdf(content, settings, translators, fonts)


def test_a_long_list_goes_on_on_further_pages_with_its_columns() -> None:
    translators = load_translators(RESOURCES / "translations")
    content = a_count(*(a_difference(code=f"G-{n}") for n in range(70)))
    pages = text_of(count_pdf(content, Settings(), translators, Fonts(RESOURCES / "fonts")))
    assert len(pages) == 3
    assert all(f"{n + 1} / 3" in page for n, page in enumerate(pages))
    assert "G-69" in pages[2]


def test_the_account_of_lots_is_a_printout_and_a_table_safe_against_formulas() -> None:
    lot = Lot(1, 1, "=A1", date(2026, 5, 1), "KZ-50514000")
    account = LotBalance(lot, "4870204320145", "Dark chocolate", 20, 3, 1, 3, -1, 14, {"floor": 10, "store": 4})
    translators = load_translators(RESOURCES / "translations")
    [page] = text_of(lots_pdf([account], AT, Settings(), translators, Fonts(RESOURCES / "fonts")))
    for expected in ("KZ-50514000", "Dark chocolate", "20", "14"):
        assert expected in page, expected
    assert "加工" not in page  # nothing of these goods was processed
    used = replace(account, workshop=-4)
    [page] = text_of(lots_pdf([used], AT, Settings(), translators, Fonts(RESOURCES / "fonts")))
    assert "加工" in page
    assert "−4" in page
    head, row = lots_csv([account], AT).decode().splitlines()
    assert head.endswith("received,sold,returned,destroyed,workshop,counted,on_hand,floor,store,quarantine")
    assert row == "KZ-50514000,4870204320145,Dark chocolate,'=A1,2026-05-01,20,3,1,3,0,-1,14,10,4,0"


@pytest.mark.parametrize(
    ("language", "called"), [("en", "Written off"), ("zh", "报损/样品"), ("ru", "Списано"), ("kk", "Шығынға")]
)
def test_what_was_stolen_or_tasted_is_not_called_destroyed_before_customs(language: str, called: str) -> None:
    account = LotBalance(Lot(1, 1, "A1", None, "KZ-1"), "G-1", "Honey", 20, 3, 1, 3, -1, 14, {"floor": 14})
    shop = Settings(receipt_languages=(language,))
    translators = load_translators(RESOURCES / "translations")
    [page] = text_of(lots_pdf([account], AT, shop, translators, Fonts(RESOURCES / "fonts")))
    assert called in page


def test_the_printout_of_a_training_says_on_every_page_that_it_is_none() -> None:
    translators = load_translators(RESOURCES / "translations")
    content = a_count(*(a_difference(code=f"G-{n}") for n in range(40)))
    pages = text_of(count_pdf(content, Settings(), translators, Fonts(RESOURCES / "fonts"), training=True))
    assert len(pages) == 2
    assert all("УЧЕБНЫЙ РЕЖИМ" in page for page in pages)
