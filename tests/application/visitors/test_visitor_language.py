"""A visitor is addressed in the language of the state that issued their document."""

from __future__ import annotations

import pytest

from pos.application.visitors.visitor_language import visitor_language


@pytest.mark.parametrize(
    ("country", "pair", "language"),
    [
        ("CHN", ("kk", "ru"), "zh"), ("HKG", ("zh", "ru"), "zh"),
        ("KAZ", ("zh", "ru"), "ru"), ("KAZ", ("zh", "kk"), "kk"), ("KAZ", ("ru", "kk"), "kk"), ("KAZ", ("en",), "kk"),
        ("RUS", ("zh", "kk"), "ru"), ("KGZ", ("zh", "ru"), "ru"), ("BLR", ("zh", "ru"), "ru"), ("UZB", ("en",), "ru"),
        ("DEU", ("zh", "ru"), "en"), ("PAK", ("zh", "ru"), "en"), ("UTO", ("zh", "ru"), "en"),
    ],
)  # fmt: skip
def test_a_visitor_is_addressed_in_the_language_of_their_document(
    country: str, pair: tuple[str, ...], language: str
) -> None:
    assert visitor_language(country, pair) == language
