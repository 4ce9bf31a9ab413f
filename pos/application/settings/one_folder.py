"""Compare folders by identity."""

from __future__ import annotations

from pathlib import Path


def is_one_folder(one: Path, other: Path) -> bool:
    """Whether two paths are the same folder: a copy there would be no second copy."""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist, or cannot be read
        return one.absolute() == other.absolute()
