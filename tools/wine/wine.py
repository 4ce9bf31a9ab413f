"""Wine on this machine: what it takes, its folder of a Windows, and programs started in it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

HOW_TO_GET = "apt-get install --no-install-recommends wine gcc-mingw-w64-x86-64 nsis xvfb openbox xdotool"
_COMPILER = "x86_64-w64-mingw32-gcc"
_STAND_IN = Path(__file__).with_name("icuuc.c")


class WineTrouble(Exception):
    """Wine cannot do what it is asked for."""


def is_there() -> bool:
    """Whether this machine has Wine and the compiler of its stand-in."""
    return shutil.which("wine") is not None and shutil.which(_COMPILER) is not None


def build_stand_in(folder: Path) -> None:
    """Put the stand-in for a library that Wine lacks beside the programs in `folder`. Raises WineTrouble."""
    command = [_COMPILER, "-shared", "-O1", "-o", str(folder / "icuuc.dll"), str(_STAND_IN)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise WineTrouble(done.stderr)


def windows_path(path: Path) -> str:
    """The path as a program of Windows reads it: drive Z is the root of this machine."""
    return "Z:" + str(path.absolute()).replace("/", "\\")


class Windows:
    """A Windows of its own in a folder; programs see a user without files."""

    def __init__(self, folder: Path, display: str = "") -> None:
        self.folder = folder
        shown = {"DISPLAY": display} if display else {}
        self.environment = {**os.environ, "WINEPREFIX": str(folder), "WINEDEBUG": "-all", **shown}
        self.environment.pop("QT_QPA_PLATFORM", None)

    def copy_of(self, kept: Path) -> None:
        """Make it as a copy of a new one, which stays in the folder `kept` for the next. Raises WineTrouble."""
        version = subprocess.run(["wine", "--version"], capture_output=True, text=True, check=True).stdout.split()[0]
        new = kept / version
        if not new.exists():
            part = kept / f"part-{os.getpid()}"
            Windows(part).prepare()
            part.rename(new)  # half of one is never taken for a whole
        shutil.copytree(new, self.folder, symlinks=True)

    def prepare(self) -> None:
        """Make it, unless it is there. Raises WineTrouble."""
        if (self.folder / "system.reg").exists():
            return
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            ["wineboot", "--init"], env=self.environment, capture_output=True, text=True, timeout=300, check=False
        )
        if done.returncode or not self.drive_c.is_dir():
            raise WineTrouble(f"wineboot ended with {done.returncode}: {done.stderr[-1_000:]}")
        self.wait()

    def scale(self, percent: int) -> None:
        """Have it draw everything so much larger, as its settings of the display do. Raises WineTrouble."""
        dots = str(96 * percent // 100)
        command = [
            "wine",
            "reg",
            "add",
            r"HKCU\Control Panel\Desktop",
            "/v",
            "LogPixels",
            "/t",
            "REG_DWORD",
            "/d",
            dots,
        ]
        done = subprocess.run([*command, "/f"], env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise WineTrouble(f"reg ended with {done.returncode}: {done.stderr[-1_000:]}")
        self.wait()  # it is read at the start

    @property
    def drive_c(self) -> Path:
        return self.folder / "drive_c"

    def wait(self) -> None:
        """Wait until every program in it has ended, two minutes at most: another one may be started by hand."""
        with suppress(subprocess.TimeoutExpired):
            subprocess.run(["wineserver", "--wait"], env=self.environment, timeout=120, check=False)

    def stop(self) -> None:
        """End every program in it."""
        subprocess.run(["wineserver", "--kill"], env=self.environment, timeout=60, check=False)
