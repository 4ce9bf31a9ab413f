"""The two programs that start Border POS on Windows, built with mingw: with a console, and without one."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from tools.bundle.plan import NAME, ROOT

_PREFIX = "x86_64-w64-mingw32-"
_HERE = Path(__file__).parent
COMPILER = "gcc-mingw-w64-x86-64"


class NoCompiler(Exception):
    """The compiler for Windows is not there, or does not take the starter."""


def build_starters(folder: Path, version: str) -> None:
    """Put `border-pos.exe` and `border-pos-window.exe` into the folder. Raises NoCompiler."""
    if shutil.which(f"{_PREFIX}gcc") is None:
        raise NoCompiler(f"The compiler for Windows is missing: apt-get install {COMPILER}")
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        for name in ("starter.c", "starter.rc", "starter.manifest"):
            text = (_HERE / name).read_text(encoding="utf-8")
            (place / name).write_text(_with_version(text, version), encoding="utf-8")
        draw_icon(place / f"{NAME}.ico")
        _run([f"{_PREFIX}windres", "starter.rc", "-o", "starter.o"], place)
        for name, kind in ((NAME, ()), (f"{NAME}-window", ("-mwindows", "-DWINDOW"))):
            target = str(folder.absolute() / f"{name}.exe")
            _run(
                [f"{_PREFIX}gcc", "-municode", "-O2", "-s", "-Wall", "-Wextra", "-Werror", *kind,
                 "-Wl,--no-insert-timestamp,--dynamicbase,--nxcompat", "-o", target, "starter.c", "starter.o"],
                place,
            )  # fmt: skip


def numbers_of(version: str) -> list[str]:
    """The version as Windows counts it: four numbers."""
    return [*(part for part in version.split(".") if part.isdigit()), "0", "0", "0", "0"][:4]


def _with_version(text: str, version: str) -> str:
    numbers = numbers_of(version)
    text = text.replace("FOUR_NUMBERS", ".".join(numbers)).replace("COMMA_NUMBERS", ",".join(numbers))
    return text.replace('"VERSION"', f'"{version}"')


def draw_icon(file: Path) -> None:
    """The emblem in the sizes that Windows asks for."""
    from PIL import Image

    emblem = ROOT / "resources" / "emblem"
    sizes = (16, 24, 32, 48, 64, 128, 256)
    pictures = [Image.open(emblem / f"{NAME}-{size}.png") for size in sizes]
    pictures[-1].save(file, sizes=[(size, size) for size in sizes], append_images=pictures[:-1])


def _run(command: list[str], place: Path) -> None:
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NoCompiler(f"{command[0]} ended with {done.returncode}:\n{done.stderr[-2_000:]}")
