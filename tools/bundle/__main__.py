"""Builds what a shop installs: `./run bundle`, or `python -m tools.bundle`.

python -m tools.bundle         dist/border-pos-VERSION-SYSTEM-MACHINE/ and its .tar.gz
python -m tools.bundle --try   the same, then unpacks it where there is no Python, installs it, and sells
python -m tools.bundle --center
                               the service of a center: dist/border-pos-center-VERSION-pyNNN/ and its .tar.gz
python -m tools.bundle --unpacked PLACE   the folder alone, in another place
python -m tools.bundle --platform windows --python ZIP [--sign COMMAND]
                               on Linux: the folder for Windows, its .zip and its installer. ZIP is the embeddable
                               Python 3.13 for 64-bit Windows of python.org; COMMAND FILE signs a program
"""

from __future__ import annotations

import argparse
import hashlib
import shlex
import subprocess
import sys
import time
from pathlib import Path

from tools.bundle.build import build, pack, size_of
from tools.bundle.plan import ROOT, plan_of


def main(arguments: list[str]) -> int:
    """Build the bundle; with --try, sell from it."""
    parser = argparse.ArgumentParser(prog="./run bundle", description=__doc__, add_help=False)
    parser.add_argument("--try", action="store_true", dest="tries")
    parser.add_argument("--center", action="store_true")
    parser.add_argument("--unpacked", type=Path)
    parser.add_argument("--platform", choices=["windows"])
    parser.add_argument("--python", type=Path)
    parser.add_argument("--sign", default="")
    try:
        asked = parser.parse_args(arguments)
    except SystemExit:  # argparse has said what it does not know
        sys.stderr.write(f"\n{__doc__}\n")
        return 2
    if asked.center:
        return _of_a_center()
    if asked.unpacked:
        build(plan_of(), asked.unpacked)
        return 0
    if asked.platform:
        return _for_windows(asked.python, asked.sign)
    return _for_this_machine(tries=asked.tries)


def _for_this_machine(*, tries: bool) -> int:
    began = time.monotonic()
    folder = build(plan_of(), ROOT / "dist")
    archive = pack(folder)
    _report(f"{_from_root(folder)}: {_megabytes(size_of(folder))}")
    _report_file(archive, began)
    if not tries:
        return 0
    from tools.bundle.trial import try_bundle

    return try_bundle(archive, _report)


def _of_a_center() -> int:
    from tools.bundle.center import build_center
    from tools.bundle.third_party import NoLicence
    from tools.bundle.wheels import WheelTrouble

    began = time.monotonic()
    try:
        folder = build_center(ROOT / "dist")
    except (WheelTrouble, NoLicence) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 4
    _report(f"{_from_root(folder)}: {_megabytes(size_of(folder))}")
    _report_file(pack(folder), began)
    return 0


def _for_windows(python: Path | None, sign: str) -> int:
    from tools.bundle.third_party import NoLicence
    from tools.bundle.wheels import WheelTrouble
    from tools.bundle.windows.folder import CannotBuild, build_for_windows, pack_zip
    from tools.bundle.windows.installer import build_installer
    from tools.bundle.windows.starters import NoCompiler

    if python is None or not python.is_file():
        sys.stderr.write("--python names the embeddable Python 3.13 for 64-bit Windows, a .zip of python.org.\n")
        return 2
    began, plan = time.monotonic(), plan_of()
    try:
        _report(f"Python of {python.name}, sha256 {hashlib.sha256(python.read_bytes()).hexdigest()}")
        folder = build_for_windows(plan, python, ROOT / "dist")
        for program in sorted(folder.glob("*.exe")):
            _sign(sign, program)
        _report(f"{_from_root(folder)}: {_megabytes(size_of(folder))}")
        _report_file(pack_zip(folder), began)
        installer = build_installer(folder, plan.version, sign=sign)
        _sign(sign, installer)
        _report_file(installer, began)
    except (CannotBuild, WheelTrouble, NoCompiler, NoLicence) as trouble:
        sys.stderr.write(f"{trouble}\n")
        return 4
    except subprocess.CalledProcessError as error:
        sys.stderr.write(f"{shlex.join(error.cmd)} ended with {error.returncode}.\n")
        return 4
    if not sign:
        _report("Nothing is signed: Windows warns of a program of an unknown publisher. --sign COMMAND signs it.")
    return 0


def _sign(command: str, file: Path) -> None:
    if command:
        subprocess.run([*shlex.split(command), str(file)], check=True)


def _report_file(file: Path, began: float) -> None:
    _report(f"{_from_root(file)}: {_megabytes(file.stat().st_size)}, built in {time.monotonic() - began:.0f} s")


def _from_root(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.0f} MB"


def _report(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
