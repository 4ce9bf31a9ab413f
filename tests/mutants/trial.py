"""Runs tests on one change at a time, each in a process of its own, forked when all tests are collected already.

The work tree stays as it is: what is changed is changed in the memory of the child only. A change inside a function is
put into that function where it stands. Any other (the constant of a module, the default of a field) stands in other
modules too by then, so its child loads everything again.
"""

from __future__ import annotations

import ast
import atexit
import json
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, FrameType, FunctionType, ModuleType
from typing import Any

import pytest
from hypothesis import Phase, settings

from tests.mutants.changes import Change, changed

OURS = ("pos", "db", "tests", "main")
MOST_MEMORY = 8 << 30
"""A loop without an end must not take the memory of the machine along."""
PROFILE = "mutants"
PYTEST: tuple[str, ...] = ("-q", "-n0", "-s", "--tb=short", "--no-header", f"--hypothesis-profile={PROFILE}")
PYTEST += ("-W", "ignore::pytest.PytestAssertRewriteWarning")

Function = tuple[str, str]
"""The file of a function, and its name there."""


@dataclass(slots=True)
class Known:
    """What a run without any change has shown. It may be kept in a file, since it takes as long as all the tests."""

    file: Path | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    """How long each test took."""
    reached: dict[str, list[Function]] = field(default_factory=dict)
    """The functions of the rules that each test came to."""

    def read(self) -> None:
        """Take what was kept, if anything was."""
        if self.file is not None and self.file.exists():
            kept = json.loads(self.file.read_text(encoding="utf-8"))
            self.seconds = kept["seconds"]
            self.reached = {test: [(path, name) for path, name in each] for test, each in kept["reached"].items()}

    def is_called(self, change: Change) -> bool:
        """Whether tests call the changed function. Others may run while a module is loaded, and never again."""
        return any((change.path, change.function) in each for each in self.reached.values())

    def add(self, outcome: Mapping[str, Any]) -> None:
        """Learn of more tests."""
        self.seconds |= outcome["seconds"]
        self.reached |= {test: [(path, name) for path, name in each] for test, each in outcome["reached"].items()}
        if self.file is not None:
            kept = json.dumps({"seconds": self.seconds, "reached": self.reached})
            self.file.write_text(kept, encoding="utf-8")


@dataclass(slots=True)
class Bench:
    """A plugin of pytest that tries changes where the tests would have run.

    `report` is called with each change in turn, with the test that noticed it, the reason why it could not go on, or
    nothing.
    """

    root: Path
    rules: str
    drawn: Sequence[Change]
    jobs: int
    report: Callable[[Change, str | None], None]
    known: Known = field(default_factory=Known)
    examples: int | None = None
    """How many are generated for a test that does not say so itself; None: as many as always."""
    _users_of: dict[str, frozenset[str]] = field(default_factory=dict)

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        """Find examples as always, or so many; make none of them smaller, since there is no reader for them."""
        _set_profile(self.examples)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Learn what the tests do when all is well, then try every change."""
        if session.testsfailed:
            return False  # pytest says what could not be loaded
        if self._learn(session.items):
            self._try(session.items)
        return True

    def _learn(self, items: Sequence[pytest.Item]) -> bool:
        self.known.read()
        new = [item for item in items if item.nodeid not in self.known.reached]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            _, status = os.waitpid(_forked(Path(folder), lambda: _learnt(new, self.root, self.rules)), 0)
            outcome = _outcome_of(Path(folder), status)
        if outcome["noticed"] is not None:
            sys.stderr.write(f"The tests fail without any change: {outcome['noticed']}\n")
            return False
        self.known.add(outcome)
        return True

    def _try(self, items: Sequence[pytest.Item]) -> None:
        waiting = list(reversed(self.drawn))
        running: dict[int, tuple[Change, Path]] = {}
        with tempfile.TemporaryDirectory(prefix="border-pos-mutants-", ignore_cleanup_errors=True) as folder:
            while waiting or running:
                while waiting and len(running) < self.jobs:
                    change, own_folder = waiting.pop(), Path(tempfile.mkdtemp(dir=folder))
                    running[_forked(own_folder, self._run_of(change, items))] = change, own_folder
                child, status = os.wait()
                change, own_folder = running.pop(child)
                self.report(change, _outcome_of(own_folder, status)["noticed"])

    def _run_of(self, change: Change, items: Sequence[pytest.Item]) -> Callable[[], Mapping[str, Any]]:
        """Choose the tests that come to the change, the likeliest first, and how to make it."""
        called = self.known.is_called(change)
        chosen = sorted(
            (item for item in items if self._concerns(change, called, item)), key=lambda item: self._rank(change, item)
        )
        usual = sum(self.known.seconds[item.nodeid] for item in chosen)
        how = _in_place if called else _loaded_again
        return lambda: how(self, change, chosen, int(20 + 4 * usual))

    def _concerns(self, change: Change, called: bool, item: pytest.Item) -> bool:
        reached = self.known.reached[item.nodeid]
        if called:
            return (change.path, change.function) in reached
        users = self._users(change)
        return str(item.path.relative_to(self.root)) in users or any(path in users for path, _ in reached)

    def _users(self, change: Change) -> frozenset[str]:
        """Find the files that name the module: what it defines without a function is used there."""
        users = self._users_of.get(change.module)
        if users is None:
            files = [file for folder in (self.rules, "tests") for file in (self.root / folder).rglob("*.py")]
            name = f"from {change.module} import"
            users = frozenset({change.path, *(
                file.relative_to(self.root).as_posix() for file in files if name in file.read_text(encoding="utf-8")
            )})  # fmt: skip
            self._users_of[change.module] = users
        return users

    def _rank(self, change: Change, item: pytest.Item) -> tuple[bool, bool, float]:
        own, room = f"test_{Path(change.path).name}", Path(change.path).parent.name
        return item.path.name != own, item.path.parent.name != room, self.known.seconds[item.nodeid]


def _learnt(items: Sequence[pytest.Item], root: Path, rules: str) -> Mapping[str, Any]:
    """Run every test; record how long each took and which functions it reached."""
    watch, reached = _Watch(), {}
    inside, at = f"{root / rules}{os.sep}", len(f"{root}{os.sep}")
    for item in items:
        codes: set[CodeType] = set()

        def note(frame: FrameType, _event: str, _what: object, codes: set[CodeType] = codes) -> None:
            codes.add(frame.f_code)

        sys.settrace(note)
        try:
            noticed = watch.first_failure([item])
        finally:
            sys.settrace(None)
        reached[item.nodeid] = sorted(
            {
                (code.co_filename[at:], _outermost(code.co_qualname))
                for code in codes
                if code.co_filename.startswith(inside)
            }
        )
        if noticed is not None:
            return {"noticed": noticed}
    return {"noticed": None, "seconds": watch.seconds, "reached": reached}


def _in_place(bench: Bench, change: Change, items: Sequence[pytest.Item], seconds: int) -> Mapping[str, Any]:
    _limit(seconds)
    try:
        put_in_place(bench.root, change)
        return {"noticed": _Watch().first_failure(items)}
    except Exception as error:  # noqa: BLE001 # the change broke the run itself
        return {"noticed": f"broke: {error!r}"}


def _loaded_again(bench: Bench, change: Change, items: Sequence[pytest.Item], seconds: int) -> Mapping[str, Any]:
    _limit(seconds)
    for name in [
        name for name in sys.modules if name.partition(".")[0] in OURS and not name.startswith("tests.mutants")
    ]:
        del sys.modules[name]
    sys.meta_path.insert(0, _Finder(bench.root, change))
    watch = _Again([item.nodeid for item in items], bench.examples)
    files = dict.fromkeys(item.nodeid.partition("::")[0] for item in items)
    code = pytest.main([*PYTEST, "-x", f"--rootdir={bench.root}", *files], plugins=[watch])
    if watch.failed is None and code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        return {"noticed": "does not load"}
    return {"noticed": watch.failed}


def put_in_place(root: Path, change: Change) -> None:
    """Give the function that stands in memory the code of the changed one."""
    source = (root / change.path).read_text(encoding="utf-8")
    module = sys.modules[change.module]
    code = compile(changed(source, change.nth), str(root / change.path), "exec", dont_inherit=True)
    new = [each for each in _codes(code) if each.co_qualname == change.function]
    old = _functions(module, change.function)
    if not new or len(new) != len(old):
        raise LookupError(f"{change.function}: {len(new)} in the file, {len(old)} in memory")
    for function, changed_code in zip(old, new, strict=True):
        function.__code__ = changed_code


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


def _functions(module: ModuleType, name: str) -> list[FunctionType]:
    """Find a function under whatever was wrapped around it: a property, a cache, a class method."""
    holder: Any = module
    *classes, last = name.split(".")
    for each in classes:
        holder = getattr(holder, each)
    attribute = vars(holder)[last]
    for inner in ("fget", "func", "__wrapped__", "__func__"):
        attribute = getattr(attribute, inner, attribute)
    return [attribute] if isinstance(attribute, FunctionType) else []


def _set_profile(examples: int | None) -> None:
    usual = settings.get_profile("ci")
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(PROFILE, usual, phases=phases, max_examples=examples or usual.max_examples)


def _outermost(name: str) -> str:
    return name.partition(".<locals>")[0]


def _forked(folder: Path, run: Callable[[], Mapping[str, Any]]) -> int:
    """Run this in a child, which leaves what it found in `folder`; its process number."""
    sys.stdout.flush()
    child = os.fork()
    if child:
        return child
    try:
        atexit._clear()  # the parent cleans up after itself
        output = os.open(folder / "output", os.O_WRONLY | os.O_CREAT)
        os.dup2(output, 1)
        os.dup2(output, 2)
        tempfile.tempdir = os.environ["TMPDIR"] = str(folder)
        _leave(folder, run())
    except BaseException:  # noqa: BLE001 # whatever it is, the parent must hear of it
        _leave(folder, {"noticed": f"broke: {traceback.format_exc(limit=-2)}"})
    finally:
        os._exit(0)


def _leave(folder: Path, outcome: Mapping[str, Any]) -> None:
    (folder / "found.json").write_text(json.dumps(outcome), encoding="utf-8")


def _outcome_of(folder: Path, status: int) -> dict[str, Any]:
    """Read what a child has left; one that was stopped had run out of time or memory."""
    file = folder / "found.json"
    if file.exists():
        read: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return read
    return {"noticed": f"stopped by {signal.Signals(os.WTERMSIG(status)).name}" if os.WIFSIGNALED(status) else "died"}


def _limit(seconds: int) -> None:
    """Stop this process after so many seconds of its own work, which a busy machine does not add to; or if it waits."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, resource.RLIM_INFINITY))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(20 * seconds)


class _Watch:
    """Runs tests one after the other and remembers how long each took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.failed: str | None = None

    def first_failure(self, items: Sequence[pytest.Item]) -> str | None:
        """Run until one fails; its name."""
        if not items:
            return None
        plugins = items[0].config.pluginmanager
        plugins.register(self)
        try:
            for item, after in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
                if self.failed is not None:
                    break
        finally:
            plugins.unregister(self)
        return self.failed

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0.0) + report.duration
        if report.failed and self.failed is None:
            self.failed = report.nodeid


class _Again(_Watch):
    """A plugin of a second pytest that runs the chosen tests in their order."""

    def __init__(self, order: Iterable[str], examples: int | None) -> None:
        super().__init__()
        self._examples = examples
        self._order = {test: at for at, test in enumerate(order)}

    @pytest.hookimpl(tryfirst=True)
    def pytest_configure(self) -> None:
        _set_profile(self._examples)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items.sort(key=lambda item: self._order.get(item.nodeid, len(self._order)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed and self.failed is None:
            self.failed = f"{report.nodeid} does not load"


class _Finder(MetaPathFinder):
    """Finds one module changed and leaves all others to the finders after it."""

    def __init__(self, root: Path, change: Change) -> None:
        self._path, self._change = root / change.path, change

    def find_spec(self, name: str, path: Any, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != self._change.module:
            return None
        return spec_from_file_location(name, self._path, loader=_Loader(name, self._path, self._change.nth))


class _Loader(SourceFileLoader):
    def __init__(self, name: str, path: Path, nth: int) -> None:
        super().__init__(name, str(path))
        self._nth = nth

    def get_code(self, fullname: str) -> CodeType:
        tree: ast.Module = changed(Path(self.path).read_text(encoding="utf-8"), self._nth)
        return compile(tree, self.path, "exec", dont_inherit=True)
