"""The front door: what `./run` decides, before it touches the machine."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOML = '[project]\nname = "shop"\ndependencies = ["a"]\n\n[tool.ruff]\nline-length = 120\n'


class Machine:
    """A machine that only notes what it is given.

    `failing` maps the start of a command to what it then writes; `code` is how a command ends that fails.
    """

    def __init__(self) -> None:
        self.commands: list[str] = []
        self.failing: dict[str, str] = {}
        self.code = 1

    def captured(self, command: list[str], **environment: str) -> subprocess.CompletedProcess[str]:
        """Stand in for `captured` of run."""
        line = " ".join(command)
        self.commands.append(line)
        words = next((words for start, words in self.failing.items() if line.startswith(start)), None)
        return subprocess.CompletedProcess(command, 0 if words is None else self.code, words or "")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The file `run` as a module, at home in an empty folder."""
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    loader = SourceFileLoader("run", str(ROOT / "run"))
    spec = spec_from_loader("run", loader)
    assert spec
    module = module_from_spec(spec)
    loader.exec_module(module)
    (tmp_path / "pyproject.toml").write_text(TOML)
    (tmp_path / "requirements.lock").write_text("a==1\n")
    folders = {
        "ROOT": "",
        "VENV": ".venv",
        "BIN": ".venv/bin",
        "SERVERS": "lib/postgresql",
        "NO_CLUSTER": "cluster.conf",
    }
    for name, folder in folders.items():
        monkeypatch.setattr(module, name, tmp_path / folder)
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv/bin/python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv/ready.json")
    return module


@pytest.fixture
def machine(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A Linux machine with apt, where this process is root."""
    noting = Machine()
    monkeypatch.setattr(run, "captured", noting.captured)
    monkeypatch.setattr(run.shutil, "which", lambda program: f"/usr/bin/{program}")
    monkeypatch.setattr(run.os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setattr(run.sys, "platform", "linux")
    return noting


def set_up(run: ModuleType, **fields: object) -> None:
    """Lay a finished environment, as set-up leaves it."""
    run.BIN.mkdir(parents=True, exist_ok=True)
    run.PYTHON.touch()
    run.STAMP.write_text(json.dumps({"made_from": run.fingerprint(run.ROOT), "qt": True, **fields}))


# The environment: once, and again only when it has to be


def test_a_finished_environment_is_used_as_it_is(run: ModuleType, machine: Machine) -> None:
    set_up(run)

    run.make_environment()

    assert machine.commands == []


@pytest.mark.parametrize("cut_short", ["before pip ended", "while the stamp was written", "with its Python gone"])
def test_a_set_up_that_was_cut_short_is_started_again(run: ModuleType, cut_short: str) -> None:
    set_up(run)
    if cut_short == "before pip ended":
        run.STAMP.unlink()
    elif cut_short == "while the stamp was written":
        run.STAMP.write_text(run.STAMP.read_text()[:20])
    else:
        run.PYTHON.unlink()

    assert not run.is_ready()


@pytest.mark.parametrize(
    ("file", "text"), [("requirements.lock", "a==2\n"), ("pyproject.toml", TOML.replace('"a"', '"a", "b"'))]
)
def test_another_lock_or_dependency_sets_up_again(run: ModuleType, file: str, text: str) -> None:
    set_up(run)

    (run.ROOT / file).write_text(text)

    assert not run.is_ready()


def test_a_linters_setting_does_not_set_up_again(run: ModuleType) -> None:
    set_up(run)

    (run.ROOT / "pyproject.toml").write_text(TOML.replace("120", "100"))

    assert run.is_ready()


def test_a_checkout_that_was_moved_sets_up_again(run: ModuleType, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in ("pyproject.toml", "requirements.lock"):
        (elsewhere / name).write_text((run.ROOT / name).read_text())

    assert run.fingerprint(elsewhere) != run.fingerprint(run.ROOT)


def test_without_a_network_one_sentence_says_so_with_the_last_words_of_pip(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    words = "".join(f"line {number}\n\n" for number in range(40)) + "ERROR: No matching distribution\n"
    monkeypatch.setattr(run, "pip_install", lambda _: (1, words))

    assert run.main(["setup"]) == 4

    said = capfd.readouterr().err
    assert "pip could not install the packages (is there a network?)" in said
    assert said.count("line ") == 7
    assert "ERROR: No matching distribution" in said
    assert not run.is_ready()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Collecting babel>=2.18\n", ""),
        ("  Downloading babel-2.18.0-py3-none-any.whl (10.2 MB)\n", "fetching babel (10 MB)"),
        ("  Downloading https://mirror/x/PySide6_Essentials-6.11.3-cp310-abi3.whl (80.5 MB)\n", "fetching PySide6_Ess"),
        ("  Downloading mako-1.4.3-py3-none-any.whl (78 kB)\n", ""),
        ("  Downloading click-8.5.1-py3-none-any.whl (1.2 MB)\n", ""),
        ("Installing collected packages: tzdata, mako\n", "unpacking"),
    ],
)
def test_only_what_takes_long_is_shown(run: ModuleType, line: str, shown: str) -> None:
    progress = run.pip_progress(line)

    assert progress.startswith(shown)
    assert bool(progress) == bool(shown)


# The system: installed where that is allowed, otherwise the one line to type


def test_what_qt_needs_is_installed_once_and_remembered(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run, qt=False)
    answers = iter(["libGL.so.1: cannot open shared object file", ""])
    monkeypatch.setattr(run, "qt_trouble", lambda: next(answers))

    run.ensure_system_packages({})
    run.ensure_system_packages({})

    update, install = machine.commands
    assert update.startswith("apt-get update")
    assert "apt-get install -y --no-install-recommends qt6-qpa-plugins libqt6printsupport6 libgl1" in install


def test_only_missing_programs_are_installed_for_the_tests(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program in ("Xvfb", "openbox") else program)

    run.ensure_system_packages(run.TEST_PACKAGES)

    assert " xvfb openbox " in machine.commands[-1]
    assert "xdotool" not in machine.commands[-1]


def test_a_browser_is_installed_where_everything_is_tried_and_elsewhere_a_line_says_how(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program.startswith("chrom") else program)
    said: list[str] = []
    monkeypatch.setattr(run, "say", said.append)
    monkeypatch.setattr(run.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0))

    run.ensure_system_packages(run.BROWSER_PACKAGES)
    run.run_tests(["tests/domain"])

    assert " chromium chromium-driver " in machine.commands[1]
    assert [line for line in said if line.startswith("browser:")] == [
        "browser: not tried without Chromium: apt-get install --no-install-recommends chromium chromium-driver"
    ]


def test_a_database_server_is_installed_without_one_of_the_system_being_started(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program == "initdb" else program)

    run.ensure_system_packages(run.TEST_PACKAGES)

    _, before, install, after = machine.commands
    assert before.endswith(f"echo create_main_cluster = false > {run.NO_CLUSTER}")
    assert " postgresql " in install
    assert after == f"rm -f {run.NO_CLUSTER}"


def test_a_database_server_that_is_off_the_path_is_found(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program == "initdb" else program)
    (run.SERVERS / "17" / "bin").mkdir(parents=True)
    (run.SERVERS / "17" / "bin" / "initdb").touch()

    run.ensure_system_packages(run.TEST_PACKAGES)

    assert machine.commands == []


def test_a_person_without_rights_is_shown_the_one_line(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)
    machine.failing["sudo -n true"] = "sudo: a password is required"

    with pytest.raises(run.Trouble, match=r"\n  sudo apt-get install -y --no-install-recommends libgl1$"):
        run.install(["libgl1"], "Qt is missing.")

    assert machine.commands == ["sudo -n true"]


def test_a_sudo_that_asks_nothing_is_used(run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.os, "geteuid", lambda: 1000, raising=False)

    run.install(["libgl1"], "Qt is missing.")

    assert machine.commands[-1].startswith("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install -y ")


def test_another_system_is_shown_what_to_look_for(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda _: None)

    with pytest.raises(run.Trouble, match="what your system calls these Debian packages: libgl1"):
        run.install(["libgl1"], "Qt is missing.")


# What the command line starts


@pytest.mark.parametrize(
    ("arguments", "passed_on"),
    [
        ([], ["--demo"]),
        (["quota", "check", "a file.json"], ["quota", "check", "a file.json"]),
        (["--data", "shop", "sale", "ring", "-"], ["--data", "shop", "sale", "ring", "-"]),
        (["--demo", "report", "day"], ["--demo", "report", "day"]),
        (["sale", "--help"], ["sale", "--help"]),
    ],
)
def test_the_till_is_opened_on_the_demo_shop_and_commands_pass_through(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, arguments: list[str], passed_on: list[str]
) -> None:
    set_up(run)
    started: list[list[str]] = []

    def become(command: list[str]) -> int:
        started.append(command)
        return 3

    monkeypatch.setattr(run, "become", become)

    assert run.main(arguments) == 3

    assert started == [[str(run.PYTHON), str(run.ROOT / "main.py"), *passed_on]]


def test_a_command_without_a_window_needs_no_qt(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run, qt=False)
    monkeypatch.setattr(run, "become", lambda _: 0)
    monkeypatch.setattr(run, "qt_trouble", lambda: pytest.fail("Qt was asked"))

    assert run.main(["quota", "check", "-"]) == 0


def test_help_needs_no_set_up(run: ModuleType, machine: Machine, capfd: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--help"]) == 0

    assert "./run test" in capfd.readouterr().out
    assert machine.commands == []


def test_an_old_python_is_refused_in_one_sentence(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.sys, "version_info", (3, 9, 2, "final", 0))

    assert run.main([]) == 4

    assert capfd.readouterr().err == "Border POS needs Python 3.11 or newer; this is Python 3.9.\n"


def test_every_check_runs_and_the_first_failure_is_the_exit_code(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up(run)
    machine.failing[f"{run.BIN}/mypy"] = "pos/cart.py:3: error\n"
    pytest_arguments: list[str] = []

    def tests(command: list[str], **options: object) -> subprocess.CompletedProcess[str]:
        pytest_arguments.extend(command)
        return subprocess.CompletedProcess(command, -11)

    monkeypatch.setattr(run.subprocess, "run", tests)

    assert run.main(["test", "-k", "quota"]) == 1

    tools = [command.removeprefix(f"{run.BIN}/") for command in machine.commands]
    assert tools == ["ruff format --check . run", "ruff check . run", "mypy", "lint-imports --no-logo"]
    assert pytest_arguments[1:] == ["-m", "pytest", "-q", "-n", "auto", "-k", "quota"]
    said = capfd.readouterr()
    assert said.out == "pos/cart.py:3: error\n"
    assert said.err.split("\n") == ["format", "lint", "types", "imports", "tests", ""]


def test_a_test_run_ended_by_a_signal_says_so_as_a_shell_would(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, -11))

    assert run.run_tests([]) == 139


@pytest.mark.parametrize(("ci", "gets_wine"), [("1", True), ("", False)])
def test_wine_is_installed_in_ci_and_nowhere_else(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, ci: str, gets_wine: bool
) -> None:
    set_up(run)
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program in run.WINE_PACKAGES else program)
    monkeypatch.setattr(run, "run_tests", lambda _: 0)

    assert run.main(["test"]) == 0

    assert any(" wine " in command for command in machine.commands) is gets_wine


def test_where_wine_cannot_be_installed_all_else_is_checked(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    set_up(run)
    monkeypatch.setenv("CI", "1")
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program == "wine" else program)
    machine.failing["env DEBIAN_FRONTEND=noninteractive apt-get install"] = "E: Unable to locate package wine\n"
    monkeypatch.setattr(run.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0))

    assert run.main(["test"]) == 0

    said = capfd.readouterr().err
    assert "E: Unable to locate package wine" in said
    assert "windows: not tried without Wine" in said


def test_a_machine_without_wine_says_how_to_get_it_and_goes_on(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run.shutil, "which", lambda program: None if program in ("wine", "makensis") else program)

    assert run.try_on_windows() == 0

    assert machine.commands == []
    assert capfd.readouterr().err == (
        "windows: not tried without Wine: apt-get install --no-install-recommends wine nsis\n"
    )


def test_a_till_that_does_not_sell_on_windows_fails_the_run_in_its_own_words(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    machine.failing[f"{run.PYTHON} -m tools.wine check"] = "the sale did not come in 30 seconds\n"
    monkeypatch.setattr(run.subprocess, "run", lambda command, **_: subprocess.CompletedProcess(command, 0))

    assert run.run_tests([]) == 1

    assert capfd.readouterr().out == "the sale did not come in 30 seconds\n"


def test_a_trial_on_windows_that_cannot_begin_says_why_and_is_no_failure(
    run: ModuleType, machine: Machine, capfd: pytest.CaptureFixture[str]
) -> None:
    machine.code = run.TROUBLE
    machine.failing[f"{run.PYTHON} -m tools.wine check"] = "pip could not fetch the wheels for Windows\n"

    assert run.try_on_windows() == 0

    said = capfd.readouterr()
    assert said.out == ""
    assert said.err == ("windows\nwindows: not tried. Its last words:\n  pip could not fetch the wheels for Windows\n")


def test_the_audit_is_a_command_of_its_own_and_no_part_of_the_tests(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(run)
    became: list[list[str]] = []

    def become(command: list[str]) -> int:
        became.append(command)
        return 0

    monkeypatch.setattr(run, "become", become)

    assert run.main(["audit"]) == 0
    assert became == [[str(run.PYTHON), "-m", "tools.audit"]]
    assert "audit" not in run.CHECKS
