"""Tries the till on Windows' own Python, Qt and wheels, under Wine on a Debian.

python -m tools.wine run [ARGUMENT…]    the program: its window, or a command
python -m tools.wine test [ARGUMENT…]   the tests; the arguments go to pytest

Everything lies in build/wine: the first call fetches some 150 MB.
"""

from __future__ import annotations

import os
import subprocess
import sys

from tools.bundle.plan import ROOT
from tools.bundle.wheels import WheelTrouble
from tools.wine.display import screen
from tools.wine.windows_python import windows_python
from tools.wine.wine import HOW_TO_GET, Windows, WineTrouble, is_there, windows_path

BUILD = ROOT / "build" / "wine"


def main(arguments: list[str]) -> int:
    """Do what the command line asks; the exit code is that of the program."""
    if arguments[:1] not in (["run"], ["test"]):
        sys.stderr.write(f"{__doc__}\n")
        return 2
    if not is_there():
        sys.stderr.write(f"Wine is not on this machine: {HOW_TO_GET}\n")
        return 4
    what, more = arguments[0], arguments[1:]
    try:
        python = windows_python(BUILD) / "python.exe"
        return _started(python, [windows_path(ROOT / "main.py")] if what == "run" else ["-m", "pytest"], more)
    except (WheelTrouble, WineTrouble) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 4


def _started(python: os.PathLike[str], begin: list[str], more: list[str]) -> int:
    command = ["wine", os.fspath(python), *begin, *more]
    with screen() as display:
        windows = Windows(BUILD / "prefix", display)
        windows.prepare()
        try:
            return subprocess.run(command, env=windows.environment, check=False).returncode
        finally:
            windows.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
