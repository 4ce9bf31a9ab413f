"""`backup` and `restore`, as someone at the console has them."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.console import CREAM, Console, a_ticket


def test_a_shop_is_backed_up_and_put_back(console: Console, tmp_path: Path) -> None:
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    file = tmp_path / "backup.db"
    answer = console("backup", str(file), "--full")
    assert answer.code == 0
    assert (answer.json["sales"], answer.json["last"]) == (1, {"T1": "T1-000001"})
    assert answer.json["bytes"] == file.stat().st_size
    small = a_ticket("k-2", lines=[{"code": CREAM, "quantity": 1}])
    assert console("sale", "ring", "-", stdin=small).code == 0

    back = console("restore", str(file))

    assert back.code == 0
    assert (back.json["sales"], back.json["mismatches"]) == (1, [])
    assert (back.json["skipped"], back.json["skipped_z"]) == (["T1-000002 – T1-000002"], [])
    assert Path(back.json["kept"]).exists()
    assert console("sale", "show", "T1-000001").code == 0
    assert console("sale", "show", "T1-000002").code == 2
    assert console("verify").code == 0
    events = [entry["act"] for entry in console("journal", "show", "--limit", "2").json]
    assert events[0] == "restore"
    assert console("sale", "ring", "-", stdin=small | {"key": "k-3"}).json["receipt"] == "T1-000003"


def test_on_another_computer_a_person_names_the_last_receipt_that_is_known(console: Console, tmp_path: Path) -> None:
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    file = tmp_path / "backup.db"
    assert console("backup", str(file)).code == 0
    other = Console(tmp_path / "other", console.capture, console.patch)
    other.folder.mkdir()
    shutil.copy(console.folder / "keys.json", other.folder / "keys.json")
    refused = other("restore", str(file), "--last", "the last one")
    assert refused.code == 2
    back = other("restore", str(file), "--last", "T1-000041", "--last", "T1-000007")
    assert (back.code, back.json["skipped"]) == (0, ["T1-000002 – T1-000041"])
    assert other("verify").code == 0


def test_what_cannot_be_restored_says_why(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    assert console("backup", str(file)).code == 0
    missing = console("restore", str(tmp_path / "nowhere.db"))
    assert (missing.code, missing.err.split(".")[0]) == (4, f"The file {tmp_path / 'nowhere'}")
    (tmp_path / "page.db").write_text("<html>" * 1000)
    assert console("restore", str(tmp_path / "page.db")).code == 4
    assert console("restore", str(file), options=["--database", "postgresql://nowhere/shop"]).code == 2
    assert console("restore", str(file), options=["--as", "manager"]).code == 2


def test_another_computer_needs_the_keys_of_the_shop(console: Console, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    keys = console("backup", str(file)).json["keys"]
    other = Console(tmp_path / "other", console.capture, console.patch)
    refused = other("restore", str(file))
    assert (refused.code, refused.json) == (3, {"refused": "needs_keys", "needs": keys, "here": ""})
    assert "keys import" in refused.err
    shutil.copy(console.folder / "keys.json", other.folder / "keys.json")
    assert other("restore", str(file)).code == 0
    assert other("verify").code == 0


def test_a_backup_goes_neither_over_the_store_nor_to_a_folder(console: Console, tmp_path: Path) -> None:
    for target in (console.folder / "shop.db", tmp_path):
        refused = console("backup", str(target))
        assert (refused.code, refused.err.startswith("FILE: ")) == (2, True)
    assert console("backup", str(tmp_path / "not" / "there" / "backup.db")).code == 4
    assert console("verify").code == 0


def test_a_cashier_makes_no_backup(console: Console, tmp_path: Path, monkeypatch: object) -> None:
    console.patch.setenv("BORDER_POS_PIN", "246810")
    assert console("backup", str(tmp_path / "backup.db"), options=["--as", "amina"]).code == 3
    assert not (tmp_path / "backup.db").exists()


def test_a_restore_forgets_again_who_was_forgotten(console: Console, tmp_path: Path) -> None:
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    file = tmp_path / "books.db"
    assert console("backup", str(file)).code == 0
    later = ("--at", "2027-06-01T12:00:00+08:00")
    gone = console("visitor", "retention", "--forget", options=later).json
    assert (gone["visitors"], gone["in_backups_until"]) == (1, "2028-06-01")

    back = console("restore", str(file), options=later)

    assert (back.code, back.json["forgotten"]) == (0, 1)
    shown = console("sale", "show", "T1-000001", options=later)
    assert shown.json["visitors"] == [{"id": "A", "document": "", "country": "CHN"}]
    assert console("verify", options=later).code == 0


def test_books_put_in_place_by_hand_give_no_number_out_again_that_lies_on_paper(
    console: Console, tmp_path: Path
) -> None:
    small = {"lines": [{"code": CREAM, "quantity": 1}]}
    assert console("sale", "ring", "-", stdin=a_ticket()).code == 0
    copied = tmp_path / "copied.db"
    shutil.copy(console.folder / "shop.db", copied)
    assert console("sale", "ring", "-", stdin=a_ticket("k-2", **small)).json["receipt"] == "T1-000002"
    assert console("sale", "ring", "-", stdin=a_ticket("k-3", **small)).json["receipt"] == "T1-000003"
    shutil.copy(copied, console.folder / "shop.db")
    older = console("verify")

    refused = console("sale", "ring", "-", stdin=a_ticket("k-4", payments=[]))
    again = console("sale", "ring", "-", stdin=a_ticket("k-4", **small))
    after = console("sale", "ring", "-", stdin=a_ticket("k-5", **small))

    assert older.code == 1
    assert older.out == "printouts T1: receipt T1-000003 is there, and the books end before it\n"
    assert refused.code == 3
    assert (again.json["receipt"], after.json["receipt"]) == ("T1-000004", "T1-000005")
    assert console("verify").code == 0, "the journal has what was skipped"
    skipped = [one for one in console("journal", "show", "--limit", "50").json if one["act"] == "older_books"]
    assert [one["facts"] for one in skipped] == [{"skipped": ["T1-000002 – T1-000003"]}]


def test_a_z_of_books_put_in_place_by_hand_goes_on_behind_the_zs_on_paper(console: Console, tmp_path: Path) -> None:
    till = ["--till", "T2"]
    opened = {"cashier": "li", "float": {"CNY": {"100": 1}}}
    closed = {"cashier": "li", "count": {"CNY": {"100": 1}}}
    assert console("shift", "open", "-", stdin=opened, options=till).code == 0
    shutil.copy(console.folder / "shop.db", tmp_path / "copied.db")
    assert console("shift", "close", "-", stdin=closed, options=till).json["z"] == 1
    shutil.copy(tmp_path / "copied.db", console.folder / "shop.db")

    assert console("shift", "close", "-", stdin=closed, options=till).json["z"] == 2
    assert console("shift", "open", "-", stdin=opened, options=till).code == 0
    assert console("shift", "close", "-", stdin=closed, options=till).json["z"] == 3
    assert console("verify").code == 0, "the journal has what was skipped"
