"""Every test runs without a screen, away from the person's own files, and the same way each time."""

from __future__ import annotations

import atexit
import gc
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Engine
from sqlalchemy.util import LRUCache

from db.center.own_server import programs
from pos.domain.border import Border, use_border
from tests.horgos import HORGOS, border_named
from tests.not_on_windows import reason_of
from tests.postgres_server import Server, shared_server

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPixmap
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot
    from xdist.remote import Producer
    from xdist.scheduler import WorkStealingScheduling

pytest_plugins = ["tests.shops"]
if os.environ.get("BORDER_POS_TESTS_ON") == "postgresql":
    pytest_plugins.append("tests.all_on_postgres")

_build = Path(__file__).resolve().parents[1] / "build"
if sys.platform == "win32":
    _build.mkdir(exist_ok=True)
HOME = Path(tempfile.mkdtemp(prefix="border-pos-tests-", dir=_build if sys.platform == "win32" else None))
atexit.register(shutil.rmtree, HOME, ignore_errors=True)
_OFTEN_ENOUGH = 20_000
"""New objects after which the collector looks for garbage."""
_RUN = "BORDER_POS_TEST_RUN"
_leader, _, _folder = os.environ.get(_RUN, "").partition(":")
_is_worker = sys.platform != "win32" and "PYTEST_XDIST_WORKER" in os.environ
_is_worker = _is_worker and _leader == str(os.getppid())  # and no program that a test has started
_is_on_server = os.environ.get("BORDER_POS_TESTS_ON") == "postgresql"  # of which each worker has its own
SHARED = Path(_folder) if _is_worker and not _is_on_server else HOME
"""The folder of all workers of this run."""
if not _is_worker:
    os.environ[_RUN] = f"{os.getpid()}:{HOME}"
# A test that forgets to say where the shop's folder is must not find the shop of the person who runs it.
folders = {"HOME": "", "XDG_DATA_HOME": "data", "XDG_CONFIG_HOME": "config", "XDG_STATE_HOME": "state"}
folders |= {"XDG_CACHE_HOME": "cache", "WIN_PD_OVERRIDE_LOCAL_APPDATA": "data"}

if "BORDER_POS_REAL_WINDOW" in os.environ:  # the screen's own keys stay where they are
    os.environ.setdefault("XAUTHORITY", str(Path.home() / ".Xauthority"))
else:
    folders |= {"XDG_RUNTIME_DIR": "runtime"}
    # Before Qt is imported: it reads this once. Without a screen of its own the window would be that of a small tablet.
    SCREEN = HOME / "screen.json"
    SCREEN.write_text(json.dumps({"screens": [{"name": "till", "x": 0, "y": 0, "width": 1366, "height": 768,
                                               "logicalDpi": 96, "dpr": 1}]}), encoding="utf-8")  # fmt: skip
    # Qt takes a colon for the end of the name: on Windows the file is on the drive of the run, and named without it.
    os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={SCREEN.as_posix().removeprefix(SCREEN.drive)}"

if sys.platform == "win32":  # where this Qt looks for fonts in a folder, and Qt itself brings none
    os.environ["QT_QPA_FONTDIR"] = str(_build.parent / "resources" / "fonts")
for variable, folder in folders.items():
    (HOME / folder).mkdir(mode=0o700, exist_ok=True)
    os.environ[variable] = str(HOME / folder)

# On a busy machine a deadline fails a good test; a seed that changes fails someone else's change.
settings.register_profile(
    "ci", deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("explore", settings.get_profile("ci"), derandomize=False, max_examples=2_000)
settings.load_profile("ci")

# Every test opens a store of its own, and each engine would compile every statement of the program again: a third of
# the whole run. All of them speak one SQLite, or one PostgreSQL, so they may share what was compiled.
COMPILED: LRUCache[object, object] = LRUCache(4_000)
setattr(Engine, "_compiled_cache", property(lambda _engine: COMPILED, lambda _engine, _cache: None))  # noqa: B010
for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
    setattr(dialect, "__hash__", lambda dialect: hash(type(dialect)))  # noqa: B010
    setattr(dialect, "__eq__", lambda one, other: type(one) is type(other))  # noqa: B010


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than cores: a test that waits for a server or for a program of its own leaves its core to it."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return cores + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WorkStealingScheduling:
    """Neighbours stay at one worker, which makes their template once; one that has nothing left takes from another."""
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log)


if sys.platform == "win32":

    def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
        """Pass over the files that need what Windows lacks: some cannot even be imported there."""
        named = collection_path.relative_to(config.rootpath).as_posix()
        return True if reason_of(named) else None

    def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
        """Leave out single tests of that kind, and say how many."""
        left_out = [item for item in items if reason_of(item.nodeid)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_collection() -> None:
    """Look for no garbage while thousands of tests are read, of which all stay."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave them out of each search for garbage from now on, and search less often: a shop is many objects at once."""
    gc.freeze()
    gc.set_threshold(_OFTEN_ENOUGH)
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def new_stores() -> Iterator[None]:
    """Migrations run for one new store of the run; a test that makes another one copies its tables."""
    from tests.new_stores import tables_made_once

    with tables_made_once():
        yield


@pytest.fixture(scope="session")
def server() -> Server:
    """A PostgreSQL server of this worker. `./run test` installs one wherever it can install anything."""
    if programs() is None:
        pytest.skip("no PostgreSQL server on this machine (Debian: apt-get install postgresql)")
    return shared_server()


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> Iterator[QApplication]:
    """In place of pytest-qt's: an icon is drawn once for all windows of all tests."""
    from pos.ui.look.icons import Icons

    begin = Icons.__init__
    drawn: dict[Path, tuple[dict[str, str], dict[tuple[str, str, int, float], QPixmap]]] = {}

    def begin_with_the_drawn(icons: Icons, folder: Path, colour_of: Callable[[str], QColor]) -> None:
        begin(icons, folder, colour_of)
        icons._sources, icons._pixmaps = drawn.setdefault(folder, ({}, {}))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Icons, "__init__", begin_with_the_drawn)
        yield qapp
    drawn.clear()  # no picture may outlive the application


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """In place of pytest-qt's: it goes on at once."""
    from tests.prompt_bot import PromptBot  # most tests never import Qt

    return PromptBot(request)


@pytest.fixture
def at_border() -> Iterator[Callable[[str], Border]]:
    """Lets a test stand at another border, by its id; all others stand at Horgos."""

    def go(name: str) -> Border:
        border = border_named(name)
        use_border(border)
        return border

    yield go
    use_border(HORGOS)


@pytest.fixture(autouse=True)
def no_window_left() -> Iterator[None]:
    """Delete what a test has left of its windows: each one gets every font and palette of the tests after it.

    Nothing else deletes a window: its tests' `deleteLater` waits for an event loop that never comes.
    """
    yield
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        if window.parent() is None:
            window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.set_threshold(_OFTEN_ENOUGH)  # a window that has built its pages lets it look as is best for a till
