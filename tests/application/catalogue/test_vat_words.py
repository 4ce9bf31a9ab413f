"""What is said of a VAT rate: those of the border, and a rate that the law has ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from pos.application.catalogue.vat_words import vat_doubt, vat_rates_text
from pos.application.text.translator import Translator
from pos.domain.border import Border

EN = Translator.english()
LAST_DAY, NEXT_DAY = date(2025, 12, 31), date(2026, 1, 1)


def said(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_rates_in_force_are_named_by_side() -> None:
    assert said(vat_rates_text(LAST_DAY, EN)) == "Kazakhstan 12 %; China 13 %, 9 %"
    assert said(vat_rates_text(NEXT_DAY, EN)) == "Kazakhstan 16 %; China 13 %, 9 %"


def test_a_rate_is_doubted_on_the_day_after_its_last_and_before_its_first() -> None:
    assert vat_doubt(Decimal(12), LAST_DAY, EN) == ""
    assert said(vat_doubt(Decimal(12), NEXT_DAY, EN)) == "VAT of 12 % ended on 31 Dec 2025."
    assert said(vat_doubt(Decimal(16), LAST_DAY, EN)) == "VAT of 16 % begins on 1 Jan 2026."
    assert vat_doubt(Decimal("16.0"), NEXT_DAY, EN) == ""


def test_a_rate_of_no_side_is_doubted_and_no_tax_never(at_border: Callable[[str], Border]) -> None:
    assert said(vat_doubt(Decimal(7), NEXT_DAY, EN)) == "VAT of 7 % is no usual rate at this border."
    assert vat_doubt(None, NEXT_DAY, EN) == vat_doubt(Decimal(0), NEXT_DAY, EN) == ""
    at_border("polish-land")
    assert said(vat_doubt(Decimal(16), NEXT_DAY, EN)) == "VAT of 16 % is no usual rate at this border."
    assert vat_doubt(Decimal(23), NEXT_DAY, EN) == ""
