"""Translation into one language: texts are looked up in English and shown in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Self

LANGUAGE_NAMES = {"en": "English", "zh": "中文", "ru": "Русский", "kk": "Қазақша"}
"""Each language by its own name, in menu order; never translated."""

_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_PLACEHOLDER_AND_STOP = re.compile(rf"{_PLACEHOLDER.pattern}(\.(?!\S)|。)?")
_CONTEXT_MARK = "\x04"  # gettext's separator between a context and its text


def mark(text: str, /) -> str:
    """Return `text` unchanged: marks a string of a table for message extraction."""
    return text


N_ = mark


def context_key(context: str, text: str) -> str:
    """The key of `text` in `context`, as in `Translator.texts`."""
    return f"{context}{_CONTEXT_MARK}{text}"


def _one_or_many(n: int) -> int:
    return 0 if n == 1 else 1


@dataclass(frozen=True, slots=True, eq=False)
class Translator:
    """The message catalogue of one language.

    `texts` maps an English text to its translation, `plurals` an English singular to the forms of the language, `form`
    selects the form of a number; `countries` are the names of countries by their codes of two letters. A text without
    translation is shown in English, so an incomplete catalogue never stops a sale.
    """

    language: str
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    form: Callable[[int], int] = field(default=_one_or_many, repr=False)
    countries: Callable[[], Mapping[str, str]] = field(default=dict, repr=False)

    @classmethod
    def english(cls) -> Translator:
        """The English texts of the code; needs no catalogue."""
        return cls("en")

    def __call__(self, text: str, /, **values: object) -> str:
        """Translate `text`, then replace each `{name}` by its fact."""
        return filled(self.texts.get(text, text), values)

    def context(self, context: str, text: str, /, **values: object) -> str:
        """Translate a word that has several meanings in English (`left`: remaining, or the side)."""
        return filled(self.texts.get(context_key(context, text), text), values)

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Translate with the form for `n`; `{n}` is n in digits unless `facts` contain their own `n`."""
        forms = self.plurals.get(one)
        text = (one, many)[_one_or_many(n)] if forms is None else forms[min(self.form(abs(n)), len(forms) - 1)]
        return filled(text, {"n": n, **values})


def filled(text: str, values: Mapping[str, object]) -> str:
    """Replace the `{name}`s of `text` by `facts`.

    Only `{name}` is a placeholder: no attribute, no index, no format. Facts come from people and are never parsed
    again, so braces in a product's name stay braces. A placeholder without a fact stays as it is. A sentence that ends
    with a fact has one full stop, where the fact (Amina S., 5 шт.) ends with one too.
    """
    if not values:
        return text

    def put(match: re.Match[str]) -> str:
        name, stop = match[1], match[2] or ""
        if name not in values:
            return match[0]
        value = str(values[name])
        return value[:-1] + stop if stop and value.endswith((".", "。")) else value + stop

    return _PLACEHOLDER_AND_STOP.sub(put, text)


def placeholders(text: str) -> frozenset[str]:
    """The names of the placeholders in `text`."""
    return frozenset(_PLACEHOLDER.findall(text))


@dataclass(frozen=True, slots=True)
class MultiTranslator:
    """Translates into several languages, the main one first; a subclass decides how they are joined.

    Numbers, units and names of goods follow the first language: one number in two notations side by side would be read
    as two numbers.
    """

    each: tuple[Translator, ...]

    @classmethod
    def of(cls, translators: Mapping[str, Translator], languages: Iterable[str]) -> Self:
        """The translator of these languages, in this order."""
        return cls(tuple(translators[language] for language in languages))

    @property
    def first(self) -> Translator:
        return self.each[0]

    @property
    def language(self) -> str:
        """The first language, used for numbers."""
        return self.first.language

    def by(self, say: Callable[[Translator], str]) -> tuple[str, ...]:
        """The result of `say` for each language, equal ones once."""
        return tuple(dict.fromkeys(say(tr) for tr in self.each))
