"""Sells from the bundle where there is no Python: installs it, rings by command and by keys, and reads the books."""

from __future__ import annotations

import json
import subprocess
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3

from tools.bundle.bare_root import HOME, BareRoot
from tools.bundle.plan import NAME, ROOT
from tools.real_screen import RealScreen, real_screen, wait_for

_PICTURES = ROOT / "dist" / "trial"
_PROGRAM = f"{HOME}/.local/bin/{NAME}"
_SHOP = f"{HOME}/shop"
_CHOCOLATE, _PERFUME = "4870204320145", "8801204309072"
_PASSPORT = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
_SALE = {
    "key": "trial-1",
    "cashier": "amina",
    "destination": "CN",
    "visitors": [{"id": "A", "residence": "CN", "entries": [], "document": {"mrz": list(_PASSPORT)}}],
    "lines": [{"code": "4870204321111", "quantity": 2}, {"code": _PERFUME, "quantity": 1}],
    "payments": [{"method": "cash", "currency": "CNY", "amount": "1600"}],
    "change_currency": "CNY",
}
_SETTLE = 2.5
"""Seconds for pages that are built after the first paint, on a busy machine."""
Report = Callable[[str], None]


class NotAsPromised(Exception):
    """The bundle did something else than it should; says what."""


def try_bundle(archive: Path, report: Report) -> int:
    """Try the archive in an empty root; 0 if all went well. Raises NotAsPromised, DidNotRun, DidNotCome."""
    _PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="border-pos-") as temporary:
        Path(temporary).chmod(0o755)  # the person inside is another one
        root = BareRoot(Path(temporary) / "root")
        root.folder.mkdir()
        report(f"a root of {root.furnish()} Debian packages, without Python")
        _install(root, archive, report)
        _sell_by_command(root, report)
        _start_without_a_screen(root, report)
        with real_screen() as screen:
            _sell_by_keys(root, screen, report)
        _run_many_tills(root, report)
        _take_away(root, report)
    return 0


def _install(root: BareRoot, archive: Path, report: Report) -> None:
    """Unpack and install; then once more, as an update does."""
    root.give(archive, archive.name)
    root.run("tar", "xzf", f"{HOME}/{archive.name}", "-C", HOME)
    unpacked = f"{HOME}/{archive.name.removesuffix('.tar.gz')}"
    for _ in range(2):
        said = root.run("sh", f"{unpacked}/install.sh")
    root.run("rm", "-rf", unpacked, f"{HOME}/{archive.name}")
    versions = [one.name for one in (root.home / ".local" / "lib" / NAME).iterdir() if not one.is_symlink()]
    entry = (root.home / ".local" / "share" / "applications" / f"{NAME}.desktop").read_text(encoding="utf-8")
    _expect(len(versions) == 1 and f'Exec="{_PROGRAM}"' in entry, f"{versions}, {entry}")
    report(said.strip().splitlines()[0])
    report(root.run(_PROGRAM, "--version").strip())


def _sell_by_command(root: BareRoot, report: Report) -> None:
    (root.home / "sale.json").write_text(json.dumps(_SALE), encoding="utf-8")
    began = time.monotonic()
    rung = json.loads(root.run(_PROGRAM, "--data", _SHOP, "--demo", "sale", "ring", f"{HOME}/sale.json"))
    report(f"a new demo shop and a sale by command in {time.monotonic() - began:.1f} s: {rung['receipt']}")
    _verify(root, _SHOP, report)


def _start_without_a_screen(root: BareRoot, report: Report) -> None:
    window = _opened(root, QT_QPA_PLATFORM="offscreen")
    time.sleep(2 * _SETTLE)
    _expect(window.poll() is None, "the window closed by itself")
    _close(window)
    report("the window opens offscreen")


def _sell_by_keys(root: BareRoot, screen: RealScreen, report: Report) -> None:
    """Sign in, scan goods and a passport, pay, as a cashier does."""
    began = time.monotonic()
    window = _opened(root, DISPLAY=screen.environment["DISPLAY"])
    try:
        wait_for(lambda: screen.ask("search", "--onlyvisible", "--name", "Border POS"), "the window")
        report(f"the window stands on the screen after {time.monotonic() - began:.1f} s")
        time.sleep(_SETTLE)
        screen.begin_at("Border POS")
        screen.picture(_PICTURES / "1-sign-in.png")
        screen.type("246810")
        screen.press("Return")
        wait_for(lambda: "sign_in" in _events(root), "the sign-in")
        time.sleep(_SETTLE)
        for code in (*[_CHOCOLATE] * 3, _PERFUME):  # by hand, which a busy machine cannot break
            screen.type(code)
            screen.press("Return")
        for number in range(5):  # a busy machine tears a scan in two; the till says so, and the cashier scans once more
            _show_passport_and_pay(screen, number)
            if _events(root).count("sale") == 2:
                break
        wait_for(lambda: _events(root).count("sale") == 2, "the sale")
        time.sleep(_SETTLE)
        screen.picture(_PICTURES / "4-paid.png")
        wait_for(lambda: len(list((root.home / "shop" / "receipts").rglob("*.pdf"))) == 2, "the receipt")
    finally:
        _close(window)
    sale = json.loads(root.run(_PROGRAM, "--data", _SHOP, "sale", "show", "T1-000002"))
    sold = {line["code"]: line["quantity"] for line in sale["lines"]}
    _expect(sold == {_CHOCOLATE: 3, _PERFUME: 1}, f"sold {sold}")
    report(f"sold by keys: {sold}, receipt T1-000002 on paper; pictures in {_PICTURES.relative_to(ROOT)}")
    _verify(root, _SHOP, report)


def _show_passport_and_pay(screen: RealScreen, number: int) -> None:
    for line in _PASSPORT:
        screen.scan(line)
    time.sleep(_SETTLE)
    screen.picture(_PICTURES / f"2-checkout{'' if number == 0 else f'-{number}'}.png")
    screen.press("F12")
    time.sleep(_SETTLE)
    screen.picture(_PICTURES / "3-payment.png")
    screen.press("F12")
    time.sleep(_SETTLE)


def _run_many_tills(root: BareRoot, report: Report) -> None:
    outcome = json.loads(
        root.run(_PROGRAM, "--data", f"{HOME}/many", "--demo", "simulate", "--tills", "2", "--sales", "30", "--kill")
    )
    _expect(outcome["kills"] > 0 and not outcome["broken"] and not outcome["verify"], str(outcome))
    report(f"two tills as processes: {outcome['sales']} sales, {outcome['kills']} kills, nothing broken")


def _take_away(root: BareRoot, report: Report) -> None:
    root.run("sh", f"{HOME}/.local/lib/{NAME}/current/uninstall.sh")
    left = sorted(
        str(file.relative_to(root.home))
        for file in (root.home / ".local").rglob("*")
        if file.is_file() or file.is_symlink()
    )
    _expect(left == [] and (root.home / "shop" / "shop.db").exists(), f"left over: {left}")
    report("uninstalled: nothing is left but the shop's folder")


def _opened(root: BareRoot, **environment: str) -> subprocess.Popen[str]:
    command = root.command(_PROGRAM, "--data", _SHOP, "--language", "en", **environment)
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", cwd="/")


def _close(window: subprocess.Popen[str]) -> None:
    """End the window; it must not have said anything. Raises NotAsPromised."""
    window.terminate()
    said, _ = window.communicate(timeout=20)
    _expect(not said.strip(), said)


def _verify(root: BareRoot, shop: str, report: Report) -> None:
    said = root.run(_PROGRAM, "--data", shop, "verify")
    _expect(not said.strip(), said)  # it is silent when every ledger agrees with the facts
    report("verify: every ledger agrees with the facts")


def _events(root: BareRoot) -> list[str]:
    """What the journal says has happened, read from outside the program."""
    with closing(pysqlite3.connect(f"file:{root.home / 'shop' / 'shop.db'}?mode=ro", uri=True)) as store:
        return [event for (event,) in store.execute("SELECT act FROM journal")]


def _expect(is_so: bool, otherwise: str) -> None:
    if not is_so:
        raise NotAsPromised(otherwise)
