"""Compare folders by identity."""

from __future__ import annotations

from pathlib import Path


def is_one_folder(one: Path, other: Path) -> bool:
    """Whether two paths are the same folder: a copy there would be no second copy."""
    try:
        return one.samefile(other)
    except OSError:  # one of them does not exist, or cannot be read
        return one.absolute() == other.absolute()


def is_of_the_shop(folder: Path, backups: Path, live: Path | None) -> bool:
    """Whether what is lost with the shop's own folder, its `backups` or the file of its store is lost there too."""
    try:
        real = folder.resolve()
    except (OSError, RuntimeError):  # a loop of links: writing there will report the error
        return False
    if live is not None and is_one_folder(real, live.parent):
        return True
    return is_one_folder(real, backups) or any(is_one_folder(at, backups.parent) for at in (real, *real.parents))
