"""Guard text in a spreadsheet against formulas: a name such as `=HYPERLINK(…)` must not act when the file is opened."""

from __future__ import annotations

import re

# Full-width forms count too: spreadsheets with East Asian settings treat them as the plain character.
_FORMULA = re.compile("'*[=+\\-@\t\r\n|\uff1d\uff0b\uff0d\uff20]")
_UNWRITABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\u200b-\u200f\u202a-\u202e\u2066-\u2069]")


def guarded(text: str) -> str:
    """`text` with an apostrophe before it if a spreadsheet would read a formula; `unguarded` reverses it."""
    return "'" + text if _FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """The argument of `guarded`; also removes an apostrophe typed in a spreadsheet."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def escaped(text: str) -> str:
    r"""`text` with unprintable characters escaped: a NUL as `\x00`, a raw byte as `\xff`."""
    return _UNWRITABLE.sub(_spelt, text)


def _spelt(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xDC80 <= code <= 0xDCFF:  # an undecodable byte, as Python keeps it
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
