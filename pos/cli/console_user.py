"""The user at the terminal, the PIN of the person of `--as`, and a new password of an account of the center."""

from __future__ import annotations

import getpass
import os

from pos.domain.errors import BadField


def login() -> str:
    """The operating system's login name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def pin_of(name: str) -> str:
    """The PIN of `--as`: from the terminal or the environment, never from the arguments."""
    return os.environ.get("BORDER_POS_PIN") or getpass.getpass(f"PIN of {name}: ")


def new_password_of(name: str) -> str:
    """A new password of a person at the center's console, typed twice; or from the environment."""
    given = os.environ.get("BORDER_POS_CENTER_PASSWORD")
    if given:
        return given
    password = getpass.getpass(f"Password of {name}: ")
    if getpass.getpass("Again: ") != password:
        raise BadField("password", "not_the_same_twice")
    return password
