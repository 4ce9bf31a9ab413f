"""What someone sought may be the number of a document: it is masked, and days are not."""

from __future__ import annotations

import pytest

from pos.domain.number_masking import without_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("12345", "12345"),
        ("123456", "••••56"),
        ("E12345678", "•••••••78"),
        ("N 123-456", "N •••-•56"),
        ("tea 2026-03-02", "tea 2026-03-02"),
        ("2026-13-02", "••••-••-02"),
        ("a1 b2", "a1 b2"),
        ("no number", "no number"),
    ],
)
def test_the_last_two_characters_of_what_may_be_a_number_stay(text: str, masked: str) -> None:
    assert without_numbers(text) == masked
