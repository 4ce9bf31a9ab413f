"""Brings along the system's libraries that a bare desktop may lack, and leaves to it those that belong to its hardware.

Which is which is the experience of AppImage: a library that goes with the kernel, the graphics card, the X server or
the fonts of a machine has to be that machine's own; all others may come from the machine that builds.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

from tools.bundle.elf import is_binary, look_beside, needed_by

_LEFT_TO_THE_SYSTEM = re.compile(
    r"""^(
    ld-linux.* | lib(c|m|dl|rt|util|pthread|resolv|nsl|crypt|anl|mvec)\.so.*      # the C library
    | libstdc\+\+\.so.* | libgcc_s\.so.*                                          # also those of the graphics driver
    | lib(GL|EGL|GLX|GLU|OpenGL|GLdispatch|drm|gbm|vulkan)\.so.*                  # the graphics driver
    | lib(X11|X11-xcb|xcb|xcb-glx|Xau|Xdmcp)\.so.* | libwayland-.*                # of the screen
    | lib(fontconfig|freetype|expat|z)\.so.*                                      # of every desktop
    | libcups\.so.*                                                               # where there is a printer
    )$""",
    re.VERBOSE,
)


def bring_libraries(folder: Path) -> dict[str, Path]:
    """Copy what is missing beside Qt's own libraries; each by its name, with where it lay on this machine.

    Raises FileNotFoundError with the names of those that this machine has not got either.
    """
    home = folder / "lib" / "PySide6" / "Qt" / "lib"
    known = _known_to_the_loader()
    here = {file.name for file in folder.rglob("*.so*")}
    waiting = [file for file in folder.rglob("*") if is_binary(file)]
    brought: dict[str, Path] = {}
    lacking: set[str] = set()
    while waiting:
        for name in sorted(needed_by(waiting.pop())):
            if name in here or name in brought or _LEFT_TO_THE_SYSTEM.match(name):
                continue
            if name not in known:
                lacking.add(name)
                continue
            copy = home / name
            shutil.copyfile(known[name], copy)
            look_beside(copy)
            brought[name] = known[name]
            waiting.append(copy)
    if lacking:
        raise FileNotFoundError(", ".join(sorted(lacking)))
    return brought


def _known_to_the_loader() -> dict[str, Path]:
    """Every library that the loader finds, by name; the first it names is the one it would take."""
    output = subprocess.run(["/sbin/ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    paths: dict[str, Path] = {}
    for line in output.splitlines():
        name, arrow, path = line.strip().partition(" => ")
        if arrow and ("x86-64" in name or "AArch64" in name):
            paths.setdefault(name.split(" ")[0], Path(path).resolve())
    return paths
