"""What goes into the bundle: worked out from pyproject.toml and the folders, so that nothing has to be remembered."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

from pos import __version__

ROOT = Path(__file__).resolve().parents[2]
NAME = "border-pos"
OURS = ("pos", "db")

THIS_MACHINE: Mapping[str, str] = {}
"""What markers are asked: that of this Python."""

_NOT_SHIPPED = ("dev", "center")
"""Extras of pyproject.toml that are for those who build the program, and for the service of a center."""

NEVER_IMPORTED = frozenset({"setuptools"})
"""Packages that another one asks for and never imports: python-escpos names what it is built with."""

_ADAPTERS = ("till_adapters", "center_adapters")
_SERVICE = "pos.center"
"""The service of a center stays behind with its libraries: a till has no use for it."""

_BY_NAME = frozenset(
    {"alembic", "babel", "barcode", "elementpath", "escpos", "psycopg", "psycopg_binary", "pypinyin", "reportlab",
     "serial", "sqlalchemy", "tzdata", "usb", "xmlschema"}
)  # fmt: skip
"""Packages that load parts of themselves by a name made while they run, or that read files of their own."""

_LEFT_OUT = frozenset(
    {
        "tests", "tools", "tkinter", "lib2to3", "idlelib", "ensurepip", "pydoc_data", "test", "xmlrpc",
        "readline",  # GPL; it is for typing at Python itself
        "sqlite3",  # the system's, which has the bug that pysqlite3 is for
        "sqlalchemy.testing", "alembic.testing", "numpy.f2py", "numpy.testing.tests", "numpy.distutils",
        "pyqtgraph.examples", "pyqtgraph.opengl", "PySide6.QtTest", "PySide6.QtNetwork", "PySide6.QtOpenGL",
        "PySide6.QtOpenGLWidgets", "PIL._avif", "PIL._webp", "PIL.AvifImagePlugin", "PIL.WebPImagePlugin",
        "PIL.ImageQt", "PIL.ImageTk", "PIL._imagingtk",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """What goes along. `modules` are ours, by name; `whole` are packages of others with every part of them.

    `excluded` are modules that stay behind, `files` what is copied as it is: where it lies, and its place under `lib`
    of the bundle. `distributions` are those that the program is installed with, by their name on the index.
    """

    version: str
    modules: tuple[str, ...]
    whole: tuple[str, ...]
    excluded: frozenset[str]
    files: tuple[tuple[Path, str], ...]
    distributions: tuple[str, ...]

    @property
    def folder(self) -> str:
        """The name of the folder, which says version and machine."""
        import platform

        system = {"darwin": "macos", "win32": "windows"}.get(sys.platform, sys.platform)
        return f"{NAME}-{self.version}-{system}-{platform.machine().lower()}"


def plan_of(root: Path = ROOT) -> Plan:
    """The plan for the source in `root`, with what is installed in the environment of this Python."""
    shipped = shipped_distributions(root)
    homes = metadata.packages_distributions()
    theirs = {module for module, names in homes.items() if shipped & {plain(name) for name in names}}
    return Plan(
        version=__version__,
        modules=tuple(sorted(_modules(root))),
        whole=tuple(sorted(_BY_NAME & theirs)),
        excluded=_LEFT_OUT | {_SERVICE} | (set(homes) - theirs - set(OURS) - {"main", *_ADAPTERS}),
        files=tuple(_files(root)),
        distributions=tuple(sorted(shipped)),
    )


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped_distributions(root: Path, target: Mapping[str, str] = THIS_MACHINE) -> set[str]:
    """Everything that the program is installed with, and what that needs, as far as it is for this `target`."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project.get("optional-dependencies", {})
    asked = [*project["dependencies"], *(one for extra in extras if extra not in _NOT_SHIPPED for one in extras[extra])]
    return with_needs(asked, target)


def with_needs(asked: Iterable[str], target: Mapping[str, str] = THIS_MACHINE) -> set[str]:
    """What is asked for, and all that it needs on the `target`: names as the index compares them.

    What is for the target alone is not installed here: its own needs are checked in its wheel.
    """
    names: set[str] = set()
    waiting = [Requirement(line) for line in asked]
    while waiting:
        wanted = waiting.pop()
        environments = [{"extra": extra, **target} for extra in (wanted.extras or {""})]
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": "", **target}):
            continue
        if plain(wanted.name) in NEVER_IMPORTED:
            continue
        names.add(plain(wanted.name))
        for line in _needs_of(wanted.name):
            need = Requirement(line)
            applies = need.marker is None or any(need.marker.evaluate(one) for one in environments)
            if applies and plain(need.name) not in names:
                need.marker = None
                waiting.append(need)
    return names


def _needs_of(name: str) -> list[str]:
    try:
        return metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []


def _modules(root: Path) -> list[str]:
    """Every module of the program, imported or not: the steps of the migrations are found by their files alone."""
    names = [*_ADAPTERS]
    for package in OURS:
        for file in (root / package).rglob("*.py"):
            parts = file.relative_to(root).with_suffix("").parts
            names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return [name for name in names if name != _SERVICE and not name.startswith(f"{_SERVICE}.")]


def _files(root: Path) -> list[tuple[Path, str]]:
    """The resources, and the migrations as text, because alembic reads them so; by their place under `lib`."""
    resources = [file for file in (root / "resources").rglob("*") if file.is_file()]
    migrations = [file for file in (root / "db" / "migrations").rglob("*.py") if file.name != "__init__.py"]
    return [(file, file.relative_to(root).as_posix()) for file in sorted([*resources, *migrations])]
