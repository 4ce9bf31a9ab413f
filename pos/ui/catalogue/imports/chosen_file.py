"""The file that an import has in hand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pos.application.catalogue.catalogue_files import FileLook


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """The file in hand: `meant` are its columns, `is_said` whether somebody has said them or the decimal sign."""

    path: Path
    look: FileLook
    meant: tuple[str, ...]
    decimal: str
    is_said: bool
