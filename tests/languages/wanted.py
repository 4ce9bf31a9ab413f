"""What the code asks the translations for and what they hold: read only by a worker that tests it."""

from __future__ import annotations

from functools import cache

from babel.messages.catalog import Catalog

from tools.messages import Message, entries, messages_of, read


@cache
def wanted() -> tuple[Message, ...]:
    """All messages of the code, each once, sorted."""
    return tuple(messages_of())


@cache
def english() -> tuple[str, ...]:
    """Their English, with the plurals."""
    return tuple(text for message in wanted() for text in (message.one, message.many) if text)


@cache
def catalogue(language: str) -> Catalog:
    """The catalogue of a language."""
    return read(language)


@cache
def held(language: str) -> dict[Message, tuple[str, ...]]:
    """What it holds: each message with its translated forms."""
    return entries(catalogue(language))
