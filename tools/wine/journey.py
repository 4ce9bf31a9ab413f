"""A till from its installer to its end, on Windows' own program under Wine: installed, updated with an older store in
use, sold from by keys, killed, counted, taken away.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

import pysqlite3
import zxingcpp
from pypdfium2 import PdfDocument

from tests.next_version import set_back
from tools.real_screen import RealScreen, wait_for
from tools.wine.wine import Windows, build_stand_in

_CHOCOLATE, _PERFUME = "4870204320145", "8801204309072"
_PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
_CURRENCIES = 5
_NEW_CELLS = 0.7
"""Seconds after which a key counts for the cells of the next currency."""
_IN_USE, _NOT_SHARED = 5, 6
"""Exit codes of the installer."""
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
        self._window: subprocess.Popen[bytes] | None = None
        pictures.mkdir(parents=True, exist_ok=True)

    def install(self, installer: Path) -> None:
        """Install it silently, for this user."""
        began = time.monotonic()
        code = self._started(str(installer), "/S", "/CurrentUser").wait(300)
        _expect(code == 0 and (self._program / "border-pos.exe").exists(), f"the installer ended with {code}")
        build_stand_in(self._program / "lib" / "PySide6")
        self._report(f"installed silently in {time.monotonic() - began:.0f} s: {self._command('--version').strip()}")

    def found_a_shop(self) -> None:
        """A demo shop by a command; its goods are found through a pipe."""
        found = json.loads(self._command("--demo", "product", "find", "牛奶"))
        _expect(bool(found) and "牛奶" in found[0]["names"]["zh"], str(found)[:300])
        self._report("a new demo shop; 牛奶 is found through a pipe")

    def update_an_older_store(self) -> None:
        """The shop is that of an older program; the first start of this one keeps a copy and updates it."""
        set_back(self._shop)
        self._verify()
        kept = list((self._shop / "backups").glob("shop_of-version-*.db"))
        _expect(len(kept) == 1, f"copies of the older store: {kept}")
        self._report(f"an older store is updated, with a copy as {kept[0].name}")

    def is_killed_in_a_payment(self) -> None:
        """Sign in, scan goods and a passport, go to the payment; there the program ends."""
        sales = self._count("sale")
        self._open()
        for code in (*[_CHOCOLATE] * 3, _PERFUME):
            self._screen.type(code, delay=40)
            self._screen.press("Return")
        self._show_passport()
        self._screen.press("F12")
        self._screen.wait_until_still()
        self._picture("1-killed-in-the-payment")
        self._kill()
        _expect(self._count("sale") == sales, "a killed payment was recorded")
        self._report("killed in the midst of a payment: nothing is recorded")

    def sell_by_keys(self) -> None:
        """The next start has the basket; it is paid, and the codes on the receipt can be read."""
        sales = self._count("sale")
        self._open()
        self._picture("2-the-basket-is-there")
        self._screen.press("F7")
        self._screen.wait_until_still()
        self._screen.press("Return")
        self._screen.wait_until_still()
        self._picture("3-continued")
        for _ in range(2):
            self._screen.press("F12")
            self._screen.wait_until_still()
        wait_for(lambda: self._count("sale") == sales + 1, "the sale")
        self._screen.wait_until_still()
        self._picture("4-paid")
        receipt = self._read_receipt()
        self._report(f"sold by keys in 中文; receipt {receipt} is a PDF whose codes can be read")

    def count_the_drawer(self) -> None:
        """Close the shift in the open window by a count of its drawer."""
        reports = self._count("close_shift")
        self._screen.press("ctrl+5")
        self._screen.wait_until_still()
        self._picture("5-shift")
        self._screen.press("F12")
        self._screen.wait_until_still()
        for number in range(2):  # what differs from the books is counted twice
            self._screen.type("7")
            self._screen.press("Return")
            for _ in range(_CURRENCIES):
                time.sleep(_NEW_CELLS)
                self._screen.press("F4")
            time.sleep(_NEW_CELLS)
            self._picture(f"6-count-{number}")
            self._screen.press("ctrl+Return")
            self._screen.wait_until_still()
        wait_for(lambda: self._count("close_shift") == reports + 1, "the Z report")
        self._picture("7-counted")
        self._report("the drawer is counted and the shift closed")

    def update_the_program(self, installer: Path, *, is_short: bool) -> None:
        """The installer refuses while a window is open, and installs when it is closed."""
        code = self._started(str(installer), "/S", "/CurrentUser").wait(300)
        _expect(code == _IN_USE, f"over an open window the installer ended with {code}")
        self._kill()
        if is_short:
            self._report("an update over an open window is refused")
            return
        left_by_an_older_one = self._program / "lib" / "pos" / "older_module.pyc"
        left_by_an_older_one.touch()
        self.install(installer)
        _expect(not left_by_an_older_one.exists(), "an update leaves modules of the program before")
        self._report("an update over an open window is refused; when it is closed, the program is replaced")

    def verify_the_books(self) -> None:
        """Every ledger agrees with the facts."""
        self._verify()
        self._report("the books verify")

    def take_away(self) -> None:
        """Nothing is left but the shop's folder."""
        self._started(str(self._program / "uninstall.exe"), "/S").wait(120)
        wait_for(lambda: not self._program.exists(), "the end of the uninstaller")
        _expect((self._shop / "shop.db").exists(), "the shop's folder is gone")
        self._report("uninstalled: nothing is left but the shop's folder")

    def share_a_shop(self, installer: Path) -> None:
        """Install it for all users with one shop for them: that lies in ProgramData, stays, and is never made twice."""
        code = self._started(str(installer), "/S", "/CurrentUser", "/SHARED").wait(300)
        _expect(code == _NOT_SHARED, f"one user's shop for all: the installer ended with {code}")
        code = self._started(str(installer), "/S", "/AllUsers", "/SHARED").wait(300)
        program = self._windows.drive_c / "Program Files" / "Border POS"
        _expect(code == 0 and (program / "border-pos.exe").exists(), f"for all users the installer ended with {code}")
        data = self._windows.drive_c / "ProgramData"
        entries = sorted(entry.stem for entry in (data / "Microsoft").rglob("Border POS/*.lnk"))
        _expect(entries == ["Border POS", "Border POS (demo shop)"], f"entries of the start menu: {entries}")
        self._command("product", "find", "x", program=program, options=())
        shared = data / "border-pos"
        _expect((shared / "shop.db").exists(), "the shop of all users is somewhere else")
        self._started(str(program / "uninstall.exe"), "/S").wait(120)
        wait_for(lambda: not program.exists(), "the end of the uninstaller")
        _expect((shared / "shop.db").exists(), "the shop of all users is gone")
        self._report("installed for all users with one shop for them; uninstalled, and the shop stays")

    def _open(self) -> None:
        """Open the window and sign in."""
        began, window = time.monotonic(), str(self._program / "border-pos-window.exe")
        self._window = self._started(window, "--data", self._shop_there, "--language", "zh")
        wait_for(lambda: self._screen.ask("search", "--onlyvisible", "--name", "Border POS"), "the window", 90)
        self._report(f"the window stands after {time.monotonic() - began:.1f} s")
        self._screen.wait_until_still(2)
        self._screen.begin_at("Border POS")
        before = self._count("sign_in")
        self._screen.type("246810", delay=100)
        self._screen.press("Return")
        wait_for(lambda: self._count("sign_in") > before, "the sign-in")
        self._screen.wait_until_still(2)  # what was left at a stop is read behind the page

    def _show_passport(self) -> None:
        for line in _PASSPORT:
            self._screen.scan(line)
        self._screen.wait_until_still()

    def _kill(self) -> None:
        self._windows.stop()
        if self._window is not None:
            self._window.wait(30)

    def _started(self, *command: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            ["wine", *command],
            env=self._windows.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _command(self, *words: str, program: Path | None = None, options: Sequence[str] | None = None) -> str:
        """What a command writes. Raises NotAsPromised where it fails."""
        given = ("--data", self._shop_there) if options is None else options
        command = ["wine", str((program or self._program) / "border-pos.exe"), *given, *words]
        done = subprocess.run(
            command, env=self._windows.environment, capture_output=True, encoding="utf-8", timeout=300, check=False
        )
        _expect(done.returncode == 0, f"{words}: {done.returncode}, {done.stdout[-500:]}{done.stderr[-500:]}")
        return done.stdout

    def _verify(self) -> None:
        said = self._command("verify")
        _expect(not said.strip(), said)  # it is silent when every ledger agrees with the facts

    def _count(self, act: str) -> int:
        """How often the journal says that it has happened, read from outside the program."""
        with closing(pysqlite3.connect(f"file:{self._shop / 'shop.db'}?mode=ro", uri=True)) as store:
            counted = store.execute("SELECT count(*) FROM journal WHERE act = ?", (act,)).fetchone()
            return int(counted[0])

    def _read_receipt(self) -> str:
        """The number of the newest receipt, read from the bars on its PDF; its QR code is there too."""
        drawn = sorted((self._shop / "receipts").rglob("*.pdf"), key=lambda file: file.stat().st_mtime)
        _expect(bool(drawn), "no receipt was drawn")
        number = drawn[-1].stem
        page = PdfDocument(drawn[-1])[0].render(scale=4).to_pil()
        codes = [code.text for code in zxingcpp.read_barcodes(page)]
        is_whole = number in codes and any(code.startswith("BPOS1|") for code in codes)
        _expect(is_whole, f"the codes of receipt {number} are {codes}")
        return number

    def _picture(self, name: str) -> None:
        self._screen.picture(self._pictures / f"{name}.png")


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise NotAsPromised(otherwise)
