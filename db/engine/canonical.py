"""The canonical form of rows for a keyed hash: JSON of integers and strings, keys sorted."""

from __future__ import annotations

import json.encoder
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from db.engine.types import to_microseconds

Chain = Callable[[str, bytes], str]
"""The keyed hash that links content to the hash before it."""


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return to_microseconds(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(type(value).__name__)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _one_shot(*, sort: bool) -> Callable[[Any, int], Sequence[str]] | None:
    """The encoder of the standard library that JSONEncoder builds for each text; None where Python has none."""
    made: Any = getattr(json.encoder, "c_make_encoder", None)
    if made is None:
        return None
    try:
        shot: Callable[[Any, int], Sequence[str]] = made(
            None, _plain, json.encoder.encode_basestring, None, ":", ",", sort, False, True
        )
    except TypeError:  # a Python whose encoder is made otherwise
        return None
    return shot


_SHOT, _SORTED_SHOT = _one_shot(sort=True), _one_shot(sort=False)


def dumps(value: Any) -> str:
    """Compact JSON with sorted keys, as stored in text columns."""
    if _SHOT is None:
        return _ENCODER.encode(value)
    return "".join(_SHOT(value, 0))


def dumps_sorted(value: Any) -> str:
    """The same for a value whose keys are sorted already, at every depth."""
    if _SORTED_SHOT is None:
        return _ENCODER.encode(value)
    return "".join(_SORTED_SHOT(value, 0))


def content(**parts: Mapping[str, Any] | Sequence[Mapping[str, Any]]) -> bytes:
    """The bytes of named parts: a row, or rows in their order."""
    return dumps(parts).encode()
