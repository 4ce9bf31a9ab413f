"""Who is at the console, and the PIN of whoever a command acts for."""

from __future__ import annotations

import getpass
import os


def login() -> str:
    """The name under which somebody is signed in to the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def pin_of(name: str) -> str:
    """The PIN of `--as`: from the terminal or the environment, never from the arguments."""
    return os.environ.get("BORDER_POS_PIN") or getpass.getpass(f"PIN of {name}: ")
