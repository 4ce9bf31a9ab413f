"""The archive of a center: the service with its locked packages as wheels, its units for systemd, and an installer.

It is no frozen program: a server has a Python of its distribution, which that keeps safe.
"""

from __future__ import annotations

import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from packaging.requirements import Requirement

from pos import __version__
from tools.bundle.plan import ROOT, plain, with_needs
from tools.bundle.third_party import third_party_of
from tools.bundle.wheels import fetch_wheels, locked_lines

NAME = "border-pos-center"
NEEDED = ("alembic", "argon2-cffi", "babel", "cryptography", "platformdirs", "sqlalchemy", "typer", "tzdata")
"""What of the program's own packages the service loads; a test holds that nothing is missing. No window is among it."""
RESOURCES = ("borders", "console", "emblem", "regimes", "theme", "translations")
_LEFT_OUT = ("pos/ui", "pos/printing", "pos/exports", "db/seed")
_NEEDED_ALL_THE_SAME = ("pos/exports/__init__.py", "pos/exports/safe_text.py", "pos/exports/table_csv.py")
"""What of these the console writes its files with."""
_ON_LINUX = Path(__file__).parent / "center_linux"

Fetch = Callable[[Sequence[str], Path], object]


def distributions(root: Path = ROOT) -> set[str]:
    """The packages of the service, and what they need, by their names on the index."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = [line for line in project["dependencies"] if plain(Requirement(line).name) in NEEDED]
    return with_needs([*own, *project["optional-dependencies"]["center"]])


def fetch_for_this_machine(lines: Sequence[str], folder: Path) -> None:
    """The wheels for this machine and its Python. Raises WheelTrouble."""
    fetch_wheels(lines, folder, ())


def build_center(parent: Path, fetch: Fetch | None = fetch_for_this_machine, root: Path = ROOT) -> Path:
    """Make the folder in `parent`; without `fetch` without the wheels. Raises WheelTrouble and NoLicence."""
    folder = parent / f"{NAME}-{__version__}-py{sys.version_info[0]}{sys.version_info[1]}"
    shutil.rmtree(folder, ignore_errors=True)
    program = folder / "program"
    program.mkdir(parents=True)
    for file in _sources(root):
        target = program / file.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
    names = distributions(root)
    locked = locked_lines({}, root)
    lines = sorted(line for name, line in locked.items() if name in names)
    (folder / "requirements.lock").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    if fetch is not None:
        fetch(lines, folder / "wheels")
        for left in (folder / "wheels").glob("*.txt"):
            left.unlink()
    for file in sorted(_ON_LINUX.iterdir()):
        text = file.read_text(encoding="utf-8").replace("@VERSION@", __version__)
        target = folder / file.name
        target.write_text(text, encoding="utf-8")
        target.chmod(0o755 if text.startswith("#!") else 0o644)
    (folder / "VERSION").write_text(f"{__version__}\n", encoding="ascii")
    (folder / "THIRD-PARTY.txt").write_text(third_party_of(sorted(names)), encoding="utf-8")
    shutil.copy(root / "LICENSE", folder)
    return folder


def _sources(root: Path) -> Sequence[Path]:
    """The program without its window and its papers, and what it reads."""
    code = [root / "main.py", root / "center_adapters.py", root / "till_adapters.py"]
    for package in ("pos", "db"):
        code += [file for file in (root / package).rglob("*.py") if not _is_left_out(file.relative_to(root).as_posix())]
    read = [file for name in RESOURCES for file in (root / "resources" / name).rglob("*") if file.is_file()]
    return sorted([*code, *read])


def _is_left_out(path: str) -> bool:
    if path in _NEEDED_ALL_THE_SAME:
        return False
    return any(re.match(f"{folder}/", path) for folder in _LEFT_OUT)
