"""The words of one language: the till asks in English and is answered in the language of whoever reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

LANGUAGE_NAMES = {"en": "English", "zh": "中文", "ru": "Русский", "kk": "Қазақша"}
"""Each language by its own name, in the order in which the till offers them; never translated."""

_FACT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_CONTEXT_MARK = "\x04"  # gettext's own separator between a context and its text


def mark(text: str, /) -> str:
    """Return `text` as it is: marks a string of a table so that the extraction of messages sees it."""
    return text


N_ = mark


def context_key(context: str, text: str) -> str:
    """The key of `text` said in `context`, as `Words.texts` holds it."""
    return f"{context}{_CONTEXT_MARK}{text}"


def _one_or_many(n: int) -> int:
    return 0 if n == 1 else 1


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """What the till says in one language.

    `texts` maps an English text to its translation, `plurals` an English singular to the forms of the
    language, `form` says which of them a number takes. A text without translation is said in English, so an
    incomplete catalogue never stops a sale.
    """

    language: str
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    plurals: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    form: Callable[[int], int] = field(default=_one_or_many, repr=False)

    @classmethod
    def english(cls) -> Words:
        """The words as they stand in the code; needs no catalogue."""
        return cls("en")

    def __call__(self, text: str, /, **facts: object) -> str:
        """Translate `text`, then put each fact in the place of its `{name}`."""
        return filled(self.texts.get(text, text), facts)

    def within(self, context: str, text: str, /, **facts: object) -> str:
        """Translate a word that English uses for several things (`left`: remaining, or the side)."""
        return filled(self.texts.get(context_key(context, text), text), facts)

    def plural(self, one: str, many: str, n: int, /, **facts: object) -> str:
        """Translate with the form that `n` takes; `{n}` is n in digits unless `facts` bring their own `n`."""
        forms = self.plurals.get(one)
        text = (one, many)[_one_or_many(n)] if forms is None else forms[min(self.form(abs(n)), len(forms) - 1)]
        return filled(text, {"n": n, **facts})


def filled(text: str, facts: Mapping[str, object]) -> str:
    """Put `facts` in the places of `text`.

    Only `{name}` is a place: no attribute, no index, no format. Facts come from people, and what they bring
    is never read again, so braces in a product's name stay braces. A place without a fact stays as it stands.
    """
    if not facts:
        return text
    return _FACT.sub(lambda place: str(facts.get(place[1], place[0])), text)


def places(text: str) -> frozenset[str]:
    """The names of the facts that `text` wants."""
    return frozenset(_FACT.findall(text))
