"""A text with the numbers in it masked: one of them may be the number of a document."""

from __future__ import annotations

import re

_DAY = r"(?<![0-9A-Za-z])[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9A-Za-z])"
_NUMBER = re.compile(rf"(?P<day>{_DAY})|" r"[0-9A-Za-z]*[0-9](?:[ ./-]?[0-9A-Za-z]*[0-9])+[0-9A-Za-z]*")
_FEWEST_DIGITS = 6
_SHOWN = 2


def without_numbers(text: str) -> str:
    """A search text in which each possible document number is cut to its last two characters."""
    return _NUMBER.sub(_hidden, text)


def _hidden(match: re.Match[str]) -> str:
    text = match[0]
    if match["day"] or sum(char.isdigit() for char in text) < _FEWEST_DIGITS:
        return text
    return re.sub(r"[0-9A-Za-z]", "•", text[:-_SHOWN]) + text[-_SHOWN:]
