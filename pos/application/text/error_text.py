"""Format an exception for the log: where it happened, without documents, PINs and names."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from pos.domain.errors import InfrastructureError, RuleBroken

_FIGURES = re.compile(r"[\w<]*[\d<][\w<]*")
"""Any word with a digit or a filler character: codes, document numbers, lines of a passport."""
_HARMLESS = (AttributeError, NameError, RuntimeError, TypeError, AssertionError, ArithmeticError)
_MOST_CAUSES = 5


def error_text(error: BaseException) -> str:
    """The type of `error`, the part of its message without personal data, and its stack lines.

    Its cause follows in the same form.
    """
    parts, one = [], error
    for _ in range(_MOST_CAUSES):
        frames = traceback.extract_tb(one.__traceback__)
        locations = "".join(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}\n" for frame in frames)
        parts.append(f"{type(one).__name__}: {_safe_words(one)}\n{locations}")
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if before is None:
            break
        one = before
    return "".join(parts)


def without_figures(text: str) -> str:
    """The text on one line with every word masked that could be a code, a document or a PIN."""
    return _FIGURES.sub("…", text.replace("\n", " "))[:500]


def _safe_words(error: BaseException) -> str:
    """The part of the message of `error` that cannot contain personal data."""
    if isinstance(error, RuleBroken):
        return error.fact
    if isinstance(error, InfrastructureError):
        return f"{error.what} {error.where}"
    if isinstance(error, OSError):
        return f"{error.errno} {error.strerror} {error.filename or ''}"
    return without_figures(str(error)) if isinstance(error, _HARMLESS) else ""
