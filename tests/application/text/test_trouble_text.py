"""What a log says of a mistake, and the journal of a search: never the number of someone's document."""

from __future__ import annotations

import pytest

from pos.application.text.error_text import error_text, without_figures
from pos.domain.errors import BadField, StoreError
from pos.domain.number_masking import without_numbers

NUMBER = "E12345678"


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        (NUMBER, "•••••••78"),
        ("11010519491231002X", "••••••••••••••••2X"),
        ("zhang 110105 19491231 002X", "zhang •••••• •••••••• ••2X"),
        ("75-1234567", "••-•••••67"),
        ("cognac 0.7", "cognac 0.7"),
        ("T1-000123", "••-••••23"),
        ("20.11 tea", "20.11 tea"),
        ("2026-03-02 75-1234567", "2026-03-02 ••-•••••67"),
        ('{"since":"2026-03-02","until":"2026-04-01"}', '{"since":"2026-03-02","until":"2026-04-01"}'),
        ("茅台 500 ml", "茅台 500 ml"),
        ("", ""),
    ],
)
def test_who_seeks_a_person_by_number_does_not_put_it_on_record(sought: str, expected: str) -> None:
    assert without_numbers(sought) == expected


def _caught(error: Exception) -> Exception:
    """An error that was raised from another one of its kind."""
    try:
        try:
            raise error
        except type(error) as first:
            raise type(error)(*_arguments(error)) from first
    except type(error) as second:
        return second


def _arguments(error: Exception) -> tuple[object, ...]:
    return (error.field, error.what, error.value) if isinstance(error, BadField) else error.args


@pytest.mark.parametrize(
    "error",
    [
        KeyError(NUMBER),
        ValueError(f"invalid literal for int() with base 10: '{NUMBER}'"),
        UnicodeEncodeError("utf-8", f"{NUMBER}\ud800", 9, 10, "surrogates not allowed"),
        RuntimeError(f"{NUMBER} is nobody"),
        AssertionError(f"P<CHNZHANG<<WEI<<< and {NUMBER}"),
        BadField("document.number", "not_a_text", NUMBER),
    ],
)
def test_a_mistake_is_logged_by_its_place_and_kind_without_what_it_had_in_its_hands(error: Exception) -> None:
    text = error_text(_caught(error))
    assert "12345678" not in text
    assert "ZHANG" not in text
    assert text.count(type(error).__name__) == 2
    assert "test_trouble_text.py" in text


def test_what_is_no_persons_is_reported() -> None:
    assert "unreachable shop" in error_text(StoreError("unreachable", "shop", "secret"))
    assert "secret" not in error_text(StoreError("unreachable", "shop", "secret"))
    assert "nobody foresaw this" in error_text(RuntimeError("nobody foresaw this"))
    assert without_figures("Qt: N75778495 <b>") == "Qt: … …>"
