"""What a till says when it starts after bad luck: one clear sentence, exit code 4, and nothing is touched or made."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

import main
from db.store import store_path
from db.store.far_drives import drive_if_far, far_drive
from db.store.store_path import check_store_path
from pos.application.settings.options import Options
from pos.application.text.translator import Translator
from pos.domain.errors import StoreError
from pos.languages.refusals import sentence_for
from pos.ui.shell.cannot_open import notice_window
from tests.cli.console import Console
from tests.faults.customers import a_small_shop
from tests.faults.disk import FULL, OK, DiskOperation, heard_by
from tests.shops import BAG, DemoShop

LANGUAGES = ("en", "zh", "ru", "kk")


@pytest.fixture
def console(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Console:
    """The console of a shop that has sold and printed."""
    folder = a_small_shop(tmp_path / "shop")
    shop = DemoShop(folder)
    receipt = shop.sell(BAG).receipt
    shop.close()
    day_folder = folder / "receipts" / "2026" / "03" / "02"
    day_folder.mkdir(parents=True)
    (day_folder / f"{receipt}.pdf").write_bytes(b"%PDF")
    return Console(folder, capsys, monkeypatch)


def _damaged(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[100:40_000] = os.urandom(39_900)
    file.write_bytes(content)


def _cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _cut_in_the_header(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:60])


def _emptied(file: Path) -> None:
    file.write_bytes(b"")


def _gone(file: Path) -> None:
    file.unlink()


def _without_a_table(file: Path) -> None:
    import pysqlite3.dbapi2 as sqlite

    file.unlink()
    with sqlite.connect(file) as empty:
        empty.execute("PRAGMA journal_mode=WAL")
    empty.close()


def _a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _a_pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _a_text(file: Path) -> None:
    file.write_text("receipt;amount\n" * 400)


def _of_a_newer_program(file: Path) -> None:
    import pysqlite3.dbapi2 as sqlite

    with sqlite.connect(file) as store:
        store.execute("UPDATE alembic_version SET version_num = '9999'")
    store.close()


BAD_LUCK: dict[Callable[[Path], None], str] = {
    _damaged: "damaged",
    _cut_short: "damaged",
    _cut_in_the_header: "damaged",
    _emptied: "store_gone",
    _gone: "store_gone",
    _without_a_table: "store_gone",
    _a_folder: "not_a_file",
    _a_pipe: "not_a_file",
    _a_text: "damaged",
    _of_a_newer_program: "newer",
}


def _left_in(folder: Path) -> dict[str, bytes | None]:
    return {one.name: one.read_bytes() if one.is_file() else None for one in folder.iterdir() if one.suffix != ".lock"}


@pytest.mark.parametrize("luck", BAD_LUCK, ids=lambda luck: luck.__name__.strip("_"))
def test_each_bad_start_is_one_sentence_and_touches_nothing(
    console: Console, luck: Callable[[Path], None], qtbot: QtBot
) -> None:
    file = console.folder / "shop.db"
    luck(file)
    before = _left_in(console.folder)

    answer = console("report", "day")

    assert (answer.code, answer.out) == (4, "")
    assert len(answer.err.splitlines()) == 1
    assert str(file) in answer.err
    assert "Traceback" not in answer.err
    assert not (console.folder / "border-pos.log").exists()
    assert {**_left_in(console.folder), "shop.db-wal": None, "shop.db-shm": None} == {
        **before, "shop.db-wal": None, "shop.db-shm": None
    }  # fmt: skip
    with pytest.raises(StoreError) as trouble:
        main.build(Options(data=console.folder), quick_pins=True)
    assert trouble.value.what == BAD_LUCK[luck]
    for language in LANGUAGES:
        tr = main.translator_of(Options(data=console.folder, language=language))
        sentence = sentence_for(trouble.value, tr)
        window = notice_window(sentence, tr)
        qtbot.addWidget(window)
        assert [label.text() for label in window.findChildren(QLabel)] == [sentence]


def test_a_folder_that_only_has_keys_is_a_shop_that_is_just_beginning(tmp_path: Path) -> None:
    folder = a_small_shop(tmp_path / "shop")
    (folder / "shop.db").unlink()
    check_store_path(folder / "shop.db")


def test_a_folder_in_which_nothing_can_be_written_is_reported(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pos.devices.folders.Path.mkdir", _refuses)
    answer = console("report", "day")
    assert answer.code == 4
    assert str(console.folder) in answer.err
    assert len(answer.err.splitlines()) == 1


def _refuses(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_a_full_disk_at_the_start_is_reported_and_the_next_start_is_well(console: Console) -> None:
    def full(operation: DiskOperation) -> int:
        return FULL if operation.kind == "write" else OK

    shop = DemoShop(console.folder)
    with heard_by(full), pytest.raises(StoreError) as trouble:
        shop.sell(BAG)
    shop.close()

    assert trouble.value.what == "disk_full"
    assert console("verify").code == 0


def test_a_log_that_was_taken_away_is_missed_by_the_printouts(console: Console) -> None:
    """The newest sales lie in `shop.db-wal` until they are written over: without it the store is an older one."""
    shop = DemoShop(console.folder)
    first = shop.sell(BAG).receipt
    kept = (console.folder / "shop.db").read_bytes()
    shop.close()
    (console.folder / "shop.db").write_bytes(kept)
    (console.folder / "receipts" / "2026" / "03" / "02" / f"{first}.pdf").write_bytes(b"%PDF")

    opened = main.build(Options(data=console.folder, demo=True), quick_pins=True)
    try:
        assert opened.office.look_around().missing == ("T1-000001", first)
    finally:
        opened.close()


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
server:/shops /mnt/net\\040drive nfs4 rw 0 0
//server/till /mnt/till cifs rw 0 0
tmpfs /mnt/net\\040drive/fast tmpfs rw 0 0
sshfs#till@server /home/till/far fuse.sshfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/till", ""),
        ("/mnt/net drive/shop", "nfs4"),
        ("/mnt/net drive", "nfs4"),
        ("/mnt/net drive/fast/shop", ""),
        ("/mnt/till/a/b", "cifs"),
        ("/mnt/tillage", ""),
        ("/home/till/far/shop", "fuse.sshfs"),
    ],
)
def test_a_store_on_a_network_drive_is_refused(folder: str, kind: str) -> None:
    if not kind:
        check_store_path(Path(folder, "shop.db"), lambda: MOUNTS)
        return
    with pytest.raises(StoreError) as trouble:
        check_store_path(Path(folder, "shop.db"), lambda: MOUNTS)
    assert (trouble.value.what, trouble.value.detail) == ("network_folder", kind)
    assert folder in sentence_for(trouble.value, Translator.english())


LETTERS = {"C:\\": 3, "Z:\\": 4}
"""What Windows says of its drives: a disk of this computer, a folder of another one."""


@pytest.mark.parametrize(
    ("folder", "drive"),
    [
        ("C:\\till\\shop", ""),
        ("C:/till", ""),
        ("D:\\not there", ""),
        ("\\\\?\\C:\\till", ""),
        ("Z:\\till\\shop", "Z:"),
        ("Z:/till", "Z:"),
        ("\\\\?\\Z:\\till", "Z:"),
        ("\\\\server\\till\\shop", "\\\\server\\till"),
        ("//server/till/shop", "\\\\server\\till"),
        ("\\\\?\\UNC\\server\\till\\shop", "\\\\server\\till"),
    ],
)
def test_a_drive_of_another_computer_is_known_by_its_letter_or_its_name(folder: str, drive: str) -> None:
    assert drive_if_far(folder, lambda root: LETTERS.get(root, 1)) == drive


def test_a_store_on_a_drive_of_another_computer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as trouble:
        check_store_path(tmp_path / "shop.db", far=lambda folder: "Z:" if folder == tmp_path else "")
    assert (trouble.value.what, trouble.value.detail) == ("network_folder", "Z:")
    assert "a network drive (Z:)" in sentence_for(trouble.value, Translator.english())
    check_store_path(tmp_path / "shop.db")


def test_windows_itself_is_asked_and_elsewhere_a_backslash_is_a_letter_as_any_other(tmp_path: Path) -> None:
    share = "\\\\server\\till"
    assert far_drive(Path(share, "shop")) == (share if sys.platform == "win32" else "")
    assert far_drive(tmp_path) == ""


def test_the_mounts_of_this_machine_can_be_read(tmp_path: Path) -> None:
    check_store_path(tmp_path / "shop.db", store_path.mounts)
    check_store_path(tmp_path / "shop.db", lambda: "")
    check_store_path(tmp_path / "shop.db", lambda: "not a table\n\n")


def test_the_disk_is_watched_and_the_command_line_warns(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    room = shutil.disk_usage(console.folder)
    assert console("verify").err == ""
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: room._replace(free=431_900_000))
    answer = console("settings", "show", "shop_name")
    assert (answer.code, json.loads(answer.out)["name"]) == (0, "shop_name")
    assert (
        answer.err == "Only 431 MB of disk space left. Free some space: the till cannot sell when the disk is full.\n"
    )
