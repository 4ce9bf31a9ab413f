"""The user at the console, and the PIN of the person of `--as`."""

from __future__ import annotations

import getpass
import os


def login() -> str:
    """The operating system's login name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def pin_of(name: str) -> str:
    """The PIN of `--as`: from the terminal or the environment, never from the arguments."""
    return os.environ.get("BORDER_POS_PIN") or getpass.getpass(f"PIN of {name}: ")
