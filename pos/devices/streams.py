"""Standard input and output in UTF-8, whatever the system would write them in."""

from __future__ import annotations

import io
import sys


def speak_utf8() -> None:
    """Read and write UTF-8 from now on: on Windows a pipe is in the code page of the country, which has no 牛奶.

    What is no text at all (half a letter in the name of a file) is written as its number instead of ending the step.
    """
    for stream, errors in ((sys.stdin, "strict"), (sys.stdout, "backslashreplace"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):  # a window on Windows has none
            stream.reconfigure(encoding="utf-8", errors=errors)
