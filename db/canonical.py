"""The one way in which rows become bytes for a keyed hash: JSON of integers and strings, keys sorted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.types import to_microseconds


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_microseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)
"""Made once: a sale writes some twenty texts with it."""


def dumps(value: Any) -> str:
    """Compact JSON with sorted keys, as stored in text columns."""
    return _ENCODER.encode(value)


def content(**parts: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> bytes:
    """The bytes of named parts: a row, or rows in their order."""
    return dumps(parts).encode()
