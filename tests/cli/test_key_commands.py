"""`keys` and `receipt verify`: carried under a passphrase, never shown, never overwritten while in use."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from pos.keys import key_export
from pos.keys.keyfile import NAMES
from tests.cli.console import Console, a_ticket

PASSPHRASE = "three swans over Horgos"


@pytest.fixture(autouse=True)
def typed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The passphrase stands in the environment; a try costs nothing."""
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(key_export.sealed, "__kwdefaults__", {"cost": 2**10})


@pytest.fixture
def exported(console: Console, tmp_path: Path) -> Path:
    """The keys of the shop in a file."""
    assert console("keys", "export", str(tmp_path / "shop.keys")).code == 0
    return tmp_path / "shop.keys"


def another(console: Console, folder: Path) -> Console:
    return Console(folder, console.capture, console.patch)


def test_only_the_name_of_keys_is_shown_and_the_file_of_them_shows_nothing(console: Console, exported: Path) -> None:
    secrets = json.loads((console.folder / "keys.json").read_text())
    shown = console("keys", "show")
    content = exported.read_text()
    assert set(shown.json) == {"keys", "public"}
    for name in NAMES:
        for text in (shown.out, content):
            assert secrets[name] not in text
    assert json.loads(content)["keys"] == shown.json["keys"]
    if sys.platform != "win32":  # where the folder says who reads what is in it
        assert stat.S_IMODE(exported.stat().st_mode) == 0o600
    entry = console("journal", "show", "--kind", "safe", "--limit", "1").json[0]
    assert (entry["act"], entry["facts"]) == ("export_keys", {"file": "shop.keys", "keys": shown.json["keys"]})


def test_another_till_takes_the_keys_and_sells_as_the_first_does(
    console: Console, exported: Path, tmp_path: Path
) -> None:
    other = another(console, tmp_path / "other")
    taken = other("keys", "import", str(exported))
    assert (taken.code, taken.json["keys"]) == (0, console("keys", "show").json["keys"])
    assert (other.folder / "keys.json").read_text() == (console.folder / "keys.json").read_text()
    database = ["--database", f"sqlite:///{console.folder / 'shop.db'}"]
    assert other("verify", options=database).code == 0


def test_a_till_with_other_keys_is_refused_before_its_first_sale_and_shown_what_to_do(
    console: Console, exported: Path, tmp_path: Path
) -> None:
    other, database = another(console, tmp_path / "other"), ["--database", f"sqlite:///{console.folder / 'shop.db'}"]
    refused = other("sale", "ring", "-", stdin=a_ticket(), options=database)
    assert (refused.code, "keys import FILE" in refused.err) == (4, True)
    assert other("keys", "import", str(exported), options=database).code == 0
    assert other("sale", "ring", "-", stdin=a_ticket(), options=database).code == 0


def test_keys_in_use_are_not_overwritten_and_those_of_an_unused_first_start_are(
    console: Console, exported: Path, tmp_path: Path
) -> None:
    fresh = another(console, tmp_path / "fresh")
    assert fresh("settings", "show").code == 0  # someone opened it, and no one works there
    assert fresh("keys", "import", str(exported)).code == 0
    assert fresh("settings", "show").code == 0

    used = another(console, tmp_path / "used")
    assert used("product", "find", "cognac", options=["--demo"]).code == 0
    before = (used.folder / "keys.json").read_bytes()
    refused = used("keys", "import", str(exported))
    assert (refused.code, refused.json["refused"]) == (3, "keys_in_use")
    assert (used.folder / "keys.json").read_bytes() == before
    (used.folder / "keys.json").unlink()
    lost = used("keys", "import", str(exported))
    assert (lost.code, lost.json["refused"]) == (3, "not_the_keys")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda content: {**content, "keys": "0" * 32}, 3),
        (lambda content: {**content, "content": content["content"][:-8] + "AAAAAAA="}, 3),
        (lambda content: {**content, "cost": 2**30}, 2),
        (lambda content: {**content, "kind": "another"}, 2),
        (lambda _path: [], 2),
    ],
)
def test_a_file_that_was_changed_opens_without_a_carrier(
    console: Console, exported: Path, tmp_path: Path, spoil: object, code: int
) -> None:
    assert callable(spoil)
    exported.write_text(json.dumps(spoil(json.loads(exported.read_text()))))
    other = another(console, tmp_path / "other")
    assert other("keys", "import", str(exported)).code == code
    assert not (other.folder / "keys.json").exists()


def test_a_wrong_passphrase_and_a_short_one_are_refused(
    console: Console, exported: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "three swans over Almaty")
    refused = another(console, tmp_path / "other")("keys", "import", str(exported))
    assert (refused.code, refused.json) == (3, {"refused": "wrong_passphrase"})
    monkeypatch.setenv("BORDER_POS_PASSPHRASE", "short")
    assert console("keys", "export", str(tmp_path / "again.keys")).code == 2
    assert not (tmp_path / "again.keys").exists()


def test_a_receipt_is_judged_by_its_text_and_the_public_key_alone(console: Console, tmp_path: Path) -> None:
    pub = tmp_path / "shop.pub"
    assert console("keys", "public", str(pub)).code == 0
    done = subprocess.run(["openssl", "pkey", "-pubin", "-in", str(pub), "-noout"], capture_output=True, check=False)
    assert done.returncode == 0
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    seal = seal_of(console)
    nowhere = another(console, tmp_path / "nowhere")

    genuine = nowhere("receipt", "verify", seal, "--key", str(pub))
    assert (genuine.code, genuine.json["genuine"], genuine.json["seal"]["receipt"]) == (0, True, "T1-000001")
    (tmp_path / "qr.txt").write_text(seal + "\n")
    assert nowhere("receipt", "verify", str(tmp_path / "qr.txt"), "--key", str(pub)).code == 0
    raised = nowhere("receipt", "verify", seal.replace("T1-000001", "T1-000002"), "--key", str(pub))
    assert (raised.code, raised.json["genuine"]) == (1, False)
    assert nowhere("receipt", "verify", "BPOS1|nothing", "--key", str(pub)).code == 2
    assert nowhere("receipt", "verify", seal, "--key", str(tmp_path / "qr.txt")).code == 2
    assert nowhere("receipt", "verify", seal).code == 2
    assert not nowhere.folder.exists()


def test_the_seal_of_another_shop_is_not_genuine(console: Console, tmp_path: Path) -> None:
    other = another(console, tmp_path / "other")
    assert other("product", "find", "cognac", options=["--demo"]).code == 0
    assert other("keys", "public", str(tmp_path / "other.pub")).code == 0
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    assert console("receipt", "verify", seal_of(console), "--key", str(tmp_path / "other.pub")).code == 1


def seal_of(console: Console) -> str:
    """The text of the QR of the first sale."""
    import main
    from pos.application.receipts.receipt_seal import seal
    from pos.application.settings.options import Options
    from pos.keys.keyfile import read_or_make
    from pos.keys.shop_secrets import ShopSecrets

    shop = main.build(Options(data=console.folder), quick_pins=True)
    try:
        secrets = ShopSecrets(read_or_make(console.folder / "keys.json"))
        return seal(shop.show_sale("T1-000001"), secrets.sign, secrets.public_name).text
    finally:
        shop.close()
