"""Who ordered, as it is called out in a stream: a name, and perhaps a phone or its last digits."""

from __future__ import annotations

import pytest

from pos.domain.errors import BadField
from pos.domain.pickup.buyer import Buyer, read_buyer, read_called, words_of


@pytest.mark.parametrize(
    ("text", "buyer"),
    [
        ("小雨 4567", Buyer("小雨", None, "4567", "zh")),
        ("小雨，138 0013 8000", Buyer("小雨", "13800138000", "8000", "zh")),
        ("Айгүл +7 (701) 123-45-67", Buyer("Айгүл", "77011234567", "4567", "zh")),
        ("4567", Buyer("", None, "4567", "zh")),
        ("小雨", Buyer("小雨", None, "", "zh")),
        ("Nr 7", Buyer("Nr 7", None, "", "zh")),
        ("Kill1 7001", Buyer("Kill1", None, "7001", "zh")),
        ("小雨88 138 0013 8000", Buyer("小雨88", "13800138000", "8000", "zh")),
        ("小雨4567", Buyer("小雨", None, "4567", "zh")),
    ],
)
def test_one_field_holds_both(text: str, buyer: Buyer) -> None:
    assert read_called(text, "zh") == buyer


def test_of_a_phone_the_last_four_are_shown() -> None:
    assert read_buyer("Dana", "+77011234567", "kk").shown == "…4567"
    assert read_buyer("Dana", "", "kk").shown == ""


@pytest.mark.parametrize(("name", "phone", "what"), [
    ("", "", "missing"), ("x" * 61, "", "too_long"), ("Da\u202ena", "", "character"), ("Dana", "12", "not_a_phone"),
    ("Dana", "call me", "not_a_phone"), ("Dana", "1" * 16, "not_a_phone"), ("Dana", "１２３４５", "not_a_phone"),
])  # fmt: skip
def test_what_is_no_buyer_is_refused(name: str, phone: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        read_buyer(name, phone, "en")
    assert refused.value.what == what


def test_a_refused_phone_is_not_repeated() -> None:
    with pytest.raises(BadField) as refused:
        read_buyer("Dana", "+7701123456789012345", "en")
    assert refused.value.value == "…2345"


def test_a_name_is_found_by_each_of_its_words_and_each_of_its_signs() -> None:
    assert words_of("Anna Maria") == ("anna maria", "maria")
    assert words_of("王小雨") == ("小雨", "王小雨", "雨")
