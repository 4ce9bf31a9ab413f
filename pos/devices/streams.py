"""Standard input and output in UTF-8 on every system."""

from __future__ import annotations

import io
import sys


def speak_utf8() -> None:
    """Switch to UTF-8: on Windows a pipe has the country's code page, which has no 牛奶.

    Undecodable bytes (half a letter in a file name) are escaped instead of failing.
    """
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # a window on Windows has none
            stream.reconfigure(encoding="utf-8", errors=errors)
