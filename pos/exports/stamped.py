"""A CSV of a training: each row begins with what says so, so that none looks real."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import ParamSpec

from pos.exports.safe_text import escaped, guarded

P = ParamSpec("P")
_UTF8, _UTF8_MARKED = "utf-8", "utf-8-sig"
_MARK = b"\xef\xbb\xbf"


def stamping(make: Callable[P, bytes], stamp: Callable[[], str]) -> Callable[P, bytes]:
    """`make` with `stamp` before each row of what it makes; an empty stamp changes nothing."""

    def stamped(*args: P.args, **named: P.kwargs) -> bytes:
        content, said = make(*args, **named), stamp()
        return with_stamp(content, said) if said else content

    return stamped


def with_stamp(content: bytes, stamp: str) -> bytes:
    """The table with a first column of `stamp`."""
    encoding = _UTF8_MARKED if content.startswith(_MARK) else _UTF8
    rows = csv.reader(io.StringIO(content.decode(encoding), newline=""))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([guarded(escaped(stamp)), *row] for row in rows)
    return out.getvalue().encode(encoding)
