"""The location of the program: its resources, and the command that starts it again.

From source that is a Python with `main.py`. A bundle is one executable with its own Python, beside a folder in which
`pos`, `db` and `resources` lie next to each other as in the source.
"""

from __future__ import annotations

import sys
from pathlib import Path

_HOME = Path(__file__).resolve().parents[2]
RESOURCES = _HOME / "resources"
"""Fonts, icons, regimes, sounds, theme, translations and the demo assortment."""


def start_command() -> tuple[str, ...]:
    """The command line prefix that starts this program."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, str(_HOME / "main.py"))
