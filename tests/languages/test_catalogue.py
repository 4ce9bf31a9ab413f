"""The till speaks four languages, and goes on in English when a translation is broken."""

from __future__ import annotations

from gettext import c2py
from pathlib import Path

import pytest
from babel.messages.pofile import read_po as babel_reads

from pos.application.text.formatting import pieces_text, sticks_text
from pos.application.text.translator import context_key
from pos.languages.catalogue import TranslationFileError, load_translators
from tools.messages import FOLDER, Message, write


def test_the_till_speaks_four_languages() -> None:
    translators = load_translators(FOLDER)
    assert list(translators) == ["en", "zh", "ru", "kk"]
    assert [translators[language]("Change") for language in translators] == ["Change", "找零", "Сдача", "Қайтарым"]
    assert [translators[language].language for language in translators] == ["en", "zh", "ru", "kk"]
    assert translators.troubles == {}


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
    assert pieces_text(n, load_translators(FOLDER)["ru"]) == russian


def test_big_counts_are_grouped_in_their_language() -> None:
    translators = load_translators(FOLDER)
    texts = [sticks_text(12000, translators[language]) for language in translators]
    assert texts == ["12,000 sticks", "12,000 支", "12\u202f000 штук", "12\u202f000 дана"]


def test_a_language_is_read_when_it_is_first_asked_for(tmp_path: Path) -> None:
    translators = load_translators(tmp_path)
    write("ru", {Message("Pay"): ("Оплата",)}, tmp_path)
    assert translators["ru"]("Pay") == "Оплата"
    assert translators["ru"] is translators["ru"]


def test_an_unknown_language_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        load_translators(FOLDER)["fr"]


def test_a_missing_translation_leaves_the_till_in_english(tmp_path: Path) -> None:
    translators = load_translators(tmp_path)
    assert translators["kk"]("Pay") == "Pay"
    assert translators["kk"].language == "en"
    assert translators.troubles["kk"].what == "language_missing"
    assert translators.troubles["kk"].where.endswith("kk.po")


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
    translators = load_translators(tmp_path)
    assert translators["ru"]("Pay") == "Pay"
    assert translators["ru"].plural("{n} line", "{n} lines", 2) == "2 lines"
    assert isinstance(translators.troubles["ru"], TranslationFileError)


def test_a_catalogue_cut_anywhere_leaves_a_till_that_speaks(tmp_path: Path) -> None:
    file = tmp_path / "ru.po"
    for length in range(0, 3000, 61):
        file.write_bytes(RUSSIAN[:length])
        translators = load_translators(tmp_path)
        said = translators["ru"]("Adjustment")
        assert said == "Adjustment" or (said and "Корректировка".startswith(said))  # the word that was cut through
        assert {trouble.what for trouble in translators.troubles.values()} <= {"language_damaged"}


def test_a_doubtful_entry_is_not_spoken(tmp_path: Path) -> None:
    text = 'msgid "Pay"\nmsgstr "Оплата"\n\n#, fuzzy\nmsgid "Park"\nmsgstr "Парк"\n'
    (tmp_path / "ru.po").write_text(text, "utf-8")
    tr = load_translators(tmp_path)["ru"]
    assert (tr("Pay"), tr("Park")) == ("Оплата", "Park")


def test_a_context_tells_two_meanings_apart(tmp_path: Path) -> None:
    write("ru", {Message("left", context="quota"): ("осталось",), Message("left"): ("слева",)}, tmp_path)
    tr = load_translators(tmp_path)["ru"]
    assert (tr.context("quota", "left"), tr("left"), tr.context("hand", "left")) == ("осталось", "слева", "left")


@pytest.mark.parametrize("language", ["zh", "ru", "kk"])
def test_a_catalogue_says_what_babel_reads_in_it(language: str) -> None:
    with (FOLDER / f"{language}.po").open("rb") as file:
        catalogue = babel_reads(file, locale=language)
    form = c2py(catalogue.plural_expr)
    tr = load_translators(FOLDER)[language]
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
    assert (tr.texts, tr.plurals) == (one, many)
    assert [tr.form(n) for n in range(250)] == [form(n) for n in range(250)]


def test_a_catalogue_of_another_hand_is_read_too(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=koi8-r\\n"\n#~ msgid "Gone"\n#~ msgstr "Нет"\n'
        '# by hand\nmsgid "Say \\"pay\\"" \nmsgstr\t"Скажи: "\n  "\\"плати\\"\\n"\n'
        'msgid "Park"\nmsgstr "Парк"'
    )
    (tmp_path / "ru.po").write_bytes(text.replace("\n", "\r\n").encode("koi8-r"))
    tr = load_translators(tmp_path)["ru"]
    assert (tr('Say "pay"'), tr("Park"), tr("Gone")) == ('Скажи: "плати"\n', "Парк", "Gone")
