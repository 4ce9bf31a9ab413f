"""Where the program itself lies: what it brings along, and the command that starts it once more.

From its source that is a Python with `main.py`. In a bundle it is one file that has its Python inside, beside a folder
in which `pos`, `db` and `resources` stand next to each other as in the source.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HOME = Path(__file__).resolve().parents[2]
RESOURCES = _HOME / "resources"
"""Fonts, icons, regimes, sounds, theme, translations and the goods of the demo."""


def start_command() -> tuple[str, ...]:
    """The first words of a command line that starts this program."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, str(_HOME / "main.py"))
