"""A sale that has happened, and the number by which everybody finds it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number


@given(st.from_regex(r"[A-Z][A-Z0-9]{0,7}", fullmatch=True), st.integers(1, 999_999_999))
def test_a_printed_number_is_read_back_as_till_and_number(till: str, number: int) -> None:
    assert read_receipt_number(receipt_number(till, number)) == (till, number)


def test_a_number_is_printed_with_six_digits() -> None:
    assert receipt_number("T1", 123) == "T1-000123"
    assert read_receipt_number(" t1-000123\n") == ("T1", 123)


@pytest.mark.parametrize(
    "text", ["", "T1", "T1-", "T1-123", "1T-000123", "T1-000123x", "T1-１２３４５６", "../T1-000123", "T1 000123"]
)
def test_what_no_receipt_bears_is_named(text: str) -> None:
    with pytest.raises(NoSuchReceipt) as refused:
        read_receipt_number(text)

    assert refused.value.receipt == text
