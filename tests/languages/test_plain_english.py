"""The English of the till is that of point-of-sale software: short, standard, and nothing literary."""

from __future__ import annotations

import re

from tests.languages.wanted import english

_LITERARY = re.compile(
    r"\b(somebody|somebody's|whoever|anybody|nobody|everybody|anew|told|meanwhile|one's own|altogether|mended?|begun"
    r"|sought|dearer|is not there|are not there|leaves? behind|left behind|(take|taken|takes|taking) back|by itself"
    r"|(give|given|gives|giving) (up|back)|(come|comes|came|coming) back|said so|say so|says so|on show)\b",
    re.IGNORECASE,
)
_ONE_SEX = re.compile(r"\b(he|him|his|she|her|hers|himself|herself)\b", re.IGNORECASE)


def test_no_text_is_literary() -> None:
    assert [text for text in english() if _LITERARY.search(text)] == []


def test_a_person_is_they_or_their_role() -> None:
    assert [text for text in english() if _ONE_SEX.search(text)] == []


def test_goods_are_removed_and_never_left_behind() -> None:
    assert "Remove: {goods}" in english()
    assert "Remove these to stay within" in english()


def test_no_text_of_the_window_is_longer_than_two_lines() -> None:
    assert [text for text in english() if max(map(len, text.split("\n"))) > 230] == []
