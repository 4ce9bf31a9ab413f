"""The command `fiscal` in a shop with a register; and no secret of it in any file but the one that is for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import main
from pos.application.settings.options import Options
from pos.application.shop.shop import Shop
from pos.devices.folders import CREDENTIALS
from pos.domain.staff.staff import Person
from pos.keys import key_export
from pos.keys.credentials import CredentialFile
from tests.cli.console import Console, a_ticket
from tests.fiscal.fake_webkassa import API_KEY, CASHBOX, LOGIN, PASSWORD, TOKEN, FakeWebkassa, credentials


@pytest.fixture
def server() -> Iterator[FakeWebkassa]:
    with FakeWebkassa() as made:
        yield made


@pytest.fixture
def console(
    demo_template: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    server: FakeWebkassa,
) -> Console:
    """A console of a shop that may reach its register: a demo that has a file of credentials."""
    folder = Path(shutil.copytree(demo_template, tmp_path / "shop"))

    def build(options: Options) -> Shop:
        shop = main.build(options, quick_pins=True)
        object.__setattr__(shop.adapters, "provider_credentials", CredentialFile(folder / CREDENTIALS, shop.till))
        return shop

    shop, root = main.build(Options(data=folder, demo=True), quick_pins=True), Person.at_the_console("root")
    for name, value in (
        ("fiscal_address", server.address),
        ("fiscal_register", "webkassa"),
        ("fiscal_cashbox", CASHBOX),
    ):
        shop.office.set_setting(root, name, value)
    shop.close()
    return Console(folder, capsys, monkeypatch, build)


def test_a_manager_signs_in_sends_tries_again_and_gives_up(
    console: Console, server: FakeWebkassa, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert console("fiscal", "check").json["lacking"] == ["api_key", "login", "password"]
    assert console("fiscal", "login", "-", stdin={"key": "x"}).code == 2
    assert console("fiscal", "login", "-", stdin=credentials()).json == {"lacking": []}
    assert console("fiscal", "check").json == {"ready": True, "lacking": [], "problem": None}

    server.rejects.extend([9, 9])
    sweets = {
        "lines": [{"code": "6901204300016", "quantity": 1}],
        "payments": [{"method": "cash", "currency": "CNY", "amount": "1"}],
        "change_currency": "CNY",
    }
    for number in range(3):
        assert console("sale", "ring", "-", stdin=a_ticket(f"k-{number}", **sweets)).code == 0
    listed = console("fiscal", "list").json
    assert [one["receipt"] for one in listed["documents"]] == ["T1-000001", "T1-000002"]
    assert listed["documents"][0]["problem"] == "validation"
    assert "Отказ 9" in listed["documents"][0]["words"]
    assert (listed["registered"], listed["waiting"], listed["refused"]) == (1, 0, 2)
    assert console("fiscal", "again", "T1-000001").json["refused"] == 1
    gone = console("fiscal", "give-up", "T1-000002", "--reason", "At the portal").json
    assert (gone["standing"], gone["reason"]) == ("given_up", "At the portal")
    assert console("fiscal", "give-up", "T1-000002", "--reason", "Twice").code == 3
    assert console("fiscal", "close").json["problem"] is None
    assert server.desk.closed == 1
    counts = {"registered": 2, "waiting": 0, "refused": 0, "given_up": 1, "at_terminal": 0}
    assert console("shift", "show").json["fiscal"] == counts
    everything = console("fiscal", "list", "--all").json["documents"]
    assert [one.get("fiscal_number", "") != "" for one in everything] == [True, False, True, False]
    assert "fiscal" not in console("verify").out

    copies = console.folder.parent / "copies"
    copies.mkdir()
    assert console("backup", str(copies / "copy.db")).code == 0
    assert console("keys", "public", str(copies / "shop.pub")).code == 0
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "three swans over Horgos")
    monkeypatch.setattr(key_export.sealed, "__kwdefaults__", {"cost": 2**10})
    assert console("keys", "export", str(copies / "shop.keys")).code == 0
    assert console("journal", "export", str(copies / "journal.csv")).code == 0
    files = [path for path in console.folder.parent.rglob("*") if path.is_file() and path.name != CREDENTIALS]
    assert {"shop.db", "copy.db", "journal.csv", "shop.keys"} <= {path.name for path in files}
    holding = {
        (path.name, secret)
        for path in files
        for content in [path.read_bytes()]
        for secret in (API_KEY, LOGIN, PASSWORD, TOKEN)
        if secret.encode() in content
    }
    assert holding == set()
    assert (console.folder / CREDENTIALS).stat().st_mode & 0o077 == 0
    assert API_KEY.encode() in (console.folder / CREDENTIALS).read_bytes()


def test_a_shop_without_a_register_and_a_demo_say_so(
    demo_template: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    console = Console(Path(shutil.copytree(demo_template, tmp_path / "shop")), capsys, monkeypatch)
    assert console("fiscal", "list").json["documents"] == []
    assert "fiscal register" in console("fiscal", "check").err
