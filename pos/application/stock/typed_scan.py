"""Typed input of the scan field: a code, a multiplier for the next scan, or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIMES = re.compile(r"([0-9]{1,6})\s*[*×xхXХ]\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-−]?[0-9]{1,4}")
_LIKE_TIMES = re.compile(r"[-−+]?\s*[0-9.,\s]*[0-9]\s*[*×xхXХ]\s*")


@dataclass(frozen=True, slots=True)
class TypedScan:
    """`times` of the code, `code` empty until it is scanned; or a bare `number`."""

    code: str = ""
    times: int = 1
    number: int | None = None


def is_no_quantity(text: str) -> bool:
    """Whether a quantity for the next scan is typed that cannot be one, such as `-3 *`, `0 *` or `2.5 *`."""
    text = text.strip()
    match = _TIMES.fullmatch(text)
    return bool(_LIKE_TIMES.fullmatch(text)) and (match is None or not int(match[1]))


def read_typed(text: str) -> TypedScan:
    """Parse `5 * 4870…`, `5 *`, `12` or `-3` (at most four digits: a quantity) or a code."""
    text = text.strip()
    match = _TIMES.fullmatch(text)
    if match is not None:
        return TypedScan(match[2].strip(), int(match[1]))
    if _NUMBER.fullmatch(text):
        return TypedScan(number=int(text.replace("−", "-")))
    return TypedScan(text)
