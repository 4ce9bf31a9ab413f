"""Puts the program, its Python and what it needs into one folder with cx_Freeze."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import sys
from pathlib import Path

from tools.bundle.plan import NAME, ROOT, Plan

_WINDOWS = os.name == "nt"


def freeze(plan: Plan, folder: Path) -> None:
    """Make `folder` afresh: the program and `lib` beside it."""
    from cx_Freeze import Executable, Freezer  # which puts packages of its own on the path of its importer

    shutil.rmtree(folder, ignore_errors=True)
    starters = [Executable(str(ROOT / "main.py"), base="console", target_name=NAME, icon=_icon())]
    if _WINDOWS:  # a window that is started from an icon has no console there
        starters.append(Executable(str(ROOT / "main.py"), base="gui", target_name=f"{NAME}-window", icon=_icon()))
    freezer = Freezer(
        starters,
        includes=list(plan.modules),
        packages=list(plan.whole),
        excludes=sorted(plan.excluded),
        include_files=[(str(file), f"lib/{target}") for file, target in plan.files],
        path=[str(ROOT), *sys.path],
        target_dir=str(folder),
        silent=2,
    )
    with contextlib.redirect_stdout(io.StringIO()):  # it lists what it copies, thousands of lines
        freezer.freeze()


def _icon() -> str | None:
    """The emblem as Windows wants it; elsewhere the desktop entry names it."""
    if not _WINDOWS:
        return None
    from PIL import Image

    file = ROOT / "build" / f"{NAME}.ico"
    file.parent.mkdir(exist_ok=True)
    Image.open(ROOT / "resources" / "emblem" / f"{NAME}-256.png").save(file)
    return str(file)
