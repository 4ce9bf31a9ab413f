"""The words of the till with invisible marks: texts of the program can be distinguished from data, and by language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pos.application.text.translator import Translator

BEGIN = {"en": "\u206a", "zh": "\u206b", "ru": "\u206c", "kk": "\u206d"}
"""What stands before each piece of a sentence. These take no room: Unicode has them ignored when drawn."""
END = "\u206f"

_PLACEHOLDER = re.compile(r"(\{[a-z_][a-z0-9_]*\})")
_SAID = re.compile(f"[{''.join(BEGIN.values())}][^{END}]*{END}?")
_REPLACED = re.compile("\ufffd[^\ufffd]*\ufffd")
"""A piece that stands in a sentence as a fact: the sentence shows a sign in place of marks, which cannot be printed."""
_MARKS = str.maketrans(dict.fromkeys([*BEGIN.values(), END]))


def marked(text: str, language: str) -> str:
    """`text` with the marks of `language` round each of its pieces; the places of facts stay outside."""
    pieces = _PLACEHOLDER.split(text)
    return "".join(one if _PLACEHOLDER.fullmatch(one) or not one else f"{BEGIN[language]}{one}{END}" for one in pieces)


def plain(text: str) -> str:
    """`text` as it is seen."""
    return text.translate(_MARKS)


def unsaid(text: str) -> str:
    """What of `text` came from no words of the program."""
    return _REPLACED.sub(" ", _SAID.sub(" ", text))


def languages_of(text: str) -> frozenset[str]:
    """The languages of which there are marks in `text`."""
    return frozenset(language for language, begin in BEGIN.items() if begin in text)


class _Texts(dict[str, str]):
    """English needs no catalogue: every text is its own translation."""

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override] # always a text
        return marked(default or key, "en")


class _Plurals(dict[str, tuple[str, ...]]):
    """The English forms are known only when they are asked for."""


class _English(Translator):
    """Marks the forms of a number, too."""

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        return Translator("en").plural(marked(one, "en"), marked(many, "en"), n, **values)


class MarkedLanguages(Mapping[str, Translator]):
    """Stands for the catalogues of a shop."""

    def __init__(self, catalogues: Mapping[str, Translator]) -> None:
        self._catalogues = catalogues
        self._marked: dict[str, Translator] = {}

    def __getitem__(self, language: str) -> Translator:
        if language not in self._marked:
            self._marked[language] = _of(self._catalogues[language])
        return self._marked[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._catalogues)

    def __len__(self) -> int:
        return len(self._catalogues)


def _of(tr: Translator) -> Translator:
    language = tr.language
    if language == "en":
        return _English("en", _Texts(), _Plurals())
    texts = {name: marked(text, language) for name, text in tr.texts.items()}
    plurals = {one: tuple(marked(form, language) for form in forms) for one, forms in tr.plurals.items()}
    return Translator(language, texts, plurals, tr.form)
