"""A path as the file system has it."""

from __future__ import annotations

from pathlib import Path


def real_path(path: Path) -> Path:
    """The path without links; the path itself where links lead in a circle or may not be read."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):
        return path
