"""What a program or library of Windows links to, as binutils of mingw list it."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

_OBJDUMP = "x86_64-w64-mingw32-objdump"
_NEEDED = re.compile(r"^\s*DLL Name: (\S+)", re.MULTILINE)


def needed_by(file: Path) -> set[str]:
    """The names of the libraries that a file links to, in small letters."""
    done = subprocess.run([_OBJDUMP, "-p", str(file)], capture_output=True, text=True, errors="replace", check=True)
    return {name.lower() for name in _NEEDED.findall(done.stdout)}
