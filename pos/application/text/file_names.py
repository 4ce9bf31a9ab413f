"""The name of a file as text that a store takes."""

from __future__ import annotations

import re
from pathlib import PurePath

_UNDECODED = re.compile(r"[\ud800-\udfff]")


def file_name_of(file: PurePath) -> str:
    """The last part of a path; a byte of another encoding, as old archives leave them, is a replacement character."""
    return _UNDECODED.sub("\N{REPLACEMENT CHARACTER}", file.name)
