"""Tries the till on Windows' own Python, Qt and wheels, under Wine on a Debian.

python -m tools.wine run [ARGUMENT…]      the program from this source: its window, or a command
python -m tools.wine test [ARGUMENT…]     the tests; the arguments go to pytest
python -m tools.wine look PERCENT [ARGUMENT…]
                                          the whole window at a scaling of the screen of 100, 125, 150 or 200 %; the
                                          arguments go to tools.look_over
python -m tools.wine check                what ./run test does: a quickly packed installer of this source, and a short
                                          journey with it
python -m tools.wine journey INSTALLER    what ./run bundle --platform windows has built: installed, sold from by keys,
                                          killed, updated, taken away

Everything lies in build/wine, and what ./run test needs each time in the user's cache: the first call fetches some
150 MB.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.bundle.plan import ROOT
from tools.bundle.wheels import WheelTrouble
from tools.bundle.windows.folder import CannotBuild
from tools.bundle.windows.starters import NoCompiler
from tools.real_screen import DidNotCome, real_screen
from tools.wine.quick_installer import CACHE, quick_installer
from tools.wine.windows_python import windows_python
from tools.wine.wine import HOW_TO_GET, Windows, WineTrouble, is_there, windows_path

BUILD = ROOT / "build" / "wine"
_COMMANDS = {"run": None, "test": None, "look": None, "check": 0, "journey": 1}
"""How many arguments each takes; None is as many as there are."""
_SCREENS = {"100": "1366x768", "125": "1920x1080", "150": "1920x1080", "200": "2560x1440"}
"""Pixels of the screens that Windows scales by so many per cent."""


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code is that of the program."""
    what, more = "".join(arguments[:1]), arguments[1:]
    is_known = what in _COMMANDS and _COMMANDS[what] in (None, len(more))
    if not is_known or (what == "look" and "".join(more[:1]) not in _SCREENS):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if not is_there():
        sys.stderr.write(f"Wine is not on this machine: {HOW_TO_GET}\n")
        return 4
    try:
        if what == "check":
            return _check()
        if what == "journey":
            return _journey(Path(more[0]))
        if what == "look":
            return _look(more[0], more[1:])
        return _from_source([windows_path(ROOT / "main.py")] if what == "run" else ["-m", "pytest"], more)
    except (WheelTrouble, WineTrouble) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 4
    except (CannotBuild, NoCompiler) as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _from_source(begin: list[str], more: list[str]) -> int:
    command = ["wine", str(windows_python(BUILD) / "python.exe"), *begin, *more]
    with real_screen() as screen:
        windows = Windows(BUILD / "prefix", screen.environment["DISPLAY"])
        windows.prepare()
        try:
            return subprocess.run(command, env=windows.environment, check=False).returncode
        finally:
            windows.wait()


def _look(percent: str, more: list[str]) -> int:
    """Have Windows scale its screen, and look at it from inside."""
    command = ["wine", str(windows_python(BUILD) / "python.exe"), "-X", "utf8", "-m", "tools.look_over", "here", *more]
    with real_screen(_SCREENS[percent]) as screen:
        windows = Windows(BUILD / f"scaled-{percent}", screen.environment["DISPLAY"])
        windows.prepare()
        windows.scale(int(percent))
        try:
            return subprocess.run(command, env=windows.environment, check=False).returncode
        finally:
            windows.wait()


def _check() -> int:
    return _journey(quick_installer(BUILD / "quick"), is_short=True)


def _journey(installer: Path, *, is_short: bool = False) -> int:
    from tools.wine.journey import Journey, NotAsPromised

    if not installer.is_file():
        sys.stderr.write(f"{installer} is not there: ./run bundle --platform windows builds it.\n")
        return 2
    shutil.rmtree(BUILD / "journey", ignore_errors=True)
    began = time.monotonic()

    def report(text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - began:4.0f} s  {text}\n")
        sys.stdout.flush()

    with real_screen() as screen:
        windows = Windows(BUILD / "journey" / "prefix", screen.environment["DISPLAY"])
        windows.copy_of(CACHE / "new")
        report("a Windows of its own")
        journey = Journey(windows, screen, BUILD / "journey" / "pictures", report)
        try:
            journey.install(installer)
            journey.found_a_shop()
            journey.update_an_older_store()
            journey.is_killed_in_a_payment()
            journey.sell_by_keys()
            journey.count_the_drawer()
            journey.update_the_program(installer, is_short=is_short)
            journey.verify_the_books()
            journey.take_away()
            if not is_short:
                journey.share_a_shop(installer)
        except (NotAsPromised, DidNotCome) as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            windows.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
