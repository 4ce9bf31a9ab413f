"""The archive of a center holds all that the service loads, and nothing of a window."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pos import __version__
from tools.bundle.build import pack
from tools.bundle.center import build_center, distributions
from tools.bundle.plan import plain

_LOADED = """
import json, sys, runpy
sys.path.insert(0, sys.argv[1])
import main, center_adapters, pos.center.serve, alembic.command, db.center.migrations, jinja2
from pos.application.center_console.steps import ConsoleSteps
from pos.center.console.app import make_console
make_console(center_adapters.console_parts(None))
from importlib import metadata
homes = metadata.packages_distributions()
tops = {name.partition(".")[0] for name, module in sys.modules.items() if getattr(module, "__file__", None)}
ours = [module.__file__ for name, module in sys.modules.items() if name.split(".")[0] in ("pos", "db", "main")
        and getattr(module, "__file__", None)]
print(json.dumps([sorted({home for top in tops for home in homes.get(top, ())}), ours]))
"""
NOT_LOADED_ON_PURPOSE = {"border-pos", "setuptools", "pip", "opentelemetry-api", "pygments", "pytest", "sniffio"}
"""What other packages try and do without."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder without its wheels, for which a network would be needed."""
    return build_center(tmp_path_factory.mktemp("center"), fetch=None)


def test_every_package_that_the_service_loads_is_locked_in_it(folder: Path) -> None:
    asked = [sys.executable, "-E", "-s", "-c", _LOADED, str(folder / "program")]
    done = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=folder)
    assert done.returncode == 0, done.stderr
    packages, files = json.loads(done.stdout)
    assert {plain(name) for name in packages} - distributions() - NOT_LOADED_ON_PURPOSE == set()
    assert all(Path(file).is_relative_to(folder) for file in files), "the program in the folder, not this one"
    locked = (folder / "requirements.lock").read_text(encoding="utf-8").splitlines()
    assert {line.partition("==")[0] for line in locked} == distributions()
    assert all("--hash=sha256:" in line for line in locked)


def test_no_window_and_no_paper_goes_along(folder: Path) -> None:
    assert {"pyside6-essentials", "reportlab", "pillow", "openpyxl"} & distributions() == set()
    assert [path.name for path in (folder / "program" / "resources").iterdir()] != []
    assert not (folder / "program" / "pos" / "ui").exists()


def test_its_commands_answer_without_a_shop(folder: Path) -> None:
    program = [sys.executable, "-E", "-s", str(folder / "program" / "main.py"), "--data", str(folder / "data")]
    wrong = subprocess.run(
        [*program, "center", "verify", "--database", "postgresql:///x?host=/nowhere", "--keys", "none"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (wrong.returncode, wrong.stderr.count("\n")) == (4, 1), wrong.stderr
    assert not (folder / "data").exists(), "a center has no shop"


def test_its_units_are_whole_and_its_archive_has_them(folder: Path) -> None:
    unit = (folder / "border-pos-center.service").read_text(encoding="utf-8")
    for line in ("DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet=\n"):
        assert line in unit
    assert "keys.json" not in unit.replace("LoadCredential=keys.json", "").replace("%d/keys.json", "").replace(
        "/etc/border-pos-center/keys.json", ""
    )
    assert (folder / "install.sh").stat().st_mode & 0o111
    assert __version__ in (folder / "README.txt").read_text(encoding="utf-8")
    assert "psycopg" in (folder / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    assert pack(folder).stat().st_size > 100_000


def test_systemd_takes_its_units(folder: Path, tmp_path: Path) -> None:
    """Where there is no systemd, each line is at least one of a unit."""
    program = tmp_path / "border-pos-center"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    for name in ("border-pos-center.service", "border-pos-center-erase.service", "border-pos-center-erase.timer"):
        text = (folder / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if line and not line.startswith("#")]
        assert all(line.startswith("[") or "=" in line for line in lines)
        (tmp_path / name).write_text(text.replace("/opt/border-pos-center/bin/border-pos-center", str(program)))
    if (analyze := shutil.which("systemd-analyze")) is not None:
        units = [str(path) for path in sorted(tmp_path.glob("border-pos-center*.*"))]
        asked = [analyze, "verify", "--man=no", *units]
        done = subprocess.run(asked, capture_output=True, text=True, check=False)
        assert [line for line in done.stderr.splitlines() if "border-pos-center" in line] == []
