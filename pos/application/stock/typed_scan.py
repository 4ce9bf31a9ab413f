"""Typed input of the scan field: a code, a multiplier for the next scan, or a number."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIMES = re.compile(r"([0-9]{1,6})\s*[*×xхXХ]\s*(.*)", re.DOTALL)
_NUMBER = re.compile(r"[-−]?[0-9]{1,4}")


@dataclass(frozen=True, slots=True)
class TypedScan:
    """`times` of the code, `code` empty until it is scanned; or a bare `number`."""

    code: str = ""
    times: int = 1
    number: int | None = None


def read_typed(text: str) -> TypedScan:
    """Parse `5 * 4870…`, `5 *`, `12` or `-3` (at most four digits: a quantity) or a code."""
    text = text.strip()
    match = _TIMES.fullmatch(text)
    if match is not None:
        return TypedScan(match[2].strip(), int(match[1]))
    if _NUMBER.fullmatch(text):
        return TypedScan(number=int(text.replace("−", "-")))
    return TypedScan(text)
