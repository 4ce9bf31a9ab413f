"""What the code asks the translations for: the whole code is read for it, so only by a worker that tests it."""

from __future__ import annotations

from functools import cache

from tools.messages import Message, messages_of


@cache
def wanted() -> tuple[Message, ...]:
    """All messages of the code, each once, sorted."""
    return tuple(messages_of())


@cache
def english() -> tuple[str, ...]:
    """Their English, with the plurals."""
    return tuple(text for message in wanted() for text in (message.one, message.many) if text)
