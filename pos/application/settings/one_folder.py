"""Whether two names of folders lead to one."""

from __future__ import annotations

from pathlib import Path


def is_one_folder(one: Path, other: Path) -> bool:
    """Whether two names lead to one folder: a copy there would be no second one."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there, or cannot be asked
        return one.absolute() == other.absolute()
