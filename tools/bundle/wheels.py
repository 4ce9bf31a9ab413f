"""Locked packages as wheels of another system: fetched with the hashes of the lock, and unpacked side by side."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement

from tools.bundle.plan import NEVER_IMPORTED, ROOT, plain

WINDOWS: Mapping[str, str] = {
    "sys_platform": "win32",
    "os_name": "nt",
    "platform_system": "Windows",
    "platform_machine": "AMD64",
    "platform_python_implementation": "CPython",
    "implementation_name": "cpython",
    "python_version": "3.13",
    "python_full_version": "3.13.0",
}
"""What the markers of a requirement are asked for a till on Windows."""
ON_WINDOWS = ("--python-version", "3.13", "--implementation", "cp", "--abi", "cp313", "--abi", "abi3", "--abi", "none",
             "--platform", "win_amd64")  # fmt: skip


class WheelTrouble(Exception):
    """The wheels cannot be had, or do not make a whole."""


def locked_for_windows(root: Path = ROOT) -> dict[str, str]:
    """The lines of the lock that hold on Windows, with their hashes and without markers, by package."""
    return locked_lines(WINDOWS, root)


def locked_lines(target: Mapping[str, str], root: Path = ROOT) -> dict[str, str]:
    """The lines of the lock that hold on a target, {} for this machine, without markers, by package."""
    text = (root / "requirements.lock").read_text(encoding="utf-8").replace("\\\n", " ")
    lines: dict[str, str] = {}
    for line in text.splitlines():
        named, _, hashes = line.partition(" --hash=")
        if not named.strip() or named.startswith("#"):
            continue
        wanted = Requirement(named.strip())
        if wanted.marker is None or wanted.marker.evaluate({"extra": "", **target}):
            lines[plain(wanted.name)] = f"{wanted.name}{wanted.specifier} --hash={hashes}"
    return lines


def fetch_wheels(lines: Collection[str], folder: Path, platform: Sequence[str] = ON_WINDOWS) -> list[Path]:
    """The wheels of these lines of a lock in `folder`, fetched unless they are there. Raises WheelTrouble.

    `platform` are pip's words for another machine than this one; none for this one.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    text = "".join(f"{line}\n" for line in sorted(lines))
    if not (wanted.exists() and wanted.read_text(encoding="utf-8") == text):
        for old in folder.glob("*.whl"):
            old.unlink()
        asked = folder / "asked.txt"
        asked.write_text(text, encoding="utf-8")
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--require-hashes", "--only-binary=:all:", *platform, "-r", str(asked),
                   "-d", str(folder)]  # fmt: skip
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode:
            raise WheelTrouble(f"pip could not fetch the wheels:\n{done.stderr[-2_000:]}")
        asked.replace(wanted)  # half of them are never taken for all
    return sorted(folder.glob("*.whl"))


def unpack_wheels(wheels: Collection[Path], folder: Path) -> None:
    """Lay the content of the wheels side by side in `folder`. Raises WheelTrouble if one needs what is not there."""
    have = {plain(wheel.name.partition("-")[0]) for wheel in wheels}
    missing = sorted(f"{wheel.name} needs {name}" for wheel in wheels for name in _needs(wheel) - have)
    if missing:
        raise WheelTrouble("; ".join(missing))
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(folder)


def _needs(wheel: Path) -> set[str]:
    return {plain(need.name) for need in _requirements(wheel) if plain(need.name) not in NEVER_IMPORTED}


def _requirements(wheel: Path) -> Iterator[Requirement]:
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", name))
        about = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    for line in about.get_all("Requires-Dist") or ():
        need = Requirement(line)
        if need.marker is None or need.marker.evaluate({"extra": "", **WINDOWS}):
            yield need
