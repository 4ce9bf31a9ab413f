"""The chosen file of an import."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.application.catalogue.catalogue_files import FileLook


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """The chosen file: `meant` are the meanings of its columns, `is_said` whether the user set any reading option."""

    path: Path
    look: FileLook
    meant: tuple[str, ...]
    decimal: str
    is_said: bool
