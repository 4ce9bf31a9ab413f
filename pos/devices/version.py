"""Which version of the program is installed on this machine."""

from __future__ import annotations


def program_version() -> str:
    """Its number; 0 where it runs from its source."""
    from importlib.metadata import PackageNotFoundError, version  # which reads mail headers: not before the window

    try:
        return version("border-pos")
    except PackageNotFoundError:
        return "0"
