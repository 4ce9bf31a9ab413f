"""Text from people made fit for paper: one line, nothing that steers a printer or turns the writing."""

from __future__ import annotations

import unicodedata

_FOUND_IN_NO_NAME = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Controls, bidirectional and zero-width marks, surrogates, private and unassigned characters."""


def printable(text: str, longest: int = 120) -> str:
    """The text composed (NFC), its spaces single, at most `longest` characters; a cut ends with an ellipsis."""
    composed = unicodedata.normalize("NFC", text[: 4 * longest])
    kept = "".join(" " if c.isspace() else c for c in composed if c.isspace() or _may_stand(c))
    words = " ".join(part for part in kept.split(" ") if part)
    return words if len(words) <= longest else words[: longest - 1].rstrip() + "…"


def _may_stand(character: str) -> bool:
    category = unicodedata.category(character)
    return category not in _FOUND_IN_NO_NAME and not unicodedata.name(character, "").startswith("VARIATION SELECTOR")
