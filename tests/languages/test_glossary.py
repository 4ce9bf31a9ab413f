"""One word for one thing in each language, and each language in its own spelling and manner."""

from __future__ import annotations

import re

import pytest

from tests.architecture.source import defined
from tests.languages.wanted import held
from tools.messages import ROOT, Message

LANGUAGES = ("zh", "ru", "kk")
_HAN = "[\u4e00-\u9fff]"
_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")
_WORD = re.compile(r"[A-Za-z]{4,}")
_OWN_NAMES = {
    "Alipay", "Douyin", "Instagram", "Kaspi", "Kuaishou", "Telegram", "UnionPay", "WeChat", "WeChat Pay",
}  # fmt: skip
"""Companies that call themselves so in every language, or in all but Chinese."""


def rows() -> list[tuple[str, dict[str, str], tuple[str, ...]]]:
    """The first table of the glossary: the English message, its word by language, the words not used for it."""
    return [
        (english, dict(zip(LANGUAGES, (zh, ru, kk), strict=True)), tuple(word for word in banned.split(", ") if word))
        for english, _, zh, ru, kk, _, banned in table("## Words of the window")
    ]


def table(heading: str) -> list[list[str]]:
    """The cells of the table under a heading of the glossary, without its header."""
    page = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    lines = page.split(f"{heading}\n")[1].split("\n## ")[0].splitlines()
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")][1:]


def forms(language: str) -> list[tuple[str, str]]:
    """Every translated form with its English."""
    return [(message.one, form) for message, translations in held(language).items() for form in translations]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_glossary_are_those_of_the_window(language: str) -> None:
    said = {english: held(language)[Message(english)] for english, _, _ in rows()}
    assert said == {english: (words[language],) for english, words, _ in rows()}


def test_every_term_has_its_meaning_in_one_line_and_its_names_in_the_code() -> None:
    terms = [(row[0], row[1], row[5]) for row in table("## Words of the window")]
    terms += [(term, meaning, code) for term, meaning, code in table("## Words of the code")]
    known = defined("pos", "db")
    wrong = {
        term: [name for name in re.findall(r"`([^`]+)`", code) if name not in known]
        for term, meaning, code in terms
        if not meaning or not code or not set(re.findall(r"`([^`]+)`", code)) <= known
    }

    assert wrong == {}
    assert len({term for term, _, _ in terms}) == len(terms) > 90


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_second_word_comes_back_for_the_same_thing(language: str) -> None:
    banned = [re.compile(rf"(?<!\w){word}" if word[0].isalpha() and ord(word[0]) < 0x4E00 else word, re.IGNORECASE)
              for _, _, words in rows() for word in words]  # fmt: skip
    own = {"короб": re.compile(r"короб(?!к|ок)", re.IGNORECASE)}
    banned = [own.get(one.pattern.removeprefix(r"(?<!\w)"), one) for one in banned]
    assert [(one.pattern, form) for one in banned for _, form in forms(language) if one.search(form)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    assert [
        form
        for english, form in forms(language)
        if form == english and form not in _OWN_NAMES and _WORD.search(_PLACEHOLDER.sub("", form))
    ] == []


def test_chinese_has_its_own_punctuation() -> None:
    wrong = re.compile(rf"{_HAN} ?[,;!?]|[,;!?] ?{_HAN}|{_HAN}\((?!\*)|{_HAN}:|\.\.\.|……|{_HAN}[.]( |$)|[\"']{_HAN}")
    assert [
        form for _, form in forms("zh") if wrong.search(form.replace("条码:件数", "").replace("件数:付款件数", ""))
    ] == []
    assert [form for _, form in forms("zh") if "你" in form] == []


def test_a_pin_has_its_chinese_name_wherever_it_is_spoken_of() -> None:
    assert [form for _, form in forms("zh") if re.search(r"PIN(?! 码)", form)] == []


@pytest.mark.parametrize("language", ["ru", "kk"])
def test_russian_and_kazakh_have_their_quotes_dots_and_blanks(language: str) -> None:
    wrong = re.compile(r"[“”\"]|\.\.\.|(?<=\w) …|[\d}]%| - ")
    assert [form for _, form in forms(language) if wrong.search(form)] == []


def test_russian_spells_yo_wherever_it_is_spoken() -> None:
    words = {word for _, form in forms("ru") for word in re.findall(r"[а-яё]+", form.lower())}
    two = {"всё", "чём", "нём", "моём"}
    """Beside these stand other words, spelt with е."""
    assert [word for word in sorted(words) if "ё" in word and word not in two and word.replace("ё", "е") in words] == []


@pytest.mark.parametrize(
    ("language", "intimate"),
    [
        ("ru", r"\b(ты|тебе|тебя|твой|твоя|твою|сканируй|отсканируй|введи|нажми|выбери|набери)\b"),
        ("kk", r"\b(сен|сенің|саған|сені)\b"),
    ],
)
def test_a_colleague_is_spoken_to_politely(language: str, intimate: str) -> None:
    assert [form for _, form in forms(language) if re.search(intimate, form.lower())] == []
