"""A real window on a real X server: a scanner's keys from outside the program, whatever has the focus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pysqlite3
import pytest

import main
from pos.application.options import Options

ROOT = Path(main.__file__).parent
CHOCOLATE = "4870204320145"
PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
_ENTER = "36"
_SETTLE = 2.5  # seconds for pages that are built after the first paint, on a busy machine

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the X server of this test is Xvfb, which runs on Linux only"
)


@pytest.fixture
def screen() -> Iterator[dict[str, str]]:
    """An X server of its own with a window manager; the environment in which programs see it."""
    missing = [name for name in ("Xvfb", "openbox", "xdotool") if shutil.which(name) is None]
    assert not missing, f"`./run test` installs {missing}"
    with ExitStack() as stack:
        read, write = os.pipe()
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=(write,),
            stderr=subprocess.DEVNULL,
        )
        stack.callback(_end, server)
        os.close(write)
        with os.fdopen(read) as said:
            number = said.readline().strip()
        environment = {**os.environ, "DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "LANG": "C.UTF-8"}
        environment.pop("XAUTHORITY", None)
        manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        stack.callback(_end, manager)
        yield environment


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(10)


def _do(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(["xdotool", *words], env=environment, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout.strip()


def _positions(text: str) -> list[str]:
    """Key codes of a US keyboard for `text` and Enter: what a scanner's cable sends, whatever the layout is."""
    rows = {10: "1234567890", 24: "QWERTYUIOP", 38: "ASDFGHJKL", 52: "ZXCVBNM"}
    codes = {sign: str(first + place) for first, row in rows.items() for place, sign in enumerate(row)}
    return [*(f"shift+{codes[c]}" if c.isalpha() else codes.get(c, "shift+59") for c in text), _ENTER]


def _scan(screen: dict[str, str], text: str) -> None:
    _do(screen, "key", "--delay", "4", *_positions(text))


def test_a_sale_by_keys_alone_under_a_russian_layout(screen: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=100).close()
    program = subprocess.Popen(
        [sys.executable, str(ROOT / "main.py"), "--data", str(folder)],
        env=screen,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        _wait_for(lambda: _do(screen, "search", "--onlyvisible", "--name", "Border POS"), "the window")
        window = _do(screen, "search", "--onlyvisible", "--name", "Border POS").split("\n")[0]
        time.sleep(_SETTLE)
        _do(screen, "windowactivate", "--sync", window)
        _do(screen, "type", "--delay", "120", "246810")
        _do(screen, "key", "Return")
        _wait_for(lambda: "sign_in" in _acts(folder), "the sign-in")
        time.sleep(_SETTLE)
        subprocess.run(["setxkbmap", "ru"], env=screen, check=True)
        for _ in range(10):
            _scan(screen, CHOCOLATE)
        for line in PASSPORT:
            _scan(screen, line)
        time.sleep(_SETTLE)
        _do(screen, "key", "F12")
        time.sleep(1)
        _do(screen, "key", "F12")
        _wait_for(lambda: "sale" in _acts(folder), "the sale")
    finally:
        program.terminate()
        _, said = program.communicate(timeout=20)
    assert b"Traceback" not in said
    shop = main.build(Options(data=folder), quick_pins=True)
    try:
        sale = shop.show_sale("T1-000001")
        assert [(line.code, line.quantity) for line in sale.lines] == [(CHOCOLATE, 10)]
        assert [visitor.masked for visitor in sale.visitors] == ["E••••••01"]
        assert shop.verify_books() == []
    finally:
        shop.close()


def _acts(folder: Path) -> list[str]:
    """What the journal says has happened, read as an accountant's tool would: from outside the program."""
    with closing(pysqlite3.connect(f"file:{folder / 'shop.db'}?mode=ro", uri=True)) as store:
        return [act for (act,) in store.execute("SELECT act FROM journal")]


def _wait_for(what: Callable[[], object], name: str, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, f"{name} did not come in {seconds} seconds"
        time.sleep(0.2)
