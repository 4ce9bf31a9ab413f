"""Read the JSON of a partner's answer: what has not the form of one is said by NotUnderstood and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any


class NotSetUp(Exception):
    """A field of the credentials is empty or cannot be read; it says which, never what stands in it."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotUnderstood(Exception):
    """An answer that has not the form of one, or speaks of something else. `what` is a word of ours."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


def json_object(content: bytes | str, *, exact: bool = False) -> Mapping[str, Any]:
    """The object in an answer; `exact`: its decimal figures are Decimals. Raises NotUnderstood."""
    try:
        read = json.loads(content, parse_float=Decimal) if exact else json.loads(content)
    except (ValueError, RecursionError, ArithmeticError):
        raise NotUnderstood("json") from None
    if not isinstance(read, dict):
        raise NotUnderstood("json")
    return read


def text_of(content: Mapping[str, Any], name: str, longest: int = 64) -> str:
    """A short text of an answer, empty where it is not there."""
    value = content.get(name)
    return value[:longest] if isinstance(value, str) and value.isprintable() else ""


def code_of(content: Mapping[str, Any], name: str) -> str:
    """A partner's code, fit for a log: letters, digits, dots and lines of it."""
    return "".join(char for char in text_of(content, name) if char.isascii() and (char.isalnum() or char in "._-"))
