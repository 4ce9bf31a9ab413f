"""Words of a search as they can be sought at all."""

from __future__ import annotations

import re

_UNSAYABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def sayable(text: str) -> str:
    """A text without control signs and halves of signs: nothing on record holds them, and no database takes them."""
    return _UNSAYABLE.sub(" ", text).strip()
