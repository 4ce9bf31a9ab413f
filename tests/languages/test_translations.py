"""Every message of the program is translated into the three other languages, and nothing else is kept."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from pos.application.text.translator import placeholders
from tests.languages.wanted import catalogue, held, wanted
from tools import messages

LANGUAGES = tuple(messages.PLURAL_FORMS)
AHEAD = frozenset((Path(__file__).parent / "words_ahead.txt").read_text("utf-8").splitlines())
"""Words of screens that are designed and not yet built: translated, allowed to wait."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_of_the_code_is_translated(language: str) -> None:
    lacking = [f"{m}   ({m.where})" for m in messages.missing(language, wanted())]
    assert not lacking, f"python tools/messages.py --missing ({language}):\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_english(language: str) -> None:
    wrong = [
        (str(message), form)
        for message, forms in held(language).items()
        for form in forms
        if form and placeholders(form) != placeholders(message.many or message.one)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_doubtful_or_forgotten(language: str) -> None:
    assert [entry.id for entry in catalogue(language) if entry.id and entry.fuzzy] == []
    assert [str(m) for m in messages.unused(language, wanted()) if str(m) not in AHEAD] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_stands_as_the_tool_writes_it(language: str, tmp_path: Path) -> None:
    messages.write(language, held(language), tmp_path)
    assert (tmp_path / f"{language}.po").read_bytes() == (messages.FOLDER / f"{language}.po").read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_has_its_form(language: str) -> None:
    forms = int(messages.PLURAL_FORMS[language].removeprefix("nplurals=")[0])
    assert {len(written) for message, written in held(language).items() if message.many} == {forms}


_COUNTED = re.compile(
    r"\{\w+\} (?:\w+ )?(?:cartons|characters|days|entries|hours|labels|lines|minutes|orders|pieces|prices|products|"
    r"receipts|rows|sales|sheets|sticks|visitors|years)\b"
)
_NEVER_ONE = frozenset(
    {
        "A sale can have at most {limit} visitors. Start another sale for the others.",
        "At most {most} products can be changed at once. Choose fewer products.",
        "A {kind} file holds at most {most} rows. Save as CSV, or narrow the search.",
        "At most {most} prices can be changed at once.",
        "At most {most} prices can be changed at once. Choose fewer products.",
        "More than {most} entries match. Choose fewer days.",
        "At least {least} characters, five of them different, without your name.",
        "The password is too weak. Use at least {least} characters, five of them different, without your name.",
        "At most {n} characters.",  # the shortest limit of a text has three figures
        "The path of the folder {where} is too long for this computer: at most {detail} characters. Choose a shorter "
        "one.",  # they are 159
        "Create {n} orders",  # one is "Create order"
        "Next scan: {n} pieces. Press to cancel",  # hidden for one
        "Reading: {done} of {of} days",  # hidden for one
        "{n} pieces in one scan",  # not written for one
        "Other entries in the last {n} days?",  # the days of the declaration of entries
        "{visitor}: other entries in the last {n} days?",
    }
)
"""Texts whose figure is never 1."""


def test_a_figure_before_a_noun_has_a_form_for_one() -> None:
    plain = {message.one for message in wanted() if not message.many}
    assert {text for text in plain if _COUNTED.search(text)} == _NEVER_ONE


def test_a_text_is_never_both_a_plural_and_a_plain_message() -> None:
    plain = {m.one for m in wanted() if not m.many and not m.context}
    assert plain.isdisjoint(m.one for m in wanted() if m.many)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_ends_as_its_english_does_and_is_clean(language: str) -> None:
    stops = {"zh": "。？…", "ru": ".?…", "kk": ".?…"}[language]
    for message, forms in held(language).items():
        for form in forms:
            assert form == unicodedata.normalize("NFC", form)
            assert form == form.strip() or message.one == ", "
            assert "  " not in form
            if message.one.endswith((".", "?")) and not message.one.endswith("% vol."):
                assert form[-1] in stops, (message.one, form)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('tr("Pay")', [messages.Message("Pay")]),
        ('self._translator("Pay {sum}", sum=x)', [messages.Message("Pay {sum}")]),
        ('shop.translators["ru"]("Pay")', [messages.Message("Pay")]),
        ('tr.plural("{n} line", "{n} lines", 3)', [messages.Message("{n} line", "{n} lines")]),
        ('self.translator.context("quota", "left")', [messages.Message("left", context="quota")]),
        ('KEYS = {"pay": N_("Pay"), "park": mark("Park")}', [messages.Message("Park"), messages.Message("Pay")]),
        ("tr(action.text)", []),
        ('print("Pay")', []),
    ],
)
def test_the_scan_sees_what_the_code_says(source: str, expected: list[messages.Message]) -> None:
    assert sorted(messages.messages_in(source, "a.py")) == expected


def test_the_scan_sees_what_a_page_of_the_console_says() -> None:
    page = '<p>{{ tr("Pay {sum}", sum=x) }} {{ tr.plural("{n} line", "{n} lines", n) }} {{ tr.context("a", "full") }}'
    assert sorted(messages.messages_in_template(page, "a.html")) == [
        messages.Message("Pay {sum}"),
        messages.Message("full", context="a"),
        messages.Message("{n} line", "{n} lines"),
    ]
    for wrong in ("{{ tr(text) }}", "{{ tr.context(text, 'full') }}"):
        with pytest.raises(ValueError, match=r"a\.html:1"):
            list(messages.messages_in_template(wrong, "a.html"))


@pytest.mark.parametrize(
    "source", ['tr(f"Pay {sum}")', 'tr.plural("line", many, 3)', 'N_(f"{a}")', 'lambda w: w("Saved")']
)
def test_the_scan_refuses_what_it_cannot_read(source: str) -> None:
    with pytest.raises(ValueError, match=r"a\.py:1"):
        list(messages.messages_in(source, "a.py"))


def test_update_adds_what_is_new_and_keeps_what_is_there(tmp_path: Path) -> None:
    pay, line = messages.Message("Pay"), messages.Message("{n} line", "{n} lines")
    messages.write("ru", {pay: ("Оплата",)}, tmp_path)
    assert messages.update("ru", [line, pay], tmp_path) == 1
    assert messages.entries(messages.read("ru", tmp_path)) == {pay: ("Оплата",), line: ("", "", "")}
    assert messages.missing("ru", [line, pay], tmp_path) == [line]
    assert messages.prune("ru", [pay], tmp_path) == 1
    assert messages.entries(messages.read("ru", tmp_path)) == {pay: ("Оплата",)}
