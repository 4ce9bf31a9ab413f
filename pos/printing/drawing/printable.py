"""Sanitise text for print: one line, no control characters, no direction marks."""

from __future__ import annotations

import unicodedata

_FOUND_IN_NO_NAME = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Control characters, bidirectional and zero-width marks, surrogates, private and unassigned characters."""


def printable(text: str, longest: int = 120) -> str:
    """The text in NFC with single spaces, at most `longest` characters; a cut ends with an ellipsis."""
    composed = unicodedata.normalize("NFC", text[: 4 * longest])
    kept = "".join(" " if c.isspace() else c for c in composed if c.isspace() or _may_stand(c))
    words = " ".join(part for part in kept.split(" ") if part)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in _FOUND_IN_NO_NAME and not unicodedata.name(character, "").startswith("VARIATION SELECTOR")
