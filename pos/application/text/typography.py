"""Punctuation of each language for joined texts: colons, brackets, commas, full stops."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from pos.application.text.translator import Translator

Say = Callable[..., str]
"""The translator of one language, or of the two of a document."""


def labelled(tr: Say, label: object, value: object) -> str:
    """A label and its value: Price: 450, 价格：450."""
    return tr("{label}: {value}", label=label, value=value)


def noted(tr: Say, text: object, note: object) -> str:
    """A text and a note in brackets: Tea (two), 茶（两件）."""
    return tr("{text} ({note})", text=text, note=note)


def listed(tr: Translator, parts: Iterable[str]) -> str:
    """A list of equals: tea, salt; 茶、盐. Empty ones are left out."""
    return tr(", ").join(part for part in parts if part)


def strung(tr: Translator, parts: Iterable[str]) -> str:
    """Facts about one item: Tea, ¥ 12, two days left; 茶，¥ 12，还剩两天. Empty parts are left out."""
    return _joined(parts, lambda said, next_: tr("{said}, {next}", said=said, next=next_))


def parted(tr: Translator, parts: Iterable[str]) -> str:
    """Rows or clauses that contain commas: a, b; c. Empty ones are left out."""
    return _joined(parts, lambda said, next_: tr("{said}; {next}", said=said, next=next_))


def paragraph(tr: Translator, sentences: Iterable[str]) -> str:
    """Sentences, each with its own full stop. Empty ones are left out."""
    return _joined(sentences, lambda said, next_: tr("{said} {next}", said=said, next=next_))


def headed(tr: Translator, head: str, sentence: str) -> str:
    """A heading and its text for a screen reader: Name. Description."""
    return _joined((head, sentence), lambda said, next_: tr("{said}. {next}", said=said, next=next_))


def _joined(parts: Iterable[str], join: Callable[[str, str], str]) -> str:
    said = [part for part in parts if part]
    return reduce(join, said) if said else ""
