"""The bundle on a real X server, with nothing in its environment: a scanner's keys from outside the program."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3
import pytest

import main
from pos import __version__
from pos.application.settings.options import Options
from tools.bundle.plan import ROOT
from tools.real_screen import RealScreen, real_screen, wait_for

CHOCOLATE = "4870204320145"
PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
_GAP_MS = 100  # xdotool on a busy machine is no quick scanner
_SETTLE = 2.5  # seconds for pages that are built after the first paint, on a busy machine

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="the X server of this test is Xvfb, which runs on Linux only"
)


@pytest.fixture
def screen() -> Iterator[RealScreen]:
    with real_screen() as screen:
        yield screen


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """The program as a shop gets it, built and then carried to another place."""
    folder = tmp_path / "built"
    subprocess.run([sys.executable, "-m", "tools.bundle", "--unpacked", folder], cwd=ROOT, check=True)
    return next(folder.iterdir()).rename(tmp_path / "carried here") / "border-pos"


def test_the_bundle_sells_by_keys_alone_under_a_russian_layout(
    bundle: Path, screen: RealScreen, tmp_path: Path
) -> None:
    folder = tmp_path / "shop"
    main.build(Options(data=folder, demo=True), quick_pins=True, demo_size=100).close()
    _ask(bundle, "--data", folder, "settings", "set", "scanner_gap_ms", str(_GAP_MS))
    program = subprocess.Popen(
        [bundle, "--data", folder],
        env={**_nothing(tmp_path), "DISPLAY": screen.environment["DISPLAY"]},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        wait_for(lambda: screen.ask("search", "--onlyvisible", "--name", "Border POS"), "the window")
        time.sleep(_SETTLE)
        screen.begin_at("Border POS")
        screen.type("246810")
        screen.press("Return")
        wait_for(lambda: "sign_in" in _events(folder), "the sign-in")
        time.sleep(_SETTLE)
        subprocess.run(["setxkbmap", "ru"], env=screen.environment, check=True)
        for _ in range(10):
            screen.scan(CHOCOLATE)
        for line in PASSPORT:
            screen.scan(line)
        time.sleep(_SETTLE)
        screen.press("F12")
        time.sleep(_SETTLE)
        screen.press("F12")
        wait_for(lambda: "sale" in _events(folder), "the sale")
        wait_for(lambda: list(folder.glob("receipts/**/*.pdf")), "the receipt")
    finally:
        program.terminate()
        _, said = program.communicate(timeout=20)
    assert said == b""
    shop = main.build(Options(data=folder), quick_pins=True)
    try:
        sale = shop.show_sale("T1-000001")
        assert [(line.code, line.quantity) for line in sale.lines] == [(CHOCOLATE, 10)]
        assert [visitor.masked for visitor in sale.visitors] == ["E••••••01"]
    finally:
        shop.close()
    assert _ask(bundle, "--version") == f"border-pos {__version__}\n"
    assert _ask(bundle, "--data", folder, "verify") == ""


def _ask(bundle: Path, *words: str | Path) -> str:
    """What a command of the bundle prints."""
    done = subprocess.run([bundle, *words], env=_nothing(bundle.parents[1]), capture_output=True, text=True, check=True)
    assert done.stderr == ""
    return done.stdout


def _nothing(home: Path) -> dict[str, str]:
    """An environment in which there is no Python and nothing else."""
    return {"PATH": str(home), "HOME": str(home), "LANG": "C.UTF-8"}


def _events(folder: Path) -> list[str]:
    """What the journal says has happened, read as an accountant's tool would: from outside the program."""
    with closing(pysqlite3.connect(f"file:{folder / 'shop.db'}?mode=ro", uri=True)) as store:
        return [event for (event,) in store.execute("SELECT act FROM journal")]
