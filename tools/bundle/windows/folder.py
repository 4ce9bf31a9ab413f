"""The folder for a shop's Windows: starters, Python, the program and what it needs, without what is never loaded."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from collections.abc import Collection
from pathlib import Path

from tools.bundle.plan import NAME, ROOT, Plan
from tools.bundle.third_party import third_party
from tools.bundle.trim import drop_unlinked, trim
from tools.bundle.wheels import fetch_wheels, locked_for_windows, unpack_wheels
from tools.bundle.windows.dll import needed_by
from tools.bundle.windows.starters import build_starters

_HERE = Path(__file__).parent
_WHEELS = ROOT / "build" / "windows" / "wheels"
_OF_PYTHON = ("python.exe", "pythonw.exe", "python.cat", "sqlite3.dll", "_sqlite3.pyd", "python313._pth")
"""What stays behind of Python: its own starters, and the SQLite with the bug that pysqlite3 is for."""
_OF_QT = ("QtCore", "QtGui", "QtPrintSupport", "QtSvg", "QtWidgets")
_QT_SOFTWARE = "opengl32sw"
"""Draws OpenGL without a graphics card; the window of a till draws none."""
_FOR_BUILDERS = frozenset({".h", ".lib", ".pxd", ".pyi"})
"""What a compiler or a checker of types reads."""
_COMPILER = "python3.13"
"""The Python of this machine whose compiled files are those of Windows' 3.13."""


class CannotBuild(Exception):
    """The bundle for Windows cannot be built here; the message says why and what to do."""


def build_for_windows(plan: Plan, python: Path, parent: Path) -> Path:
    """Make the bundle in `parent` with the embeddable Python of the zip `python`; return its folder.

    Raises CannotBuild, WheelTrouble, NoCompiler and NoLicence.
    """
    folder = parent / f"{NAME}-{plan.version}-windows-amd64"
    shutil.rmtree(folder, ignore_errors=True)
    lay_libraries(plan, python, folder, _WHEELS)
    lay_program(plan, python, folder)
    return folder


def lay_libraries(plan: Plan, python: Path, folder: Path, wheels: Path) -> None:
    """Lay what is not ours into the bundle's `folder`: Python and the packages, fetched to the folder `wheels`.

    Raises CannotBuild and WheelTrouble.
    """
    lib = folder / "lib"
    lib.mkdir(parents=True)
    _unpack_python(python, lib)
    lines = locked_for_windows()
    unpack_wheels(fetch_wheels([lines[name] for name in plan.distributions], wheels), lib)
    _drop_never_loaded(lib, plan)
    trim(folder, plan)
    _compile(lib, sorted(lib.rglob("*.py")))
    (lib / "python313._pth").write_text("python313.zip\r\n.\r\n", encoding="ascii", newline="")


def lay_program(plan: Plan, python: Path, folder: Path) -> None:
    """Lay the program, its starters and its papers into the bundle's `folder` with its libraries.

    Raises CannotBuild, NoCompiler and NoLicence.
    """
    lib = folder / "lib"
    _compile(lib, _copy_program(plan, lib))
    for source, place in plan.files:
        target = lib / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    build_starters(folder, plan.version)
    theirs = third_party(plan, {}, _about_python(python, lib))
    (folder / "THIRD-PARTY.txt").write_text(theirs, encoding="utf-8", newline="\r\n")
    (folder / "VERSION").write_text(f"{plan.version}\r\n", encoding="ascii", newline="")
    for name, source in (("LICENSE.txt", ROOT / "LICENSE"), ("README.txt", _HERE / "README.txt")):
        text = source.read_text(encoding="utf-8").replace("VERSION", plan.version)
        (folder / name).write_text(text, encoding="utf-8", newline="\r\n")


def pack_zip(folder: Path) -> Path:
    """The folder as a .zip beside it: the same bytes each time."""
    file = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), (1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())
    return file


def _unpack_python(python: Path, lib: Path) -> None:
    with zipfile.ZipFile(python) as archive:
        names = archive.namelist()
        if "python313.dll" not in names or "LICENSE.txt" not in names:
            raise CannotBuild(f"{python} is not the embeddable Python 3.13 of python.org for 64-bit Windows.")
        archive.extractall(lib, [name for name in names if name not in (*_OF_PYTHON, "LICENSE.txt")])


def _about_python(python: Path, lib: Path) -> tuple[str, str]:
    """The version and the licence of the Python that was laid into `lib`."""
    with zipfile.ZipFile(python) as archive:
        return _version_of(lib / "python313.dll"), archive.read("LICENSE.txt").decode("utf-8", "replace")


def _version_of(library: Path) -> str:
    """The version in the resources of a library of Python, such as 3.13.2."""
    _, _, behind = library.read_bytes().partition("ProductVersion".encode("utf-16-le"))
    found = re.search(r"3\.13\.\d+", behind[:64].decode("utf-16-le", "replace"))
    if found is None:
        raise CannotBuild(f"{library.name} does not say which version it is.")
    return found[0]


def _copy_program(plan: Plan, lib: Path) -> list[Path]:
    """Copy the sources of the program; return them where they lie in `lib`."""
    sources = {ROOT / "main.py": lib / "main.py", _HERE / "start.py": lib / "start.py"}
    for module in plan.modules:
        path = Path(*module.split("."))
        source = ROOT / path / "__init__.py" if (ROOT / path).is_dir() else ROOT / path.with_suffix(".py")
        sources[source] = lib / source.relative_to(ROOT)
    for source, target in sources.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    return list(sources.values())


def _drop_never_loaded(lib: Path, plan: Plan) -> None:
    """Modules that stay behind, programs of others, and the libraries of Qt to which nothing that is kept links."""
    for module in plan.excluded:
        place = lib / module.replace(".", "/")
        shutil.rmtree(place, ignore_errors=True)
        for file in place.parent.glob(f"{place.name}.*"):
            if file.suffix in (".py", ".pyd", ".pyi"):
                file.unlink()
    for file in lib.rglob("*"):
        if file.suffix in _FOR_BUILDERS:
            file.unlink()
    for scripts in [*lib.glob("*.data"), lib / "bin", lib / "Scripts", lib / "share"]:
        shutil.rmtree(scripts, ignore_errors=True)
    qt = lib / "PySide6"
    for entry in qt.iterdir():
        if entry.is_dir() and entry.name not in ("plugins", "translations", "support"):
            shutil.rmtree(entry)
        elif entry.is_file() and not _is_kept(entry):
            entry.unlink()
    users = [*qt.glob("*.pyd"), *(qt / "plugins").rglob("*.dll"), *(lib / "shiboken6").glob("*.pyd")]
    drop_unlinked({file.name.lower(): file for file in qt.glob("*.dll")}, users, needed_by)


def _is_kept(file: Path) -> bool:
    """Whether a file of Qt is one of the modules that the program imports, or a library they may link to."""
    if file.suffix == ".pyd":
        return file.stem in _OF_QT
    return file.suffix in (".py", ".dll") and file.stem != _QT_SOFTWARE


def _compile(lib: Path, sources: Collection[Path]) -> None:
    """Leave of the sources their compiled files: a shop's folder of programs is not written to, no start compiles."""
    compiler = shutil.which(_COMPILER)
    if compiler is None:
        raise CannotBuild("Python 3.13 compiles the files of the bundle: apt-get install python3.13")
    command = [compiler, "-m", "compileall", "-q", "-b", "-j", "0", "--invalidation-mode", "unchecked-hash",
               "-s", str(lib), "-p", NAME, "-i", "-"]  # fmt: skip
    names = "\n".join(str(file) for file in sources)
    done = subprocess.run(command, input=names, capture_output=True, text=True, check=False)
    broken = [file for file in sources if not file.with_suffix(".pyc").exists()]
    if done.returncode and broken:
        raise CannotBuild(f"{broken[0]} does not compile:\n{done.stdout[-2_000:]}")
    for file in sources:
        file.unlink()
