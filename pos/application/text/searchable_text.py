"""Make the text of a search safe to search for."""

from __future__ import annotations

import re

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def sayable(text: str) -> str:
    """Strip control characters and lone surrogates, which no stored text contains and no database accepts."""
    return _UNSAYABLE.sub(" ", text).strip()
