"""The installer of this source for the trial under Wine: quickly packed, on the trial's own Python.

What the index brings and what is made from it alone lies in the user's cache, by the lock and by how it is made, so
that a fresh clone does not fetch it again. The newest of each is kept.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from platformdirs import user_cache_path

from tools.bundle.plan import NAME, ROOT, plan_of
from tools.bundle.windows.folder import lay_libraries, lay_program
from tools.bundle.windows.installer import build_installer
from tools.wine.windows_python import python_zip

CACHE = user_cache_path(NAME, appauthor=False) / "windows"


def quick_installer(build: Path) -> Path:
    """The installer, made in the folder `build`. Raises CannotBuild, WheelTrouble, WineTrouble and NoCompiler."""
    plan = plan_of()
    python = python_zip(CACHE / "python")
    how = [
        ROOT / "requirements.lock",
        ROOT / "pyproject.toml",
        python,
        *sorted((ROOT / "tools" / "bundle").rglob("*.py")),
    ]
    libraries = CACHE / f"libraries-{_hash(how)}"
    if not libraries.exists():
        for old in CACHE.glob("libraries-*"):
            shutil.rmtree(old)
        part = libraries.with_name(f"part-{os.getpid()}")
        lay_libraries(plan, python, part, CACHE / "wheels")
        part.rename(libraries)  # half of them are never taken for all
    folder = build / f"{NAME}-{plan.version}-windows-amd64"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(libraries, folder)
    lay_program(plan, python, folder)
    return build_installer(folder, plan.version, quick=True)


def _hash(files: Iterable[Path]) -> str:
    """Stand for the content of the files, under their names in this source."""
    parts = [f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}" for file in files]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
