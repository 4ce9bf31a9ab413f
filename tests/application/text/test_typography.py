"""What the program joins has the marks of its language."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pos.application.settings.setting_words import said_text
from pos.application.text.formatting import percent_text
from pos.application.text.typography import headed, labelled, listed, noted, paragraph, parted, strung
from pos.domain.errors import InfrastructureError
from pos.languages.catalogue import load_translators
from pos.languages.refusals import refusal_text
from tools.messages import FOLDER

WORDS = load_translators(FOLDER)
EN, ZH, RU, KK = (WORDS[language] for language in ("en", "zh", "ru", "kk"))


def test_a_name_and_its_value_have_the_colon_of_the_language() -> None:
    assert [labelled(tr, "T1", 5) for tr in (EN, ZH, RU, KK)] == ["T1: 5", "T1：5", "T1: 5", "T1: 5"]


def test_a_note_stands_in_the_brackets_of_the_language() -> None:
    assert [noted(tr, "茶", 2) for tr in (EN, ZH, RU)] == ["茶 (2)", "茶（2）", "茶 (2)"]


def test_things_and_what_is_said_of_one_thing_have_their_own_commas() -> None:
    assert (listed(EN, ("a", "", "b")), listed(ZH, ("a", "", "b"))) == ("a, b", "a、b")
    assert (strung(EN, ("a", "", "b")), strung(ZH, ("a", "", "b"))) == ("a, b", "a，b")
    assert (parted(EN, ("a", "b", "c")), parted(ZH, ("a", "b", "c"))) == ("a; b; c", "a；b；c")
    assert [strung(ZH, ()), parted(ZH, ("",)), listed(ZH, ())] == ["", "", ""]


def test_chinese_sentences_follow_each_other_without_a_blank() -> None:
    assert paragraph(EN, ("One.", "", "Two.")) == "One. Two."
    assert paragraph(ZH, ("一。", "", "二。")) == "一。二。"
    assert (headed(RU, "Цена", "Сколько."), headed(ZH, "价格", "多少。")) == ("Цена. Сколько.", "价格。多少。")


def test_a_name_with_braces_is_joined_as_it_is() -> None:
    assert strung(EN, ("{next}", "{said}", "b")) == "{next}, {said}, b"
    assert noted(EN, "{note}", "n") == "{note} (n)"


@pytest.mark.parametrize(("language", "said"), [("en", "12.5\u00a0%"), ("zh", "12.5%"), ("ru", "12,5\u00a0%")])
def test_chinese_has_no_blank_before_per_cent(language: str, said: str) -> None:
    assert percent_text(Fraction(25, 2), language) == said


def test_a_trouble_and_a_setting_are_said_with_chinese_marks() -> None:
    full = ZH("The disk is full. Nothing was recorded. Free some space and try again.")
    assert refusal_text(InfrastructureError("disk_full", "/shop", "ENOSPC"), ZH) == f"/shop：{full}（ENOSPC）"
    assert said_text("till_displays", "T2=off,T3=window", ZH) == f"T2：{ZH('Off')}、T3：{ZH('In a window')}"
