"""What a GS1 code contains, and when it is refused."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.gs1 import read_scan
from pos.domain.catalogue.barcode import GS, BadCheckDigit, BadCode, Code, CodeKind, with_check_digit
from pos.domain.catalogue.scanned_code import BadGs1, ScannedCode

GTIN = with_check_digit("0400638133393")
ARTICLE = Code("4006381333931", CodeKind.GTIN)


@pytest.mark.parametrize("prefix", ["]d2", "]C1", "]Q3", "]e0", GS, ""])
def test_a_marking_code_gives_the_single_piece_however_the_scanner_announces_it(prefix: str) -> None:
    assert read_scan(f"{prefix}01{GTIN}21aB<5&x{GS}93Zm9v") == ScannedCode(ARTICLE, serial="aB<5&x")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        (f"]C101{GTIN}1727010110LOT7", ScannedCode(ARTICLE, lot="LOT7", expiry=date(2027, 1, 1))),
        (f"]C101{GTIN}1727020010LOT7", ScannedCode(ARTICLE, lot="LOT7", expiry=date(2027, 2, 28))),
        (f"]C101{GTIN}15270101", ScannedCode(ARTICLE, expiry=date(2027, 1, 1))),
        (f"]C101{GTIN}1527010117261231", ScannedCode(ARTICLE, expiry=date(2026, 12, 31))),
        (f"01{GTIN}3103000342", ScannedCode(ARTICLE, grams=342)),
        (f"01{GTIN}3102000034{GS}10L", ScannedCode(ARTICLE, lot="L", grams=340)),
        (f"]C102{GTIN}3712{GS}10L", ScannedCode(ARTICLE, lot="L", count=12)),
        (f"]d201{GTIN}3006", ScannedCode(ARTICLE, count=6)),
        (f"]d201{GTIN}", ScannedCode(ARTICLE)),
        ("4006381333931", ScannedCode(ARTICLE)),
        ("]E04006381333931\r\n", ScannedCode(ARTICLE)),
    ],
)
def test_lot_last_day_weight_and_content_are_read(text: str, label: ScannedCode) -> None:
    assert read_scan(text) == label


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("]d2", "no_article"),
        ("]d2xx", "malformed"),
        ("]d210LOT7", "no_article"),
        (f"]d201{GTIN}17271301", "malformed"),
        (f"]d201{GTIN}3103ABCDEF", "malformed"),
        (f"]d201{GTIN}3103000000", "weight"),
        (f"]d201{GTIN}21A{GS}21B", "twice"),
        (f"]d201{GTIN}3000", "malformed"),
        (f"]d201{GTIN}21", "malformed"),
        (f"]d201{GTIN}21é", "malformed"),
        (f"]d201{GTIN}10{'A' * 500}", "malformed"),
        ("48702\x1d043211", "malformed"),
    ],
)
def test_a_malformed_code_is_refused_in_facts(text: str, what: str) -> None:
    with pytest.raises(BadGs1) as refused:
        read_scan(text, "lines[0].code")
    assert (refused.value.what, refused.value.field) == (what, "lines[0].code")
    assert refused.value.code.isprintable()


def test_a_misread_article_in_a_gs1_code_says_so() -> None:
    for rest in ("21abc", "17271301"):
        with pytest.raises(BadCheckDigit):
            read_scan(f"]d20104006381333932{rest}")


@given(st.text(max_size=60) | st.text(alphabet=f"0123456789]dC{GS}ab", max_size=60))
def test_whatever_a_scanner_sends_is_read_or_refused(text: str) -> None:
    try:
        read, result = True, str(read_scan(text).code)
    except (BadGs1, BadCode, BadCheckDigit) as refused:
        read, result = False, str(refused)
    assert result.isascii() if read else result.isprintable()
