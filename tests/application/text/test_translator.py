"""Words are put together without ever reading what people wrote."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.text import names
from pos.application.text.translator import N_, Translator, filled, placeholders
from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.product import Attributes
from pos.domain.payment.tender import EVERY_METHOD
from pos.domain.staff.rights import PERMISSIONS, ROLES
from pos.domain.stock.stock import REASONS

ENGLISH = Translator.english()


def test_english_needs_no_catalogue() -> None:
    assert ENGLISH("Till {till}", till="T1") == "Till T1"
    assert ENGLISH.context("quota", "left") == "left"


@pytest.mark.parametrize(("n", "text"), [(0, "0 lines"), (1, "1 line"), (2, "2 lines")])
def test_english_counts_one_and_many(n: int, text: str) -> None:
    assert ENGLISH.plural("{n} line", "{n} lines", n) == text


def test_a_count_may_bring_its_own_figure() -> None:
    assert ENGLISH.plural("{n} line of {shop}", "{n} lines of {shop}", 1200, n="1,200", shop="A") == "1,200 lines of A"


def test_a_text_without_translation_is_said_in_english() -> None:
    assert Translator("ru", {"Pay": "Оплата"})("Park") == "Park"


@given(st.text())
def test_what_people_write_is_never_read_again(name: str) -> None:
    assert ENGLISH("Sold: {name} ({other})", name=name, other="x") == f"Sold: {name} (x)"


@pytest.mark.parametrize(
    "name", ["{other}", "{0}", "{name.__class__}", "{name[0]}", "{{name}}", "%(name)s", "\\1 \\g<0>"]
)
def test_braces_in_a_products_name_stay_braces(name: str) -> None:
    assert filled("{name}, {other}", {"name": name, "other": "secret"}) == f"{name}, secret"


@pytest.mark.parametrize("text", ["{name.__class__}", "{name[0]}", "{name!r}", "{name:>9}", "{Name}", "{}", "{0}"])
def test_a_text_reaches_no_attribute_and_no_index(text: str) -> None:
    assert filled(text, {"name": "Amina"}) == text
    assert placeholders(text) == frozenset()


@pytest.mark.parametrize(
    ("text", "ending", "said"),
    [
        ("Count with {person}. The till waits.", "Amina S.", "Count with Amina S. The till waits."),
        ("Still counting: {person}.", "Amina S.", "Still counting: Amina S."),
        ("Still counting: {person}.", "ZHANG W••", "Still counting: ZHANG W••."),
        ("正在清点：{person}。", "Amina S.", "正在清点：Amina S。"),
        ("与 {person} 一起清点。", "Amina S.", "与 Amina S. 一起清点。"),
        ("Осталось {person}. Закажите.", "5 шт.", "Осталось 5 шт. Закажите."),
        ("Қалғаны: {person}.", "Кефир 1 л.", "Қалғаны: Кефир 1 л."),
        ("«{person}».", "Amina S.", "«Amina S.»."),
        ("{person}.csv", "a.", "a..csv"),
    ],
)
def test_a_sentence_that_ends_with_a_short_name_has_one_full_stop(text: str, ending: str, said: str) -> None:
    assert filled(text, {"person": ending}) == said


def test_a_placeholder_without_a_value_stays_as_it_stands() -> None:
    assert ENGLISH("{a} and {b}", a=1) == "1 and {b}"


def test_a_mark_changes_nothing() -> None:
    assert N_("Pay") == "Pay"


def test_every_code_of_the_domain_has_a_name() -> None:
    assert set(names.CATEGORIES) >= set(LEAVES) | {leaf.split(".")[0] for leaf in LEAVES}
    assert set(names.PERMISSION_NAMES) == set(PERMISSIONS)
    assert set(names.ROLES) == set(ROLES)
    assert set(names.METHODS) == set(EVERY_METHOD)
    assert set(names.STOCK_REASONS) == set(REASONS)
    assert set(names.ATTRIBUTES) >= set(Attributes.__dataclass_fields__)


def test_a_code_without_a_name_is_shown_as_it_is() -> None:
    assert names.name_of(names.ROLES, "owner", ENGLISH) == "owner"
    assert names.name_of(names.ROLES, "clerk", ENGLISH) == "Stock clerk"
