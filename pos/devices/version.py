"""Which version of the program is installed on this machine."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version


def program_version() -> str:
    """Its number; 0 where it runs from its source."""
    try:
        return version("border-pos")
    except PackageNotFoundError:
        return "0"
