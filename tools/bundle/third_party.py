"""The file that says what of others goes along, and under which licences, with their texts."""

from __future__ import annotations

import platform
import re
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from importlib import metadata
from pathlib import Path

from tools.bundle.debian import packages_of
from tools.bundle.plan import ROOT, Plan

_TEXTS = re.compile(r"(^|/)(licen[sc]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
_CODE = re.compile(r"\.(py|pyi|pyc|json|h)$")
_DEBIAN_TEXTS = Path("/usr/share/doc")
_OURS = (("The fonts", "resources/fonts", "OFL*.txt"), ("The icons", "resources/icons", "LICENSE*"))
_ELSEWHERE = {
    "pyside6-essentials": ("LGPL-3.0.txt", "GPL-3.0.txt"),
    "shiboken6": ("LGPL-3.0.txt", "GPL-3.0.txt"),
}
"""Texts of packages that name their licence and leave its text out."""

_HEAD = """\
What of others goes along with Border POS {version}
================================================

Border POS itself is under the licence in LICENSE. It stands on the works below, each under its own licence. None was
changed. Libraries under the LGPL (Qt with PySide6 and shiboken6, psycopg, some of the system's) lie in `lib` as files
of their own and are linked when the program starts: another build may be put in their place. Their
source: https://code.qt.io, https://github.com/psycopg/psycopg, and for the system's libraries the source packages of
the distribution that is named.
"""


_WHEELS_HEAD = """\
What of others goes along with the center of Border POS
=======================================================

Border POS itself is under the licence in LICENSE. Its packages lie in `wheels` as their makers publish them, each under
its own licence, and can be replaced by other builds. psycopg is under the LGPL: https://github.com/psycopg/psycopg.
"""


class NoLicence(Exception):
    """A package would go along whose licence is missing."""


def third_party(plan: Plan, brought: dict[str, Path], python: tuple[str, str] | None = None) -> str:
    """The text of the file. `brought` are the system's libraries that go along, by name; `python` are the version and
    the licence of the Python that does, unless it is this one. Raises NoLicence.
    """
    version, licence = python or (platform.python_version(), _python_text())
    parts = [_HEAD.format(version=plan.version), _section(f"Python {version}", "PSF-2.0", licence)]
    parts += _packages(plan.distributions)
    for title, folder, pattern in _OURS:
        texts = [file.read_text(encoding="utf-8") for file in sorted((ROOT / folder).glob(pattern))]
        parts.append(_section(title, "", "\n\n".join(texts)))
    for package, names in sorted(packages_of(brought).items()):
        copyright_file = _DEBIAN_TEXTS / package / "copyright"
        if not copyright_file.exists():
            raise NoLicence(package)
        text = copyright_file.read_text(encoding="utf-8", errors="replace")
        parts.append(_section(f"{package} of this system: {', '.join(names)}", "", text))
    return "\n".join(parts)


def third_party_of(names: Sequence[str]) -> str:
    """The text for packages alone, which go along as their wheels. Raises NoLicence."""
    return "\n".join([_WHEELS_HEAD, *_packages(names)])


def _packages(names: Sequence[str]) -> Iterator[str]:
    for name in names:
        about = metadata.metadata(name)
        yield _section(f"{about['Name']} {about['Version']}", _licence(about), "\n\n".join(_texts(name)))


def _section(title: str, licence: str, text: str) -> str:
    head = f"{title}{f' ({licence})' if licence else ''}"
    return f"\n{'-' * 120}\n{head}\n{'-' * 120}\n\n{text.strip()}\n"


def _licence(about: metadata.PackageMetadata) -> str:
    """What a package says of its licence, in few words."""
    expressions: list[str] = about.get_all("License-Expression") or []
    classifiers: list[str] = about.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License")]
    plain: list[str] = [line for line in about.get_all("License") or [] if len(line) < 60]
    return (expressions or named or plain or [""])[0]


def _texts(name: str) -> Iterator[str]:
    """The licences that a package brings, or those that belong to it. Raises NoLicence."""
    files = [file for file in metadata.files(name) or () if _TEXTS.search(str(file)) and not _CODE.search(str(file))]
    texts = [Path(str(file.locate())).read_text(encoding="utf-8", errors="replace") for file in files]
    folder = Path(__file__).parent / "licences"
    texts += [(folder / file).read_text(encoding="utf-8") for file in _ELSEWHERE.get(name, ())]
    if not texts and not _licence(metadata.metadata(name)):
        raise NoLicence(name)
    yield from texts


def _python_text() -> str:
    """The licence of Python, which lies in its library."""
    home = Path(sysconfig.get_path("stdlib"))
    for file in (home / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"):
        if file.exists():
            return file.read_text(encoding="utf-8")
    return Path("/usr/share/doc/python3/copyright").read_text(encoding="utf-8")
