"""A till from its installer to its end, on Windows' own program under Wine: installed, sold from, killed, updated,
taken away.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3

from tools.real_screen import RealScreen, wait_for
from tools.wine.wine import Windows, build_stand_in

_SETTLE = 2.5
"""Seconds for pages that are built after the first paint."""
_CHOCOLATE, _PERFUME = "4870204320145", "8801204309072"
_PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
_IN_USE = 5
Report = Callable[[str], None]


class NotAsPromised(Exception):
    """The program did something else than it should; says what."""


class Journey:
    """The steps, on one Windows and one screen. Each raises NotAsPromised, or DidNotCome."""

    def __init__(self, windows: Windows, screen: RealScreen, pictures: Path, report: Report) -> None:
        self._windows, self._screen, self._pictures, self._report = windows, screen, pictures, report
        user = windows.drive_c / "users" / windows.environment.get("USER", "root")
        self._program = user / "AppData" / "Local" / "Programs" / "Border POS"
        self._shop = windows.drive_c / "лавка 铺子" / "till 1"
        self._shop_there = "C:\\лавка 铺子\\till 1"
        pictures.mkdir(parents=True, exist_ok=True)

    def install(self, installer: Path) -> None:
        """Install it silently, for this user."""
        began = time.monotonic()
        code = self._started(str(installer), "/S", "/CurrentUser").wait(300)
        _expect(code == 0 and (self._program / "border-pos.exe").exists(), f"the installer ended with {code}")
        build_stand_in(self._program / "lib" / "PySide6")
        self._report(f"installed silently in {time.monotonic() - began:.0f} s: {self._command('--version').strip()}")

    def sell_by_command(self) -> None:
        """A demo shop, found goods through a pipe, and its books."""
        found = json.loads(self._command("--demo", "product", "find", "牛奶"))
        _expect(bool(found) and "牛奶" in found[0]["names"]["zh"], str(found)[:300])
        self._verify()
        self._report("a new demo shop; 牛奶 is found through a pipe")

    def sell_by_keys(self, *, kill: bool = False) -> None:
        """Sign in, scan goods and a passport, pay; or be killed where the payment is on show."""
        before = self._events().count("sale")
        window = self._opened()
        try:
            self._sign_in()
            for code in (*[_CHOCOLATE] * 3, _PERFUME):
                self._screen.type(code)
                self._screen.press("Return")
            for number in range(5):  # a busy machine tears a scan in two, and the cashier scans once more
                self._show_passport()
                self._screen.press("F12")
                time.sleep(_SETTLE)
                self._picture(f"payment-{number}")
                if kill:
                    return
                self._screen.press("F12")
                time.sleep(_SETTLE)
                if self._events().count("sale") > before:
                    break
            wait_for(lambda: self._events().count("sale") == before + 1, "the sale")
            time.sleep(_SETTLE)
            self._picture("paid")
        finally:
            self._end(window)
        self._verify()
        self._report("sold by keys in the window")

    def is_killed_in_a_payment(self) -> None:
        """The program ends in the midst of a payment; the basket is there at the next start."""
        sales = self._events().count("sale")
        self.sell_by_keys(kill=True)
        _expect(self._events().count("sale") == sales, "a killed payment was recorded")
        window = self._opened()
        try:
            self._sign_in()
            self._picture("after-the-kill")
        finally:
            self._end(window)
        self._verify()
        self._report("killed in the midst of a payment: nothing recorded, the books verify")

    def update(self, installer: Path) -> None:
        """The installer refuses while a window is open, and installs when it is closed."""
        window = self._opened()
        try:
            code = self._started(str(installer), "/S", "/CurrentUser").wait(300)
            _expect(code == _IN_USE, f"over an open window the installer ended with {code}")
        finally:
            self._end(window)
        self.install(installer)
        self._verify()
        self._report("an update waits until the window is closed; the books verify")

    def take_away(self) -> None:
        """Nothing is left but the shop's folder."""
        self._started(str(self._program / "uninstall.exe"), "/S").wait(120)
        wait_for(lambda: not self._program.exists(), "the end of the uninstaller")
        _expect((self._shop / "shop.db").exists(), "the shop's folder is gone")
        self._report("uninstalled: nothing is left but the shop's folder")

    def _sign_in(self) -> None:
        wait_for(lambda: self._screen.ask("search", "--onlyvisible", "--name", "Border POS"), "the window", 90)
        time.sleep(2 * _SETTLE)
        self._screen.begin_at("Border POS")
        before = self._events().count("sign_in")
        self._screen.type("246810")
        self._screen.press("Return")
        wait_for(lambda: self._events().count("sign_in") > before, "the sign-in")
        time.sleep(_SETTLE)

    def _show_passport(self) -> None:
        for line in _PASSPORT:
            self._screen.scan(line)
        time.sleep(_SETTLE)

    def _opened(self) -> subprocess.Popen[bytes]:
        return self._started(
            str(self._program / "border-pos-window.exe"), "--data", self._shop_there, "--language", "zh"
        )

    def _end(self, window: subprocess.Popen[bytes]) -> None:
        self._windows.stop()
        window.wait(30)

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", *command],
            env=self._windows.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _command(self, *words: str) -> str:
        """What a command writes. Raises NotAsPromised where it fails."""
        command = ["wine", str(self._program / "border-pos.exe"), "--data", self._shop_there, *words]
        done = subprocess.run(
            command, env=self._windows.environment, capture_output=True, encoding="utf-8", timeout=300, check=False
        )
        _expect(done.returncode == 0, f"{words}: {done.returncode}, {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout

    def _verify(self) -> None:
        said = self._command("verify")
        _expect(not said.strip(), said)  # it is silent when every ledger agrees with the facts

    def _events(self) -> list[str]:
        """What the journal says has happened, read from outside the program."""
        with closing(pysqlite3.connect(f"file:{self._shop / 'shop.db'}?mode=ro", uri=True)) as store:
            return [event for (event,) in store.execute("SELECT act FROM journal")]

    def _picture(self, name: str) -> None:
        self._screen.picture(self._pictures / f"{name}.png")


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise NotAsPromised(otherwise)
