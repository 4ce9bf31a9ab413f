"""What the file of a border says of VAT and of the mark on receipts, and what is wrong with either."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pos.domain.border import FiscalMark
from pos.regimes.border_files import read_border
from pos.regimes.fields import RegimeFault
from tests.borders import a_border
from tests.horgos import HORGOS, border_named

GOOD = a_border("narva", {"EUR": 2})
_MARK = '[fiscal_mark]\nlanguages = ["en"]\ntexts = ["NO FISCAL REGISTER"]\n'
_ENDED = 'rate = "22"\nuntil = 2025-07-01'


def changed(before: str, after: str) -> bytes:
    assert before in GOOD
    return GOOD.replace(before, after, 1).encode()


def test_kazakhstan_has_twelve_per_cent_to_the_end_of_2025_and_sixteen_after() -> None:
    def of_kazakhstan(day: date) -> list[Decimal]:
        return [one.rate for one in HORGOS.vat_on(day) if one.country == "KZ"]

    assert of_kazakhstan(date(2025, 12, 31)) == [Decimal(12)]
    assert of_kazakhstan(date(2026, 1, 1)) == [Decimal(16)]


def test_each_border_has_its_own_mark() -> None:
    assert HORGOS.fiscal_mark == FiscalMark(("ru", "kk"))
    assert border_named("mohan-boten").fiscal_mark == FiscalMark(("zh", "en"))
    assert border_named("polish-land").fiscal_mark == FiscalMark(("ru", "en"), ("NIEFISKALNY",))


def test_a_file_that_says_nothing_of_the_mark_has_it_in_the_languages_of_its_receipts() -> None:
    assert read_border(changed(_MARK, ""), "border.toml").fiscal_mark == FiscalMark(("en",))
    assert not read_border(changed(_MARK, "[fiscal_mark]\n"), "border.toml").fiscal_mark


@pytest.mark.parametrize(
    ("before", "after", "field", "what"),
    [
        ('languages = ["en"]\ntexts', 'languages = ["en", "en"]\ntexts', "fiscal_mark.languages", "not_some_languages"),
        ('languages = ["en"]\ntexts', 'languages = ["et"]\ntexts', "fiscal_mark.languages", "not_some_languages"),
        ("NO FISCAL REGISTER", " ", "fiscal_mark.texts", "not_a_text"),
        ("NO FISCAL REGISTER", "X" * 61, "fiscal_mark.texts", "too_long"),
        ("texts =", "text =", "fiscal_mark.text", "unknown_field"),
        ('country = "EE"\nrate = "22"', 'country = "LV"\nrate = "22"', "vat[0].country", "unknown"),
        ('rate = "22"', "rate = 22", "vat[0].rate", "not_a_text"),
        ('rate = "22"', 'rate = "22 %"', "vat[0].rate", "not_a_decimal_text"),
        ('rate = "22"', 'rate = "51"', "vat[0].rate", "out_of_range"),
        (_ENDED, _ENDED + "\nfrom = 2025-07-01", "vat[0].until", "not_after_from"),
        (_ENDED, 'rate = "24"\nuntil = 2025-07-02', "vat", "twice"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_its_field(before: str, after: str, field: str, what: str) -> None:
    with pytest.raises(RegimeFault) as fault:
        read_border(changed(before, after), "border.toml")
    assert (fault.value.field, fault.value.what) == (field, what)


def test_a_rate_may_come_back_after_it_ended() -> None:
    border = read_border(changed(_ENDED, 'rate = "24"\nuntil = 2025-07-01'), "border.toml")
    assert [one.rate for one in border.vat_on(date(2025, 6, 30))] == [Decimal(24)]
