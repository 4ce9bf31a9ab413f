"""What a log may say of a mistake of the program: where it happened, never whose document, PIN or name it was."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

from pos.domain.errors import InfrastructureError, RuleBroken

_FIGURES = re.compile(r"[\w<]*[\d<][\w<]*")
"""Any word with a digit or a filler sign: codes, document numbers, lines of a passport."""
_HARMLESS = (AttributeError, NameError, RuntimeError, TypeError, AssertionError, ArithmeticError)
_MOST_CAUSES = 5


def error_text(error: BaseException) -> str:
    """Of which kind `error` is, its words as far as they cannot hold anything of a person, and the lines it came by.

    What it was raised from follows in the same form.
    """
    told, one = [], error
    for _ in range(_MOST_CAUSES):
        frames = traceback.extract_tb(one.__traceback__)
        places = "".join(f"    {Path(frame.filename).name}:{frame.lineno} {frame.name}\n" for frame in frames)
        told.append(f"{type(one).__name__}: {_safe_words(one)}\n{places}")
        before = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
        if before is None:
            break
        one = before
    return "".join(told)


def without_figures(text: str) -> str:
    """A text in one line with each word masked that could be a code, a document or a PIN."""
    return _FIGURES.sub("…", text.replace("\n", " "))[:500]


def _safe_words(error: BaseException) -> str:
    """The words of `error`, as far as they cannot hold anything of a person."""
    if isinstance(error, RuleBroken):
        return error.fact
    if isinstance(error, InfrastructureError):
        return f"{error.what} {error.where}"
    if isinstance(error, OSError):
        return f"{error.errno} {error.strerror} {error.filename or ''}"
    return without_figures(str(error)) if isinstance(error, _HARMLESS) else ""
