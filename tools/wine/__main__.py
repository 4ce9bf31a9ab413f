"""Tries the till on Windows' own Python, Qt and wheels, under Wine on a Debian.

python -m tools.wine run [ARGUMENT…]      the program from this source: its window, or a command
python -m tools.wine test [ARGUMENT…]     the tests; the arguments go to pytest
python -m tools.wine journey INSTALLER    what ./run bundle --platform windows has built: installed, sold from by keys,
                                          killed, updated, taken away

Everything lies in build/wine: the first call fetches some 150 MB.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from tools.bundle.plan import ROOT
from tools.bundle.wheels import WheelTrouble
from tools.real_screen import DidNotCome, real_screen
from tools.wine.windows_python import windows_python
from tools.wine.wine import HOW_TO_GET, Windows, WineTrouble, is_there, windows_path

BUILD = ROOT / "build" / "wine"


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code is that of the program."""
    what, more = "".join(arguments[:1]), arguments[1:]
    if what not in ("run", "test", "journey") or (what == "journey" and len(more) != 1):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if not is_there():
        sys.stderr.write(f"Wine is not on this machine: {HOW_TO_GET}\n")
        return 4
    try:
        if what == "journey":
            return _journey(Path(more[0]))
        return _from_source([windows_path(ROOT / "main.py")] if what == "run" else ["-m", "pytest"], more)
    except (WheelTrouble, WineTrouble, DidNotCome) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 4


def _from_source(begin: list[str], more: list[str]) -> int:
    command = ["wine", str(windows_python(BUILD) / "python.exe"), *begin, *more]
    with real_screen() as screen:
        windows = Windows(BUILD / "prefix", screen.environment["DISPLAY"])
        windows.prepare()
        try:
            return subprocess.run(command, env=windows.environment, check=False).returncode
        finally:
            windows.wait()


def _journey(installer: Path) -> int:
    from tools.wine.journey import Journey, NotAsPromised

    if not installer.is_file():
        sys.stderr.write(f"{installer} is not there: ./run bundle --platform windows builds it.\n")
        return 2
    shutil.rmtree(BUILD / "journey", ignore_errors=True)
    with real_screen() as screen:
        windows = Windows(BUILD / "journey" / "prefix", screen.environment["DISPLAY"])
        windows.prepare()
        journey = Journey(windows, screen, BUILD / "journey" / "pictures", _report)
        try:
            journey.install(installer)
            journey.sell_by_command()
            journey.sell_by_keys()
            journey.is_killed_in_a_payment()
            journey.update(installer)
            journey.take_away()
        except NotAsPromised as error:
            sys.stderr.write(f"{error}\n")
            return 1
        finally:
            windows.stop()
    return 0


def _report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
