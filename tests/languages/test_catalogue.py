"""The till speaks four languages, and goes on in English when a translation is broken."""

from __future__ import annotations

from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_reads

from pos.application.text.formatting import pieces_text, sticks_text
from pos.application.text.words import context_key
from pos.languages.catalogue import TranslationFileError, load_words
from tools.messages import FOLDER, Message, write


def test_the_till_speaks_four_languages() -> None:
    words = load_words(FOLDER)
    assert list(words) == ["en", "zh", "ru", "kk"]
    assert [words[language]("Change") for language in words] == ["Change", "找零", "Сдача", "Қайтарым"]
    assert [words[language].language for language in words] == ["en", "zh", "ru", "kk"]
    assert words.troubles == {}


@pytest.mark.parametrize(
    ("n", "russian"),
    [
        (1, "1 штука"),
        (2, "2 штуки"),
        (5, "5 штук"),
        (11, "11 штук"),
        (21, "21 штука"),
        (112, "112 штук"),
        (0, "0 штук"),
    ],
)
def test_russian_counts_in_three_forms(n: int, russian: str) -> None:
    assert pieces_text(n, load_words(FOLDER)["ru"]) == russian


def test_big_counts_are_grouped_in_their_language() -> None:
    words = load_words(FOLDER)
    texts = [sticks_text(12000, words[language]) for language in words]
    assert texts == ["12,000 sticks", "12,000 支", "12\u202f000 штук", "12\u202f000 дана"]


def test_a_language_is_read_when_it_is_first_asked_for(tmp_path: Path) -> None:
    words = load_words(tmp_path)
    write("ru", {Message("Pay"): ("Оплата",)}, tmp_path)
    assert words["ru"]("Pay") == "Оплата"
    assert words["ru"] is words["ru"]


def test_an_unknown_language_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        load_words(FOLDER)["fr"]


def test_a_missing_translation_leaves_the_till_in_english(tmp_path: Path) -> None:
    words = load_words(tmp_path)
    assert words["kk"]("Pay") == "Pay"
    assert words["kk"].language == "en"
    assert words.troubles["kk"].what == "language_missing"
    assert words.troubles["kk"].where.endswith("kk.po")


RUSSIAN = (FOLDER / "ru.po").read_bytes()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 500,
        b"\xff\xfe" + RUSSIAN[:400],
        RUSSIAN.replace(b"msgstr", b"msgst"),
        RUSSIAN.replace(b"nplurals=3; plural=(n%10", b"nplurals=3; plural=(n//import%10"),
        RUSSIAN.replace(b"nplurals=3;", b"nplurals=three;"),
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nonsense\\n"\nmsgid "Pay"\nmsgstr "Оплата"\n'.encode(),
        b"PK\x03\x04 not a catalogue at all",
    ],
    ids=["empty", "zeros", "utf-16", "keywords", "plural", "number of forms", "charset", "zip"],
)
def test_a_damaged_translation_never_stops_the_till(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "ru.po").write_bytes(content)
    words = load_words(tmp_path)
    assert words["ru"]("Pay") == "Pay"
    assert words["ru"].plural("{n} line", "{n} lines", 2) == "2 lines"
    assert isinstance(words.troubles["ru"], TranslationFileError)


def test_a_catalogue_cut_anywhere_leaves_a_till_that_speaks(tmp_path: Path) -> None:
    file = tmp_path / "ru.po"
    for length in range(0, 3000, 61):
        file.write_bytes(RUSSIAN[:length])
        words = load_words(tmp_path)
        said = words["ru"]("Adjustment")
        assert said == "Adjustment" or (said and "Корректировка".startswith(said))  # the word that was cut through
        assert {trouble.what for trouble in words.troubles.values()} <= {"language_damaged"}


def test_a_doubtful_entry_is_not_spoken(tmp_path: Path) -> None:
    text = 'msgid "Pay"\nmsgstr "Оплата"\n\n#, fuzzy\nmsgid "Park"\nmsgstr "Парк"\n'
    (tmp_path / "ru.po").write_text(text, "utf-8")
    words = load_words(tmp_path)["ru"]
    assert (words("Pay"), words("Park")) == ("Оплата", "Park")


def test_a_context_tells_two_meanings_apart(tmp_path: Path) -> None:
    write("ru", {Message("left", context="quota"): ("осталось",), Message("left"): ("слева",)}, tmp_path)
    words = load_words(tmp_path)["ru"]
    assert (words.within("quota", "left"), words("left"), words.within("hand", "left")) == ("осталось", "слева", "left")


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_a_catalogue_says_what_babel_reads_in_it(language: str) -> None:
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = babel_reads(file, locale=language)
    form = c2py(catalogue.plural_expr)
    words = load_words(FOLDER)[language]
    one = {
        context_key(message.context, str(message.id)) if message.context else message.id: message.string
        for message in catalogue
        if message.id and isinstance(message.string, str) and message.string and not message.fuzzy
    }
    many = {
        message.id[0]: message.string
        for message in catalogue
        if isinstance(message.string, tuple) and all(message.string) and not message.fuzzy
    }
    assert (words.texts, words.plurals) == (one, many)
    assert [words.form(n) for n in range(250)] == [form(n) for n in range(250)]


def test_a_catalogue_of_another_hand_is_read_too(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=koi8-r\\n"\n#~ msgid "Gone"\n#~ msgstr "Нет"\n'
        '# by hand\nmsgid "Say \\"pay\\"" \nmsgstr\t"Скажи: "\n  "\\"плати\\"\\n"\n'
        'msgid "Park"\nmsgstr "Парк"'
    )
    (tmp_path / "ru.po").write_bytes(text.replace("\n", "\r\n").encode("koi8-r"))
    words = load_words(tmp_path)["ru"]
    assert (words('Say "pay"'), words("Park"), words("Gone")) == ('Скажи: "плати"\n', "Парк", "Gone")
