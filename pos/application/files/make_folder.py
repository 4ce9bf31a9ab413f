"""New folders inside a shop's folder."""

from __future__ import annotations

import os
from pathlib import Path

_MODE = 0o777 if os.name == "nt" else 0o700
"""On Windows Python closes a folder of 0o700 to every user but its maker: the others who share the shop, too."""


def make_folder(folder: Path) -> None:
    """Create a folder and its parents if missing: private to the user, on Windows to those of the folder around it.

    Raises OSError.
    """
    folder.mkdir(mode=_MODE, parents=True, exist_ok=True)
